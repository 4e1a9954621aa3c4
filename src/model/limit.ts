import { messagesIn } from './message.js';
import type { Json } from './request.js';
import { isList, isObject } from './json.js';
import { isBusy, replyHeader, statusOf, type Reply } from './reply.js';

/** A refusal for load: how the target says it, and for how long, if it does. */
export interface Limit {
  /** `429`, `503`, or the code of a JSON-RPC error. */
  readonly by: string;
  readonly waitMs?: number;
}

/** What a reply says of the load of the target, in its status or in a message; `wallMs` is the time of day. */
export function limitIn(reply: Reply, wallMs: number): Limit | undefined {
  const by = isBusy(reply) ? String(statusOf(reply)) : limitInMessages(reply);
  if (by === undefined) return undefined;
  const waitMs = namedWaitMs(reply, wallMs);
  return { by, ...(waitMs !== undefined && { waitMs }) };
}

const words =
  /\b(?:rate[- _]?limit|too many (?:requests|sessions|connections|clients)|throttl|overload|slow down|(?:server|service) (?:is )?(?:too )?busy|quota exceeded)/i;
const codes: ReadonlySet<number> = new Set([429, 503, -32_429]);

function limitInMessages(reply: Reply): string | undefined {
  for (const message of messagesIn(reply)) {
    if (message.kind !== 'response') continue;
    const { error, result } = message;
    if (error !== undefined && (codes.has(error.code) || words.test(error.message)))
      return String(error.code);
    if (isObject(result) && result['isError'] === true && saysSo(result['content'])) return 'isError';
  }
  return undefined;
}

function saysSo(content: Json | undefined): boolean {
  return (
    isList(content) &&
    content.some((item) => isObject(item) && typeof item['text'] === 'string' && words.test(item['text']))
  );
}

/** The first field that tells a time. Whatever is larger than ten years is a time of day. */
function namedWaitMs(reply: Reply, wallMs: number): number | undefined {
  for (const read of [retryAfter, structured, reset]) {
    const untilMs = read(reply, wallMs);
    if (untilMs !== undefined && Number.isFinite(untilMs)) return Math.max(untilMs, 0);
  }
  return undefined;
}

function retryAfter(reply: Reply, wallMs: number): number | undefined {
  const [value] = replyHeader(reply, 'retry-after');
  if (value === undefined) return undefined;
  return /^\d+(?:\.\d+)?$/.test(value) ? 1_000 * Number(value) : Date.parse(value) - wallMs;
}

/** `RateLimit: "default";r=0;t=5`, or as it was drafted before: `limit=10, remaining=0, reset=5`. */
function structured(reply: Reply): number | undefined {
  const [, seconds] = /\b(?:t|reset)=(\d+)/.exec(replyHeader(reply, 'ratelimit').join(', ')) ?? [];
  return seconds === undefined ? undefined : 1_000 * Number(seconds);
}

const tenYearsS = 315_360_000;

function reset(reply: Reply, wallMs: number): number | undefined {
  const [value] = [...replyHeader(reply, 'ratelimit-reset'), ...replyHeader(reply, 'x-ratelimit-reset')];
  if (value === undefined || !/^\d+(?:\.\d+)?$/.test(value)) return undefined;
  const seconds = Number(value);
  return seconds < tenYearsS ? 1_000 * seconds : 1_000 * seconds - wallMs;
}
