import type { Result } from '../model/report.js';
import type { Evidence } from '../model/verdict.js';
import { clipped } from './visible.js';
import type { ProfileName } from '../model/profile.js';
import type { Again } from './renderer.js';

/** A label with its text, as a failure shows them. */
export type Shown = readonly [label: string, text: string];

const observationsMax = 3;
const charsMax = 400;

/** What a verdict rests on: for each observation what was sent, what would have been accepted, what came, what the control got. */
export function shownEvidence(result: Result): readonly Shown[] {
  const left = result.evidence.length - observationsMax;
  return [
    ...result.evidence.slice(0, observationsMax).flatMap(shownObservation),
    ...(left > 0 ? [['besides', `${left} more observations, in the reports`] as const] : []),
  ];
}

function shownObservation(seen: Evidence): readonly Shown[] {
  return [
    ['sent', clipped(seen.sent, charsMax)],
    ['acceptable', clipped(seen.acceptable, charsMax)],
    ['came', clipped(seen.came, charsMax)],
    ...(seen.control === undefined ? [] : [['control', clipped(seen.control, charsMax)] as const]),
  ];
}

/** A statement about the whole run has no check of its own: the one that showed it is run again, or all where a witness did. */
function checkAgain({ id, evidence }: Result): readonly string[] {
  const shown = evidence[0]?.check ?? id;
  return shown.startsWith('witness.') ? [] : ['--check', shown];
}

/** The command that examines the one check again. */
export function againCommand(result: Result, profile: ProfileName, again: Again): string {
  const words = [
    'sessionspec',
    'run',
    again.url,
    ...checkAgain(result),
    '--revision',
    result.revision,
    ...(profile === 'spec' ? [] : ['--profile', profile]),
    ...again.options,
  ];
  return words.map(quoted).join(' ');
}

/** A word as a POSIX shell reads it back. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
