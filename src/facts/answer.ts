import type { Probe } from '../model/request.js';
import { isObject, type JsonObject } from '../model/json.js';
import { answerTo, messagesIn, textsOf, type RpcId } from '../model/message.js';
import type { Reply } from '../model/reply.js';

export interface Answer {
  readonly reply: Reply;
  readonly tookMs: number;
  /** All that came, unread. */
  readonly text: string;
  readonly result?: JsonObject;
  /** Some message of it is an error, whosever. */
  readonly isError: boolean;
}

/** A request with an id. */
export function probeMessage(id: RpcId, { method, params }: Probe) {
  const text = JSON.stringify({ jsonrpc: '2.0', id, method, ...(params !== undefined && { params }) });
  return { does: 'message' as const, text, id };
}

/** What came of it. */
export function answered(reply: Reply, id: RpcId): Omit<Answer, 'reply' | 'tookMs'> {
  const result = answerTo(reply, id)?.result;
  return {
    text: textsOf(reply).join('\n'),
    ...(isObject(result) && { result }),
    isError: messagesIn(reply).some((message) => message.kind === 'response' && message.result === undefined),
  };
}

/** The method, and of calls the tool. */
export function keyOf({ method, params }: Probe): string {
  return method === 'tools/call' && isObject(params) ? `${method} ${JSON.stringify(params['name'])}` : method;
}
