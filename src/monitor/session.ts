import { negotiatedIn } from '../model/message.js';
import { classify, isEnding } from '../model/classify.js';
import { isSuccess, statusOf } from '../model/reply.js';
import type { Disturbance, Seen } from './history.js';
import { hasMethod, ordinaryIn } from './ordinary.js';

/** A session from the answer that opened it to its end. */
export interface Session {
  readonly number: number;
  readonly openings: readonly Seen[];
  /** What carried its id, in the order in which it began. */
  readonly uses: readonly Seen[];
  /** Those of them that any client may send. */
  readonly ordinary: ReadonlySet<Seen>;
  /** The same with texts that a check gave as they are. */
  readonly framed: ReadonlySet<Seen>;
  readonly negotiated?: string;
  readonly openedMs: number;
  /** When its handshake was complete, or a request of it was served. */
  readonly readyMs?: number;
  /** When a DELETE that names it was obeyed. */
  readonly endedMs?: number;
  /** Since when it may have lost its session, or be refused, for something that its check did on purpose. */
  readonly doubtfulMs: number;
}

/** Sessions by number. */
export function readSessions(
  seen: readonly Seen[],
  disturbances: readonly Disturbance[],
): ReadonlyMap<number, Session> {
  const openings = new Map<number, Seen[]>();
  const uses = new Map<number, Seen[]>();
  const strange = new Map<number, number>();
  for (const one of seen) {
    for (const number of issuedBy(one)) listOf(openings, number).push(one);
    if (one.session !== undefined) listOf(uses, one.session).push(one);
    if (one.own !== undefined && isStrange(one) && !strange.has(one.own))
      strange.set(one.own, one.exchange.startedMs);
  }
  return new Map(
    [...openings].flatMap(([number, [first, ...more]]) => {
      if (first === undefined) return [];
      const about = { openings: [first, ...more], uses: uses.get(number) ?? [] } as const;
      return [[number, sessionOf(number, about, strange.get(number) ?? Infinity, disturbances)]];
    }),
  );
}

function listOf(lists: Map<number, Seen[]>, number: number): Seen[] {
  const known = lists.get(number) ?? [];
  lists.set(number, known);
  return known;
}

/** The sessions that an answer opens: an id that the request brought itself is no new one. */
function issuedBy({ exchange, named, told }: Seen): readonly number[] {
  // What a server that took the request for one of another session answers is no InitializeResult.
  if (exchange.asked.kind !== 'initialize' || negotiatedIn(exchange.reply) === undefined) return [];
  return [...new Set(named)].filter((number) => !told.has(number));
}

/** It carried something like the id of its own session, which a server may take for that. */
function isStrange({ exchange: { asked }, session }: Seen): boolean {
  return asked.session.length > 0 && session === undefined;
}

function sessionOf(
  number: number,
  { openings, uses }: { readonly openings: readonly [Seen, ...Seen[]]; readonly uses: readonly Seen[] },
  strangeMs: number,
  disturbances: readonly Disturbance[],
): Session {
  const [{ exchange: opening }] = openings;
  const negotiated = negotiatedIn(opening.reply);
  const openedMs = opening.settledMs;
  const framed = new Set(uses.filter(ordinaryIn(number, negotiated, opening)));
  const ordinary = new Set([...framed].filter(hasMethod));
  const readyMs = least([...ordinary].filter(completes).map(({ exchange }) => exchange.settledMs));
  const endedMs = least(
    uses.filter(({ exchange }) => isEnding(exchange)).map(({ exchange }) => exchange.settledMs),
  );
  const provoked = uses.filter((use) => unsettles(use) || !ordinary.has(use));
  const disturbed = disturbances.filter(({ toMs }) => toMs > openedMs).map(({ fromMs }) => fromMs);
  return {
    number,
    openings,
    uses,
    ordinary,
    framed,
    ...(negotiated !== undefined && { negotiated }),
    openedMs,
    ...(readyMs !== undefined && { readyMs }),
    ...(endedMs !== undefined && { endedMs }),
    doubtfulMs: Math.min(strangeMs, ...disturbed, ...provoked.map(({ exchange }) => exchange.startedMs)),
  };
}

/** By it a client knows that its session is there. */
function completes({ exchange }: Seen): boolean {
  const { asked, reply } = exchange;
  if (asked.method === 'notifications/initialized') return isSuccess(reply);
  return asked.kind === 'request' && classify(exchange) === 'served';
}

/** A DELETE, unless it is answered that there is none, a second initialize, and a request after as long as the target keeps an idle session. */
function unsettles({ exchange: { asked, reply } }: Seen): boolean {
  if (asked.idle) return true;
  return asked.kind === 'initialize' || (asked.kind === 'delete' && statusOf(reply) !== 405);
}

function least(times: readonly number[]): number | undefined {
  return times.length === 0 ? undefined : Math.min(...times);
}
