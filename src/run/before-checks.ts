import type { Facts } from '../model/facts.js';
import { isFault } from '../model/reply.js';
import { askFresh } from './fresh.js';
import { lostMax, noticeIncident, type RunState } from './session.js';

const askMs = 10_000;

/**
 * Discovery ends a session too. Where others were not served afterwards, a fresh client tells whether anybody is; if not, the target
 * was lost before the first check, and none of them is to blame.
 */
export async function noticeLossBefore(facts: readonly Facts[], session: RunState): Promise<void> {
  const { options, traffic } = session;
  const [first] = facts;
  if (options.targetOf !== undefined || first?.company?.stops !== 'delete') return;
  const reply = await askFresh(session, first.revision, askMs * options.timeScale);
  if (reply === undefined || (reply.kind === 'response' && !isFault(reply))) return;
  traffic.lost = lostMax(options);
  const during = { check: 'discovery', step: 'delete', sent: 'DELETE' };
  noticeIncident(session, { kind: 'stopped-answering', suspects: [], during });
}
