import type { Check, Examined, Monitor, Suite } from '../../model/suite.js';
import { idsMeant, refuseAmbiguous, suggestedName } from './choice.js';
import type { SelectionFlags } from './flags.js';
import { Mistake } from '../mistake.js';

/** Checks to run, monitors to look at all of the run, and the ids of those at hand that were left out. */
export interface Selected {
  readonly checks: readonly Check[];
  readonly monitors?: readonly Monitor[];
  readonly leftOut?: readonly string[];
  /** The selection of which the checks are a part, where they are one. */
  readonly whole?: readonly Check[];
}

/** Where the monitors and what is left out are known. */
export type Chosen = Required<Omit<Selected, 'whole'>> & Pick<Selected, 'whole'>;

/** The checks that the flags leave, in the order of the suites. A pattern that matches nothing is a mistake, not an empty run. */
export function selectChecks(suites: readonly Suite[], flags: SelectionFlags): readonly Check[] {
  return selectFrom(suites, flags).checks;
}

/** The same with the monitors, which are selected as checks are. */
export function selectFrom(
  suites: readonly Suite[],
  flags: SelectionFlags,
): Required<Pick<Selected, 'checks' | 'monitors'>> {
  const all = suites.flatMap(examinedIn);
  const ids = all.map(({ id }) => id);
  const wanted = matching('--check', wholeIds('--check', flags.check, ids), ids);
  const unwanted = matching('--skip', wholeIds('--skip', flags.skip, ids), ids);
  const tagged = matching('--tag', flags.tag, [...new Set(all.flatMap(({ tags }) => tags))]);
  const isSelected = ({ id, tags }: Examined) =>
    (flags.check.length === 0 || wanted(id)) &&
    !unwanted(id) &&
    (flags.tag.length === 0 || tags.some(tagged));
  const checks = suites.flatMap((suite) => suite.checks.filter(isSelected));
  const monitors = suites.flatMap((suite) => suite.monitors.filter(isSelected));
  if (checks.length + monitors.length === 0)
    throw new Mistake('no check is left; loosen --suite, --check, --skip or --tag');
  return { checks, monitors };
}

/** What `--tag` alone leaves out of these suites. */
export function untaggedIn(suites: readonly Suite[], flags: SelectionFlags): readonly string[] {
  if (flags.tag.length === 0) return [];
  const tested = flags.tag.map(globTest);
  return suites
    .flatMap(examinedIn)
    .filter(({ tags }) => !tags.some((tag) => tested.some((test) => test(tag))))
    .map(({ id }) => id);
}

/** All that a suite has a result of. */
export function examinedIn({ checks, monitors }: Suite): readonly (Check | Monitor)[] {
  return [...checks, ...monitors];
}

/** What a selection leaves out of all that comes with the package and with the user's suites. */
export function leftOutOf(suites: readonly Suite[], selected: readonly Examined[]): readonly string[] {
  const taken = new Set(selected.map(({ id }) => id));
  const ids = new Set(suites.flatMap((suite) => examinedIn(suite).map(({ id }) => id)));
  return [...ids].filter((id) => !taken.has(id));
}

/** A word that is the end of one id stands for it. */
function wholeIds(flag: string, patterns: readonly string[], ids: readonly string[]): readonly string[] {
  return patterns.map((pattern) => {
    const meant = pattern.includes('*') ? [] : idsMeant(pattern, ids);
    refuseAmbiguous(flag, pattern, meant);
    return meant[0] ?? pattern;
  });
}

/** The test of words by patterns; a pattern that no known word fits is a mistake. */
export function matching(
  flag: string,
  patterns: readonly string[],
  known: readonly string[],
): (word: string) => boolean {
  const tests = patterns.map((pattern) => {
    const test = globTest(pattern);
    if (!known.some(test))
      throw new Mistake(`${flag} ${JSON.stringify(pattern)} matches nothing${suggestedName(pattern, known)}`);
    return test;
  });
  return (word) => tests.some((test) => test(word));
}

/** Whether a pattern, in which `*` stands for any characters, fits a word. */
export function isMatch(pattern: string, word: string): boolean {
  return globTest(pattern)(word);
}

function globTest(pattern: string): (word: string) => boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  const regExp = new RegExp(`^${parts.join('.*')}$`);
  return (word) => regExp.test(word);
}
