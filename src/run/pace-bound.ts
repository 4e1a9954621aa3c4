import { nowMs } from '../carriers/clock.js';
import type { Facts } from '../model/facts.js';
import type { Plan } from '../model/plan.js';
import type { RunOptions } from '../model/run.js';
import { createForecast, takesAlone, type Forecast } from './outlook.js';
import { noticeIncident, type RunState } from './session.js';

const minutesDefault = 10;
const minuteMs = 60_000;

/** What a run is expected to take on its target. */
export function forecastOf(
  plan: Plan,
  facts: readonly Facts[],
  jobs: () => number,
  { options, traffic: { pace } }: RunState,
): Forecast {
  const boundMs = boundOf(options);
  return createForecast({
    plan,
    perSecond: pace.perSecond,
    jobs,
    latencyMs: Math.max(0, ...facts.map(({ latencyMs }) => latencyMs)),
    ...(boundMs !== undefined && { boundMs }),
    nowMs,
  });
}

/** Who sets the pace knows that it takes its time. Where each check has a target of its own, none is slow for long. */
function boundOf({ minutesMax, requestsPerSecondMax, targetOf }: RunOptions): number | undefined {
  if (minutesMax !== undefined) return minutesMax * minuteMs;
  if (requestsPerSecondMax !== undefined || targetOf !== undefined) return undefined;
  return minutesDefault * minuteMs;
}

/** Whether no further check starts, since all of them would take too long; that is said once. */
export function isTooLong(plan: Plan, forecast: Forecast, session: RunState): boolean {
  if (session.incidents.some(({ kind }) => kind === 'too-long')) return true;
  const boundMs = boundOf(session.options);
  const outlook = boundMs === undefined ? undefined : forecast.tooLong();
  if (outlook === undefined || boundMs === undefined) return false;
  const { perSecond, takesMs } = outlook;
  const coreMs = takesAlone(plan, 'core', perSecond);
  const about = { perSecond, takesMs, boundMs, ...(coreMs !== undefined && { coreMs }) };
  noticeIncident(session, { kind: 'too-long', ...about });
  return true;
}
