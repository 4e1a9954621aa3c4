import { replyHeader } from '../model/reply.js';
import type { CheckRun, Issuing } from './check-run.js';

/** A Date field tells whole seconds, and its answer was under way: less than this is no difference. */
const differenceMinMs = 3_000;

/** When the ids of a group were issued, by our clock, and what the answers say of the clock of the target. */
export function issuingOf(group: string, { lives, deps: { clock } }: CheckRun): Issuing {
  const [now, wall] = [clock.nowMs(), clock.wallMs()];
  const exchanges = lives.filter(({ of }) => of.group === group).map((live) => live.record());
  const last = exchanges.at(-1);
  const [date = ''] = replyHeader(last?.reply, 'date');
  const aheadMs = last === undefined ? 0 : Date.parse(date) + 500 - (wall - (now - last.settledMs));
  return {
    ages: exchanges.map(({ startedMs, settledMs }) => ({
      askedMs: now - startedMs,
      cameMs: now - settledMs,
    })),
    aheadMs: Math.abs(aheadMs) < differenceMinMs || Number.isNaN(aheadMs) ? 0 : aheadMs,
  };
}
