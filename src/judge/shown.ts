import { mark, numberIn } from '../model/mark.js';
import { answerOf, textsOf } from '../model/message.js';
import type { Exchange } from '../model/transcript.js';

/**
 * How many writes the answer of a state probe shows: the marks in it, or else the first whole number in its first text item
 * (a counter). Undefined when it shows neither.
 */
export function shown(exchange: Exchange): number | undefined {
  if (exchange.asked.shows === 'marks') return textsOf(exchange.reply).join('\n').split(mark).length - 1;
  const number = numberIn(answerOf(exchange)?.result);
  return number === undefined ? undefined : number - (exchange.asked.shows === 'number-with-read' ? 1 : 0);
}
