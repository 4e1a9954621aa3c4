import type { Check, Suite } from '../../model/suite.js';
import { suggestedName } from './choice.js';
import type { SelectionFlags } from './flags.js';
import { Mistake } from '../mistake.js';

/** Checks to run, and the ids of those at hand that were left out. */
export interface Selected {
  readonly checks: readonly Check[];
  readonly leftOut?: readonly string[];
}

/** The checks that the flags leave, in the order of the suites. A pattern that matches nothing is a mistake, not an empty run. */
export function selectChecks(suites: readonly Suite[], flags: SelectionFlags): readonly Check[] {
  const all = suites.flatMap(({ checks }) => checks);
  const wanted = matcher(
    '--check',
    flags.check,
    all.map(({ id }) => id),
  );
  const unwanted = matcher(
    '--skip',
    flags.skip,
    all.map(({ id }) => id),
  );
  const tagged = matcher('--tag', flags.tag, [...new Set(all.flatMap(({ tags }) => tags))]);
  const selected = all.filter(
    ({ id, tags }) =>
      (flags.check.length === 0 || wanted(id)) &&
      !unwanted(id) &&
      (flags.tag.length === 0 || tags.some(tagged)),
  );
  if (selected.length === 0) throw new Mistake('no check is left; loosen --suite, --check, --skip or --tag');
  return selected;
}

/** Which checks a selection leaves out of all that come with the package and with the user's suites. */
export function leftOutOf(suites: readonly Suite[], selected: readonly Check[]): readonly string[] {
  const taken = new Set(selected.map(({ id }) => id));
  const ids = new Set(suites.flatMap(({ checks }) => checks.map(({ id }) => id)));
  return [...ids].filter((id) => !taken.has(id));
}

function matcher(
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

function globTest(pattern: string): (word: string) => boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  const regExp = new RegExp(`^${parts.join('.*')}$`);
  return (word) => regExp.test(word);
}
