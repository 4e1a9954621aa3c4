import { describeCame } from '../model/describe-exchange.js';
import { limitIn } from '../model/limit.js';
import { isSuccess } from '../model/reply.js';
import type { Exchange } from '../model/transcript.js';
import type { Rated, Rating } from './rating.js';

/**
 * Where discovery found how many sessions the target has at once, a handshake refused for load while the check had so many is no
 * fault and no doubt. What else the check saw must fail by itself, and cannot pass for want of sessions.
 */
export function withoutFull(
  ratings: readonly Rating[],
  { exchanges, facts: { company } }: Pick<Rated, 'exchanges' | 'facts'>,
): readonly Rating[] {
  if (company?.stops !== 'number-refused') return ratings;
  const full = exchanges.filter((exchange) => isFull(exchange, exchanges, company.sessions));
  const isOfFull = ({ kind, evidence }: Rating) =>
    kind !== 'pass' && full.some(({ seq }) => evidence.entries[0] === seq);
  const refused = ratings.find(isOfFull);
  if (refused === undefined) return ratings;
  const failures = ratings.filter(
    (rating) => (rating.kind === 'fail' || rating.kind === 'warn') && !isOfFull(rating),
  );
  if (failures.length > 0) return failures;
  const first = full.find(({ seq }) => refused.evidence.entries[0] === seq);
  const came = `${first === undefined ? refused.evidence.came : describeCame(first)}; at most ${company.sessions} sessions at once were open`;
  return [{ kind: 'unspecified', evidence: { ...refused.evidence, came } }];
}

function isFull(exchange: Exchange, exchanges: readonly Exchange[], most: number): boolean {
  if (exchange.asked.kind !== 'initialize' || limitIn(exchange.reply, 0) === undefined) return false;
  const done = exchanges.filter((one) => one.startedMs <= exchange.settledMs && isSuccess(one.reply));
  const opened = done.filter((one) => one.asked.kind === 'initialize' && limitIn(one.reply, 0) === undefined);
  const ended = done.filter((one) => one.asked.kind === 'delete' && one.settledMs <= exchange.startedMs);
  return opened.length - ended.length >= most;
}
