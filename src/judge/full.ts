import { describeCame } from '../model/describe-exchange.js';
import { limitIn } from '../model/limit.js';
import { isSuccess } from '../model/reply.js';
import { plural } from '../model/plural.js';
import { roomLeast } from '../model/room.js';
import type { Exchange } from '../model/transcript.js';
import type { Rated, Rating } from './rating.js';

/** What a check cannot see for want of sessions. */
const ofWant: ReadonlySet<string> = new Set(['too-few', 'not-observed', 'value-missing']);

/**
 * A handshake refused for load while the check has as many sessions as there is room for is no fault and no doubt. What else the check
 * saw must fail by itself. It passes where it went on with the sessions that it had, and these were enough to see all that it demands.
 */
export function withoutFull(
  ratings: readonly Rating[],
  { exchanges, facts, cut }: Pick<Rated, 'exchanges' | 'facts' | 'cut'>,
): readonly Rating[] {
  const [first, ...more] = exchanges.filter((exchange) => isFull(exchange, exchanges, facts));
  if (first === undefined) return ratings;
  const full = new Set([first, ...more].map(({ seq }) => seq));
  const isOfFull = ({ kind, evidence: { entries } }: Rating) =>
    kind !== 'pass' && entries[0] !== undefined && full.has(entries[0]);
  const refused = ratings.find((rating) => isOfFull(rating) || isForWant(rating));
  if (refused === undefined) return ratings;
  const came = `${describeCame(first)}; the target has room for ${plural(openAt(first, exchanges), 'session')} of this check`;
  const rest = ratings.filter((rating) => !isOfFull(rating) && !isForWant(rating));
  const isWhole = first.step !== cut?.step && !ratings.some(isForWant);
  return [
    ...rest.filter(({ kind }) => isWhole || kind === 'fail' || kind === 'warn'),
    { kind: 'unspecified', evidence: { ...refused.evidence, came } },
  ];
}

function isForWant(rating: Rating): boolean {
  return rating.kind === 'unclear' && ofWant.has(rating.reason);
}

function isFull(exchange: Exchange, exchanges: readonly Exchange[], facts: Rated['facts']): boolean {
  const { by } = limitIn(exchange.reply, 0) ?? {};
  if (exchange.asked.kind !== 'initialize' || by === undefined) return false;
  const { company } = facts;
  // Where discovery met the bound, sessions whose handshakes are not complete take up places too.
  const places = company?.stops === 'number-refused' && company.sessions > 1 ? company.sessions : Infinity;
  if (openAt(exchange, exchanges, 'initialize') >= places) return true;
  return by !== '429' && openAt(exchange, exchanges) >= roomLeast(facts);
}

/** How many sessions of the check were open, or had their handshakes complete, while this one was asked for. */
function openAt(
  { startedMs, settledMs }: Exchange,
  exchanges: readonly Exchange[],
  by: 'initialize' | 'notifications/initialized' = 'notifications/initialized',
): number {
  const done = exchanges.filter((one) => one.startedMs <= settledMs && isSuccess(one.reply));
  const opened = done.filter(({ asked }) => asked.method === by);
  const ended = done.filter((one) => one.asked.kind === 'delete' && one.settledMs <= startedMs);
  return opened.length - ended.length;
}
