import { shownVerdictOf, shownVerdicts } from '../model/report.js';
import { eraOf, type Era } from '../model/revision.js';
import { plural } from '../model/plural.js';
import type { RecordedRun } from './read-run.js';

/** Why a whole recording contradicts itself, if it does: its header, its results and its footer tell of the same run. */
export function contradictionIn({ header, facts, results, footer }: RecordedRun): string | undefined {
  if (footer === undefined) return undefined;
  const keys = results.map(({ id, revision }) => `${id} at ${revision}`);
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined) return `${twice} has two results`;
  const known = new Set(header.checks);
  // What is said of the run as a whole is no check, and is selected by nobody.
  const stranger = results.find(({ id, suite }) => !known.has(id) && suite !== 'monitors');
  if (stranger !== undefined) return `${stranger.id} has a result, but the header does not name it`;
  const revisions =
    facts.length > 0
      ? facts.map(({ revision }) => revision)
      : results.slice(0, 1).map(({ revision }) => revision);
  const there = new Set(keys);
  // What is of one era has results at each revision of it.
  const eras = new Set(results.map(({ id, revision }) => `${id} ${eraOf(revision)}`));
  const isElsewhere = (id: string, era: Era) =>
    !eras.has(`${id} ${era}`) && eras.has(`${id} ${era === 'modern' ? 'legacy' : 'modern'}`);
  const missing = revisions.flatMap((revision) =>
    header.checks
      .filter((id) => !isElsewhere(id, eraOf(revision)))
      .map((id) => `${id} at ${revision}`)
      .filter((key) => !there.has(key)),
  );
  if (missing.length > 0 || (results.length === 0 && header.checks.length > 0))
    return `the header names ${plural(header.checks.length, 'check')}, and results are missing: ${few(missing)}`;
  const wrong = shownVerdicts.find(
    (shown) => results.filter((result) => shownVerdictOf(result) === shown).length !== footer.summary[shown],
  );
  return wrong === undefined
    ? undefined
    : `the footer counts ${footer.summary[wrong]} of ${wrong}, and other results stand above`;
}

function few(names: readonly string[]): string {
  if (names.length === 0) return 'all';
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}
