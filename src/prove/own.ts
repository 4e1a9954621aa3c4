import type { OwnMutant } from '../model/description.js';
import type { Run } from '../model/report.js';
import { differences, killsOf } from './mutants.js';
import type { ProofRow } from './prove.js';

/** The server of a user: each check of that user passes on it, or shows nothing of a mutant. */
export function ownServerRow(name: string, { report }: Run, ms: number): ProofRow {
  const doubted = report.results.filter(({ verdict }) => verdict !== 'pass');
  const wrong = doubted.map(({ id, verdict, message }) => `${id} is ${verdict}: ${message}`);
  return {
    group: 'reference',
    name,
    expected: [],
    came: [...new Set(doubted.map(({ id }) => id))],
    wrong: [...unusable(report), ...wrong],
    ms,
  };
}

/** The same with one fault: what it names fails and nothing else, or anything where it names nothing. */
export function ownMutantRow({ name, kills }: OwnMutant, { report }: Run, ms: number): ProofRow {
  const { results, profile } = report;
  const came = killsOf(results, profile);
  const missed = came.length === 0 ? ['none of your checks fails'] : [];
  return {
    group: 'mutant',
    name,
    expected: kills ?? came,
    came,
    wrong: [...unusable(report), ...(kills === undefined ? missed : differences(kills, results, profile))],
    ms,
  };
}

function unusable({ facts, gate }: Run['report']): readonly string[] {
  return facts.length === 0 ? [gate.sentence] : [];
}
