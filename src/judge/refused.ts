import type { AnswerClass } from '../model/profile.js';
import type { Check } from '../model/suite.js';
import type { Exchange } from '../model/transcript.js';
import { placeOf, stepNamed } from '../model/walk.js';
import { classify } from '../model/classify.js';

/** Whether a named step was done, and each time was refused with a 4xx. */
export function isRefusedStep(check: Check, name: string, exchanges: readonly Exchange[]): boolean {
  return isAlways((answer) => answer.startsWith('4'), check, name, exchanges);
}

/** Whether a named step was done, and each time was served. */
export function isServedStep(check: Check, name: string, exchanges: readonly Exchange[]): boolean {
  return isAlways((answer) => served.has(answer), check, name, exchanges);
}

/** A handshake is served with a session, or with none. */
const served: ReadonlySet<AnswerClass> = new Set<AnswerClass>(['served', 'new-session', 'no-session']);

function isAlways(
  holds: (answer: AnswerClass) => boolean,
  check: Check,
  name: string,
  exchanges: readonly Exchange[],
): boolean {
  const path = stepNamed(check, name)?.path;
  const done = exchanges.filter((exchange) => placeOf(exchange.step) === path);
  return done.length > 0 && done.every((exchange) => holds(classify(exchange)));
}
