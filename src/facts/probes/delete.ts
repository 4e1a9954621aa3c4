import { isSuccess } from '../../model/reply.js';
import { askMs, brief, leave, type FactProbe } from '../probe.js';

/** Ends the session that everything was asked in. */
export const ending: FactProbe = {
  finds: ['delete'],
  answers: ['every run', 'delete'],
  after: [],
  ofHttp: true,
  disturbs: 'own session for good',
  // Where a second client was refused, one more handshake and its end.
  requestsMax: ({ asked }) => (asked.has('clients') ? 4 : 1),
  async ask({ client, open }, { left, facts: { revision, company } }) {
    const deleted = await client.delete({ timeoutMs: askMs });
    // The first that left counts as well: where its DELETE ended more than its own session, the last one is refused.
    const offered = client.session !== undefined && [left, deleted].some(isSuccess);
    const ended = { delete: { offered, seen: brief(deleted) } };
    if (company?.stops !== 'second-refused') return { facts: ended };
    // One session after another is less than several, and more than one in all.
    const next = await open(revision);
    await leave(next);
    return {
      facts: { ...ended, ...(next.result === undefined && { company: { ...company, stops: 'only-one' } }) },
    };
  },
};
