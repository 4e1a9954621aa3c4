import { classify } from '../model/classify.js';
import { plural } from '../model/plural.js';
import { statusOf } from '../model/reply.js';
import type { Exchange } from '../model/transcript.js';
import { good, skip, type InvariantTest } from './holding.js';

/**
 * A session that is refused between two requests that it serves is there and not found: nodes behind one address that do not share
 * their sessions. Requests with the cookie of the node are the control, and convict nobody.
 */
export const servedWhereverItComes: InvariantTest = (exchange, all) => {
  if (isServed(exchange)) return good;
  if (hasCookie(exchange)) return skip;
  const bare = all.filter((one) => !hasCookie(one) && one.actor === exchange.actor);
  const served = bare.filter(isServed);
  const isBetween =
    served.some(({ settledMs }) => settledMs <= exchange.startedMs) &&
    served.some(({ startedMs }) => startedMs >= exchange.settledMs);
  if (!isBetween || !isUnknown(exchange)) return skip;
  const says = `of ${plural(bare.length, 'request')} of one session on connections of their own ${served.length} were served${withCookie(all)}`;
  return { kind: 'bad', reason: 'elsewhere', says };
};

function withCookie(all: readonly Exchange[]): string {
  const steered = all.filter(hasCookie);
  if (steered.length === 0) return '';
  return `; with the cookie of its handshake, which MCP clients do not return, ${steered.filter(isServed).length} of ${steered.length}`;
}

const unknown: ReadonlySet<number> = new Set([400, 404, 410]);

/** A refusal that says nothing of load, credentials or the request itself. */
function isUnknown(exchange: Exchange): boolean {
  return unknown.has(statusOf(exchange.reply) ?? 0);
}

function isServed(exchange: Exchange): boolean {
  return classify(exchange) === 'served';
}

function hasCookie({ sent }: Exchange): boolean {
  return sent.carrier === 'http' && sent.headers.some(([name]) => name.toLowerCase() === 'cookie');
}
