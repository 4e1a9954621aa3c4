import type { Call } from '../../model/carrier.js';
import { isStream, isSuccess } from '../../model/reply.js';
import { askMs, brief, leave, type FactProbe } from '../probe.js';
import { headAtTheEnd } from './get.js';

/** A head that has not come by then is not awaited before the session ends, and one that its end brings comes soon. */
const byItselfMs = 200;
const broughtMs = 1_000;

/** Ends the session that everything was asked in. */
export const ending: FactProbe = {
  finds: ['delete'],
  answers: ['every run', 'delete'],
  after: [],
  ofHttp: true,
  disturbs: 'own session for good',
  // Where a second client was refused, one more handshake and its end; where a GET was silent, another one.
  requestsMax: ({ asked }) => (asked.has('clients') ? 4 : 1) + Number(asked.has('get')),
  async ask({ client, open, options }, { left, isGetSilent, facts: { revision, company, get } }) {
    const isAsked = isGetSilent === true && get?.offered === false;
    const silent = isAsked ? await client.listen({ timeoutMs: byItselfMs }) : undefined;
    const deleted = await client.delete({ timeoutMs: askMs });
    const isLate = silent !== undefined && (await isBroughtByTheEnd(silent, broughtMs * options.timeScale));
    // The first that left counts as well: where its DELETE ended more than its own session, the last one is refused.
    const offered = client.session !== undefined && [left, deleted].some(isSuccess);
    const ended = { delete: { offered, seen: brief(deleted) }, ...(isLate && { get: headAtTheEnd }) };
    if (company?.stops !== 'second-refused') return { facts: ended };
    // One session after another is less than several, and more than one in all.
    const next = await open(revision);
    await leave(next);
    return {
      facts: { ...ended, ...(next.result === undefined && { company: { ...company, stops: 'only-one' } }) },
    };
  },
};

/** Some servers send the head of a stream with its first event, and where there is none, with its end: that is a stream all the same. */
async function isBroughtByTheEnd(silent: Call, withinMs: number): Promise<boolean> {
  const isBrought = await silent.waitFor((reply) => isStream(reply), withinMs);
  silent.abort();
  return isBrought;
}
