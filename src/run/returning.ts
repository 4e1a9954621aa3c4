import { isSuccess } from '../model/reply.js';
import type { Revision } from '../model/revision.js';
import { askFresh } from './fresh.js';
import type { Losses } from './losses.js';
import { noticeIncident, type RunState } from './session.js';
import { wallIn } from './wall.js';

/** A target that was given up is waited for this long, and no more often than that. */
const patienceMs = 10_000;
const returnsMax = 3;
/** It is met with so much more time from then on. */
const slowTimes = 4;

export interface Returning {
  /** Waits for a target that answers late; what was lost to its slowness is then tried again, one by one. */
  readonly revive: () => Promise<boolean>;
  /** By how much all deadlines are longer. */
  readonly times: () => number;
}

/** For a target that no operator can start again: it may be but slow. */
export function createReturning(session: RunState, losses: Losses, revision: Revision): Returning {
  const { traffic, options } = session;
  let returns = 0;
  let times = 1;
  return {
    times: () => times,
    async revive() {
      if (options.signal?.aborted || returns >= returnsMax) return false;
      returns += 1;
      const reply = await askFresh(session, revision, patienceMs * options.timeScale);
      if (!isSuccess(reply)) return false;
      losses.forgive();
      traffic.lost = 0;
      times = slowTimes;
      return true;
    },
  };
}

/** Whether the target turns everybody away, as its last answers let suspect. That is an incident, and the run stops. */
export async function isWalled(session: RunState, revision: Revision): Promise<boolean> {
  const { traffic, options } = session;
  const suspected = traffic.walls.suspected();
  if (suspected === undefined || traffic.walled) return traffic.walled;
  const reply = await askFresh(session, revision, patienceMs * options.timeScale);
  if (traffic.walled) return true;
  if (reply === undefined || wallIn(reply)?.kind !== suspected.kind) return false;
  traffic.walled = true;
  noticeIncident(session, suspected);
  return true;
}
