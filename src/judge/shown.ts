import { mark, numberIn } from '../model/mark.js';
import type { Exchange } from '../model/transcript.js';
import { answerOf, textsOf, toolErrorOf } from './message.js';

/**
 * How many writes the answer of a state probe shows: the marks in it, or else the first whole number in its first text item
 * (a counter). Undefined when it shows neither, and where the tool, or the server, says that it failed.
 */
export function shown(exchange: Exchange): number | undefined {
  if (answerOf(exchange)?.result === undefined || toolErrorOf(exchange) !== undefined) return undefined;
  const text = textsOf(exchange).join('\n');
  if (exchange.asked.shows === 'marks') return text.split(mark).length - 1;
  const number = numberIn(text);
  return number === undefined ? undefined : number - (exchange.asked.shows === 'number-with-read' ? 1 : 0);
}
