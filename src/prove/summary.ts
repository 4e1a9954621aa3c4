import type { Check } from '../model/suite.js';
import { groups, type ProofRow } from './prove.js';

export interface ProofSummary {
  readonly holds: boolean;
  readonly lines: readonly string[];
  readonly uncaught: readonly string[];
  /** Checks that no mutant killed: nothing shows yet that they can fail. */
  readonly unproven: readonly string[];
}

export function summaryOf(
  rows: readonly ProofRow[],
  checks: readonly Pick<Check, 'id'>[],
  tookMs: number,
): ProofSummary {
  const mutants = rows.filter(({ group }) => group === 'mutant' || group === 'default-run');
  const caught = new Set(mutants.filter(({ came }) => came.length > 0).map(({ name }) => name));
  const uncaught = namesOf(rows.filter(({ group, name }) => group === 'mutant' && !caught.has(name)));
  const killers = new Set(
    mutants.flatMap(({ came, expected }) => came.filter((id) => expected.includes(id))),
  );
  const unproven = mutants.length === 0 ? [] : checks.map(({ id }) => id).filter((id) => !killers.has(id));
  const wrong = namesOf(rows.filter((row) => row.wrong.length > 0));
  const lines = groups.flatMap((group) => {
    const own = rows.filter((row) => row.group === group);
    const right = own.filter((row) => row.wrong.length === 0).length;
    return own.length === 0
      ? []
      : [`${group.padEnd(11)} ${right} of ${own.length} as expected${more(group, own)}`];
  });
  return {
    holds: wrong.length === 0,
    uncaught,
    unproven,
    lines: [
      ...lines,
      ...namesLine('not yet caught', uncaught),
      ...namesLine('unproven checks', unproven),
      ...namesLine('not as expected', wrong),
      `${rows.length} peers in ${(tookMs / 1000).toFixed(0)} s`,
    ],
  };
}

function more(group: ProofRow['group'], rows: readonly ProofRow[]): string {
  const longest = Math.max(...rows.map(({ ms }) => ms));
  const peak = Math.max(0, ...rows.map(({ peakMiB = 0 }) => peakMiB));
  const caught = rows.filter(({ came, expected }) => came.some((id) => expected.includes(id))).length;
  return [
    group === 'mutant' || group === 'default-run' ? `, ${caught} caught` : '',
    `, the longest ${(longest / 1000).toFixed(1)} s`,
    peak > 0 ? `, at most ${peak} MiB` : '',
  ].join('');
}

/** Each once, with how often where that is more. */
function namesOf(rows: readonly ProofRow[]): readonly string[] {
  const times = new Map<string, number>();
  for (const { name } of rows) times.set(name, (times.get(name) ?? 0) + 1);
  return [...times].map(([name, count]) => (count === 1 ? name : `${name} × ${count}`));
}

function namesLine(title: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${title} (${names.length}): ${names.join(', ')}`];
}
