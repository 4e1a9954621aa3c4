import { plural } from '../model/plural.js';
import type { Report, Result } from '../model/report.js';
import type { Evidence } from '../model/verdict.js';
import { clipped } from './visible.js';
import type { Again } from './renderer.js';

/** A label with its text, as a failure shows them. */
export type Shown = readonly [label: string, text: string];

export const observationsMax = 3;
const charsMax = 400;

/**
 * What a verdict rests on: for each of the first observations what was sent, what would have been accepted, what came, what the
 * control got.
 */
export function shownEvidence({ evidence }: Result, most: number): readonly Shown[] {
  const left = evidence.length - most;
  return [
    ...evidence.slice(0, most).flatMap(shownObservation),
    ...(left > 0
      ? [['besides', `${plural(left, 'more observation')}, in report.json (--reporter json)`] as const]
      : []),
  ];
}

/** What was sent, what would have been accepted, what came, and what the control got. */
export function shownObservation(seen: Evidence): readonly Shown[] {
  return [
    ['sent', clipped(seen.sent, charsMax)],
    ['acceptable', clipped(seen.acceptable, charsMax)],
    ['came', clipped(seen.came, charsMax)],
    ...(seen.control === undefined ? [] : [['control', clipped(seen.control, charsMax)] as const]),
  ];
}

/**
 * A statement about the whole run has no check of its own: those that showed it are run again together, or all where a witness did or where
 * they are many.
 */
function checkAgain({ id, evidence }: Result): readonly string[] {
  const shown = new Set(evidence.map(({ check }) => check ?? id));
  if (shown.size === 0) shown.add(id);
  const isOfAll = shown.size > againMax || [...shown].some((check) => check.startsWith('witness.'));
  return isOfAll ? [] : [...shown].flatMap((check) => ['--check', check]);
}

const againMax = 3;

/** The id of a check, with the revision where several were examined. */
export function resultName({ id, revision }: Result, { revisions }: Pick<Report, 'revisions'>): string {
  return revisions.length > 1 ? `${id} @ ${revision}` : id;
}

/** The command that examines the one check again, in words that a POSIX shell reads. */
export function againWords(
  result: Result,
  { profile, revisions, facts }: Pick<Report, 'profile' | 'revisions' | 'facts'>,
  again: Again,
): readonly string[] {
  // The newest that is negotiated is examined unasked.
  const isUnasked = revisions.length === 1 && facts[0]?.negotiates?.[0] === result.revision;
  const words = [
    'npx',
    'sessionspec',
    'run',
    // A description says where it is.
    ...(again.url === '' ? [] : [again.url]),
    ...checkAgain(result),
    ...(isUnasked ? [] : ['--revision', result.revision]),
    ...(profile === 'spec' ? [] : ['--profile', profile]),
    ...again.options,
  ];
  return words.map(quoted);
}

/** A word as a POSIX shell reads it back. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
