import { atUrl } from '../model/carrier.js';
import type { Case } from '../model/catalogue.js';
import type { Result, Run } from '../model/report.js';
import type { Peer, ProofRow } from './prove.js';

/** A case as a user meets it: at one address, with default flags. */
export function casePeer(one: Case, url: URL): Peer {
  const { name, described } = one;
  const options = { address: atUrl(url), ...(described && { described }) };
  return {
    name,
    options,
    again: options,
    isSeedFree: true,
    row: (run, ms) => caseRow(one, run, ms),
  };
}

export function caseRow(one: Case, { report }: Run, ms: number): ProofRow {
  const { exit, sentence } = report.gate;
  const failed = failedIds(report.results);
  const { name, exits, fails, mayFail, todo } = one;
  const isExitRight = exits.includes(exit);
  const missed = fails.filter((wanted) => !failed.some((id) => isMeant(wanted, id)));
  const others = failed.filter((id) => ![...fails, ...mayFail].some((wanted) => isMeant(wanted, id)));
  const wrong = [
    ...(isExitRight ? [] : [`exit ${exit} where ${exits.join(' or ')} is right: ${sentence}`]),
    ...missed.map((wanted) => `${wanted} should have failed`),
    ...others.map((id) => `${id} fails and is not named: ${messageOf(id, report.results)}`),
  ];
  const row = {
    group: 'case',
    name,
    expected: [`exit ${exits.join(' or ')}`, ...fails],
    came: [`exit ${exit}`, ...failed, ...(todo === undefined ? [] : [`(to do: ${todo})`])],
    ms,
  } as const;
  // Nobody was accused, but something was not seen, or not decided.
  const isMiss = wrong.length > 0 && others.length === 0 && (exit !== 1 || exits.includes(1));
  if (todo === undefined) return { ...row, wrong, ...(isMiss && { isMiss }) };
  // What will name a fault is not always known while nothing does.
  const isFound = isExitRight && missed.length === 0 && (exit === 1 || others.length === 0);
  return {
    ...row,
    wrong: isFound ? [`is judged right: take \`todo\` away (failed: ${failed.join(', ')})`] : [],
  };
}

/** Ids of all that failed at any level, each once. */
function failedIds(results: readonly Result[]): readonly string[] {
  return [...new Set(results.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id))];
}

function messageOf(id: string, results: readonly Result[]): string {
  return results.find((one) => one.id === id && one.verdict === 'fail')?.message ?? '';
}

/** `suite.*` means every check of a suite. */
function isMeant(wanted: string, id: string): boolean {
  return wanted.endsWith('.*') ? id.startsWith(wanted.slice(0, -1)) : id === wanted;
}
