import { isSuccess } from '../../model/reply.js';
import { askMs, brief, type FactProbe } from '../probe.js';

/** Ends the session that everything was asked in. */
export const ending: FactProbe = {
  finds: ['delete'],
  answers: ['every run', 'delete'],
  after: [],
  disturbs: 'own session for good',
  requestsMax: () => 1,
  async ask({ client }, { left }) {
    const deleted = await client.delete({ timeoutMs: askMs });
    // The first that left counts as well: where its DELETE ended more than its own session, the last one is refused.
    const offered = client.session !== undefined && [left, deleted].some(isSuccess);
    return { facts: { delete: { offered, seen: brief(deleted) } } };
  },
};
