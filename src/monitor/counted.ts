import { classify } from '../model/classify.js';
import { answerOf, isToolError } from '../model/message.js';
import { countIn as countShown } from '../model/count.js';
import type { Seen } from './history.js';

/** What a counter showed, where it was served. */
export function countIn({ exchange }: Seen): number | undefined {
  const { asked } = exchange;
  // What writes is read by another call.
  if (asked.count !== undefined && asked.nonce !== undefined) return undefined;
  const result = answerOf(exchange)?.result;
  return classify(exchange) !== 'served' || isToolError(result) ? undefined : countShown(result, asked.count);
}
