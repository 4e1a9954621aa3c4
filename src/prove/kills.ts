import type { ProfileName } from '../model/profile.js';
import type { Result } from '../model/report.js';

/** Ids of the checks that fail under a profile, at any level, each once and in the order of the suites. */
export function killsOf(results: readonly Result[], profile: ProfileName): readonly string[] {
  const failed = results.filter(({ profiles }) => profiles[profile].verdict === 'fail');
  return [...new Set(failed.map(({ id }) => id))];
}

/** A sentence for each check that killed without being named, or was named and did not. */
export function differences(
  expected: readonly string[],
  results: readonly Result[],
  profile: ProfileName,
): readonly string[] {
  const came = killsOf(results, profile);
  const missed = expected.filter((id) => !came.includes(id));
  const unnamed = came.filter((id) => !expected.includes(id));
  return [
    ...missed.map((id) => `${id} should have failed and is ${verdictOf(id, results, profile)}`),
    ...unnamed.map((id) => `${id} fails and is not named: ${saysOf(id, results)}`),
  ];
}

function verdictOf(id: string, results: readonly Result[], profile: ProfileName): string {
  const result = results.find((one) => one.id === id);
  return result === undefined
    ? 'in no suite'
    : `${result.profiles[profile].verdict} (${saysOf(id, results)})`;
}

function saysOf(id: string, results: readonly Result[]): string {
  return results.find((one) => one.id === id)?.message ?? '';
}
