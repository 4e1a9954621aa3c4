import { mark, numberIn } from '../model/probe.js';
import { answerOf, textsOf, toolErrorOf } from '../model/message.js';
import type { Exchange } from '../model/transcript.js';

/**
 * How many writes the answer of a state probe shows: the marks in it, or else the first whole number in its first text item
 * (a counter). Undefined when it shows neither, and where the tool, or the server, says that it failed.
 */
export function shown(exchange: Exchange): number | undefined {
  const result = answerOf(exchange)?.result;
  if (result === undefined || toolErrorOf(exchange) !== undefined) return undefined;
  if (exchange.asked.shows === 'marks') return textsOf(exchange.reply).join('\n').split(mark).length - 1;
  const number = numberIn(result);
  return number === undefined ? undefined : number - (exchange.asked.shows === 'number-with-read' ? 1 : 0);
}
