import type { Probe } from '../../model/request.js';
import { isSuccess } from '../../model/reply.js';
import { askMs, brief, type FactProbe } from '../probe.js';

/**
 * What is answered without a session id, and to what. Some targets serve a ping to every client and nothing else: there the list of
 * tools is the plain request, because only what needs a session tells one id from another.
 */
export const withoutId: FactProbe = {
  finds: ['withoutId', 'probes.plain'],
  answers: ['id-required', 'plain request'],
  after: ['plain'],
  ofHttp: true,
  disturbs: 'all sessions',
  requestsMax: ({ asked }) => (asked.has('tools') ? 2 : 3),
  async ask({ client, asked }, { facts: { probes }, listing }) {
    const ask = async (plain: Probe) => {
      const { reply, result } = await client.request(plain, {
        withoutId: true,
        timeoutMs: askMs,
        whole: true,
      });
      const refused = result === undefined;
      const seen = `${brief(reply)}${refused && isSuccess(reply) ? ' without a result' : ''}`;
      return { refused, facts: { withoutId: { refused, seen }, probes: { ...probes, plain } } };
    };
    const first = await ask(probes.plain);
    if (first.refused || client.session === undefined) return { facts: first.facts };
    const list: Probe = { method: 'tools/list' };
    const isListed = asked.has('tools')
      ? listing !== undefined
      : (await client.request(list, { timeoutMs: askMs, whole: true })).result !== undefined;
    const second = isListed ? await ask(list) : first;
    return { facts: second.refused ? second.facts : first.facts };
  },
};
