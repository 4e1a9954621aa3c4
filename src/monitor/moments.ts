import { isSuccess } from '../model/reply.js';
import type { History, Seen } from './history.js';
import type { Life } from './lives.js';
import { changesIn, newerMost } from './newer.js';
import type { Session } from './session.js';

/** What had happened to a session, and around it, when a request of it was served or refused. */
export interface Moment {
  readonly at: Seen;
  readonly session: Session;
  /** Requests of it before this one: that were answered by then, and that had begun before it was answered. */
  readonly requestsLeast: number;
  readonly requestsMost: number;
  /** The most sessions that were opened after it and lived at one time, until then: certainly, and at most. */
  readonly newerLeast: () => number;
  readonly newerMost: () => number;
  /** How many other sessions were used, or opened, since it was used last: certainly, and at most. */
  readonly othersLeast: () => number;
  readonly othersMost: () => number;
  readonly ageMs: number;
  /** Since its last request; nothing while a stream of it was open. */
  readonly idleMs: number;
  /** Since its last request, whether a stream was open or not. */
  readonly silentMs: number;
  /** It came to another node than the one that opened the session. */
  readonly isElsewhere: boolean;
  /** What happened since the session was served last. */
  readonly since: ReadonlySet<Happening>;
}

export const happenings = {
  'own-abort': 'a call of its own that its client gave up',
  'own-stream': 'a stream of its own',
  'foreign-delete': 'the DELETE of another session',
  'nameless-delete': 'a DELETE without an id',
  'other-revision': 'a handshake of another client with another revision',
  'foreign-initialize': 'a handshake of another client',
} as const;
export type Happening = keyof typeof happenings;

/** How a session stood at a moment; the counts are looked up in lists that are made once for a run. */
export function createMoments({ seen, sessions }: History): (life: Life, at: Seen) => Moment {
  const [certain, possible] = [true, false].map((isCertain) =>
    changesIn(seen, [...sessions.values()], isCertain),
  );
  const times = timesOf(seen);
  return ({ session, served }, at) => {
    const now = at.exchange.startedMs;
    const earlier = session.uses.filter(({ exchange }) => exchange.startedMs < now);
    const from = Math.max(
      session.readyMs ?? session.openedMs,
      ...served.flatMap(({ exchange }) => (exchange.settledMs <= now ? [exchange.settledMs] : [])),
    );
    const silentMs = now - Math.max(session.openedMs, ...earlier.map(({ exchange }) => exchange.settledMs));
    const requests = session.uses.filter((use) => use !== at && use.exchange.asked.kind === 'request');
    return {
      at,
      session,
      requestsLeast: requests.filter(({ exchange }) => exchange.settledMs <= now).length,
      requestsMost: requests.filter(({ exchange }) => exchange.startedMs < at.exchange.settledMs).length,
      newerLeast: () => newerMost(certain ?? [], session, now),
      newerMost: () => newerMost(possible ?? [], session, at.exchange.settledMs),
      ...othersSince(seen, session, earlier, at, (number) => sessions.get(number)?.endedMs),
      ageMs: now - session.openedMs,
      idleMs: earlier.some(isListening) ? 0 : silentMs,
      silentMs,
      isElsewhere: (at.exchange.node ?? 0) !== (session.openings[0]?.exchange.node ?? 0),
      since: happened(session, earlier, times, from, now),
    };
  };
}

const ascending = (a: number, b: number): number => a - b;

/** Of what is sorted by its beginning, the sessions that were used while one was not. */
function othersSince(
  seen: readonly Seen[],
  { number, openedMs }: Session,
  earlier: readonly Seen[],
  at: Seen,
  endOf: (session: number) => number | undefined,
): Pick<Moment, 'othersLeast' | 'othersMost'> {
  const last = earlier.at(-1)?.exchange ?? { startedMs: openedMs, settledMs: openedMs };
  const { startedMs, settledMs } = at.exchange;
  // One that was ended meanwhile has left its place.
  const isBefore = ({ exchange, session }: Seen) =>
    exchange.settledMs <= startedMs && !(session !== undefined && (endOf(session) ?? Infinity) < startedMs);
  return {
    othersLeast: () => othersBetween(seen, number, last.settledMs, settledMs, isBefore).size,
    othersMost: () => othersAround(seen, number, last.startedMs, settledMs).size,
  };
}

/** What takes longer shows by what follows on it. */
const underWayMaxMs = 2_000;

/** The other sessions that may have been used, or opened, between two times: by what was under way then. */
export function othersAround(
  seen: readonly Seen[],
  number: number,
  fromMs: number,
  toMs: number,
): ReadonlySet<number> {
  const isUnderWay = ({ exchange }: Seen) => exchange.settledMs >= fromMs;
  return othersBetween(seen, number, fromMs - underWayMaxMs, toMs, isUnderWay);
}

/** The other sessions that were used, or opened, by what began between two times. */
function othersBetween(
  seen: readonly Seen[],
  number: number,
  fromMs: number,
  toMs: number,
  counts: (one: Seen) => boolean,
): ReadonlySet<number> {
  const others = new Set<number>();
  for (let i = firstFrom(seen, fromMs); i < seen.length; i += 1) {
    const one = seen[i];
    if (one === undefined || one.exchange.startedMs >= toMs) break;
    if (counts(one)) for (const other of usedBy(one)) if (other !== number) others.add(other);
  }
  return others;
}

/** A request that was refused takes no place. */
function usedBy({ session, named, exchange }: Seen): readonly number[] {
  if (!isSuccess(exchange.reply) || exchange.asked.kind === 'delete') return [];
  return session === undefined ? named : [session];
}

/** Where those begin that began at a time or later. */
function firstFrom(seen: readonly Seen[], ms: number): number {
  let [low, high] = [0, seen.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((seen[middle]?.exchange.startedMs ?? Infinity) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Times {
  readonly deletes: readonly number[];
  readonly nameless: readonly number[];
  readonly handshakes: readonly number[];
  /** By negotiated revision. */
  readonly byRevision: ReadonlyMap<string, readonly number[]>;
}

function timesOf(seen: readonly Seen[]): Times {
  const settled = (wanted: (one: Seen) => boolean) =>
    seen
      .filter((one) => wanted(one) && isSuccess(one.exchange.reply))
      .map(({ exchange }) => exchange.settledMs)
      .toSorted(ascending);
  const revisionsSeen = new Set(seen.filter(isHandshake).map(revisionAsked));
  return {
    deletes: settled((one) => isDelete(one) && one.session !== undefined),
    nameless: settled((one) => isDelete(one) && one.exchange.asked.session.length === 0),
    handshakes: settled(isHandshake),
    byRevision: new Map(
      [...revisionsSeen].map((revision) => [
        revision,
        settled((one) => isHandshake(one) && revisionAsked(one) === revision),
      ]),
    ),
  };
}

function isDelete({ exchange }: Seen): boolean {
  return exchange.asked.kind === 'delete';
}

function isHandshake({ exchange }: Seen): boolean {
  return exchange.asked.kind === 'initialize';
}

function revisionAsked({ exchange: { sent } }: Seen): string {
  const text = (sent.carrier === 'http' ? sent.body : sent.line) ?? '';
  return /"protocolVersion":"([^"]*)"/.exec(text)?.[1] ?? '';
}

function happened(
  session: Session,
  earlier: readonly Seen[],
  { deletes, nameless, handshakes, byRevision }: Times,
  from: number,
  now: number,
): ReadonlySet<Happening> {
  const own = earlier.filter(({ exchange }) => exchange.settledMs >= from);
  const others = [...byRevision].filter(([revision]) => revision !== session.negotiated);
  const tests: Readonly<Record<Happening, boolean>> = {
    'own-abort': own.some(({ exchange }) => exchange.reply.kind === 'aborted'),
    'own-stream': own.some(({ exchange }) => exchange.asked.kind === 'get'),
    'foreign-delete': countIn(deletes, from, now) > 0,
    'nameless-delete': countIn(nameless, from, now) > 0,
    'other-revision': others.some(([, times]) => countIn(times, from, now) > 0),
    'foreign-initialize': countIn(handshakes, from, now) > 0,
  };
  return new Set(happeningNames.filter((name) => tests[name]));
}

const happeningNames = Object.keys(happenings).filter((name): name is Happening => name in happenings);

function isListening({ exchange: { asked, reply } }: Seen): boolean {
  return asked.kind === 'get' && reply.kind === 'response' && reply.content.kind === 'stream';
}

/** How many of the times are later than one and earlier than another. */
function countIn(times: readonly number[], after: number, before: number): number {
  return Math.max(0, rankOf(times, before) - rankOf(times, after, true));
}

/** How many are less, or not greater. */
function rankOf(times: readonly number[], limit: number, orEqual = false): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const time = times[middle] ?? Infinity;
    if (time < limit || (orEqual && time === limit)) low = middle + 1;
    else high = middle;
  }
  return low;
}
