import type { Mutant } from '../model/catalogue.js';
import type { Finding } from '../model/finding.js';
import type { Result, Run } from '../model/report.js';
import { killsOf, needed, referenceRow, verdictOf } from './mutants.js';
import type { Peer, ProofRow } from './prove.js';
import { targetAt } from './targets.js';

/**
 * The mutants as users meet them: all checks share one server, side by side, with default flags. What shows alone may be hidden
 * there by other checks, and what a check sees there may be the doing of another.
 */
export function defaultRunPeers(
  mutants: readonly Mutant[],
  origin: string,
  repeats: number,
): readonly Peer[] {
  return mutants.flatMap((mutant) => {
    const { timeScale: _, ...needs } = needed(mutant);
    const at = (round: string) => ({ ...targetAt(origin, mutant.name, round, mutant.with), ...needs });
    return roundsOf(repeats).map((round) => ({
      name: mutant.name,
      options: at(round),
      // How often it is found is what repeats tell.
      again: repeats === 1 ? at(`${round}-again`) : undefined,
      isSeedFree: true,
      row: (run, ms) => defaultRunRow(mutant, run, ms),
    }));
  });
}

/** Servers without a defect alike: nothing fails and nothing is left undecided, although nothing is configured. */
export function referenceDefaultRuns(
  names: readonly string[],
  origin: string,
  repeats: number,
  rowOf: (name: string, run: Run, ms: number) => ProofRow = referenceRow,
): readonly Peer[] {
  return names.flatMap((name) =>
    roundsOf(repeats).map((round) => ({
      name,
      options: targetAt(origin, name, round),
      again: repeats === 1 ? targetAt(origin, name, `${round}-again`) : undefined,
      isSeedFree: true,
      row: (run, ms) => ({ ...rowOf(name, run, ms), group: 'default-run' }),
    })),
  );
}

function roundsOf(repeats: number): readonly string[] {
  return Array.from({ length: repeats }, (_, at) => `default-run-${at}`);
}

/** Caught by one that it names is enough; who else fails must do so for the same cause. */
export function defaultRunRow(mutant: Mutant, { report }: Run, ms: number): ProofRow {
  const { name, kills, monitors = [], profile = 'spec', defaultRun: { besides = [], unseen } = {} } = mutant;
  const named = [...kills, ...monitors];
  const failed = killsOf(report.results, profile);
  const caught = failed.filter((id) => named.includes(id));
  const explained = report.findings.filter((finding) => idsOf(finding).some((id) => named.includes(id)));
  const excused = new Set([...named, ...besides, ...explained.flatMap(idsOf)]);
  const innocent = failed.filter((id) => !excused.has(id));
  const missed = named.map((id) => `${id} is ${verdictOf(id, report.results, profile)}`);
  const isMissed = caught.length === 0 && unseen === undefined;
  const wrong = [
    ...(isMissed ? [`nothing that it names fails: ${missed.join('; ')}`] : []),
    ...innocent.map((id) => `${id} is innocent and fails: ${saysOf(id, report.results)}`),
  ];
  const isMiss = isMissed && innocent.length === 0;
  return { group: 'default-run', name, expected: named, came: failed, wrong, ...(isMiss && { isMiss }), ms };
}

function idsOf({ checks, folded }: Finding): readonly string[] {
  return [...checks, ...folded];
}

function saysOf(id: string, results: readonly Result[]): string {
  return results.find((one) => one.id === id && one.verdict === 'fail')?.message ?? '';
}
