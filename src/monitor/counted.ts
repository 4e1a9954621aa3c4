import { classify } from '../model/classify.js';
import { answerOf, isToolError } from '../model/message.js';
import { numberIn } from '../model/probe.js';
import type { Seen } from './history.js';

/** What a counter showed, where it was served. */
export function countIn({ exchange }: Seen): number | undefined {
  const result = answerOf(exchange)?.result;
  return classify(exchange) !== 'served' || isToolError(result) ? undefined : numberIn(result);
}
