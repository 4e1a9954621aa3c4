import { classify } from '../model/classify.js';
import { statusOf } from '../model/reply.js';
import type { History, Seen } from './history.js';
import { lossesOf } from './live.js';
import { othersAround } from './moments.js';
import { crowdOf } from './rules.js';
import type { Session } from './session.js';

/** A target that keeps so many sessions, and since when those are gone that made room for others. */
export interface Evictions {
  readonly places: number;
  readonly sinceMs: ReadonlyMap<number, number>;
}

/** What a check sees of a session that made room for another is no matter of that check: a server may end a session at any time. */
export function evictionsIn(history: History): Evictions | undefined {
  const rule = lossesOf(history).find((loss) => loss.rule?.places !== undefined)?.rule;
  if (rule?.places === undefined) return undefined;
  const sinceMs = new Map<number, number>();
  for (const session of history.sessions.values()) {
    const since = goneSince(session, history.seen, rule.places);
    if (since !== undefined) sinceMs.set(session.number, since);
  }
  return { places: rule.places, sinceMs };
}

/** When a session that nobody had ended was refused by 404 for the first time, and never served again. */
function goneSince(
  { number, uses, openings, openedMs, endedMs = Infinity }: Session,
  seen: readonly Seen[],
  places: number,
): number | undefined {
  const served = uses.filter(({ exchange }) => isServed(exchange));
  const openingMs = openings[0]?.exchange.startedMs ?? openedMs;
  const lastMs = Math.max(openingMs, ...served.map(({ exchange }) => exchange.startedMs));
  const refused = uses.find(
    ({ exchange }) => exchange.startedMs > lastMs && statusOf(exchange.reply) === 404,
  );
  if (refused === undefined || refused.exchange.startedMs >= endedMs) return undefined;
  const { startedMs, settledMs } = refused.exchange;
  return othersAround(seen, number, lastMs, settledMs).size >= crowdOf(places) ? startedMs : undefined;
}

function isServed(exchange: Seen['exchange']): boolean {
  const answer = classify(exchange);
  return answer === 'served' || answer === 'accepted' || answer === 'error';
}
