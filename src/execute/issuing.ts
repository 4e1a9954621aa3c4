import { replyHeader } from '../model/reply.js';
import type { CheckRun, Issuing } from './check-run.js';

/** A Date field tells whole seconds, and its answer was under way: less than this is no difference. */
const differenceMinMs = 3_000;

/** When the ids of a group were issued, and what the answers say of the clock of the target. */
export function issuingOf(group: string, { lives }: CheckRun): Issuing {
  const issuing = lives.filter(({ of }) => of.group === group);
  const times = issuing.map((live) => live.wallTimes());
  const last = issuing.at(-1);
  const [date = ''] = replyHeader(last?.call.snapshot(), 'date');
  const aheadMs = last === undefined ? 0 : Date.parse(date) + 500 - last.wallTimes().cameMs;
  return {
    times,
    aheadMs: Math.abs(aheadMs) < differenceMinMs || Number.isNaN(aheadMs) ? 0 : aheadMs,
  };
}
