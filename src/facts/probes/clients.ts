import { revisions as known } from '../../model/revision.js';
import { statusOf, type Reply } from '../../model/reply.js';
import type { Answer, ProbeClient } from '../client.js';
import { askMs, leave, olderSessionMs, type FactProbe } from '../probe.js';

/** Another client for each revision: what the target negotiates. */
export const otherRevisions: FactProbe = {
  finds: ['negotiates'],
  answers: ['two-revisions'],
  after: [],
  disturbs: 'other clients',
  // A handshake each, and a DELETE.
  requestsMax: () => known.length * (2 + 1),
  async ask({ client, open }, { facts: { revision } }) {
    const others: ProbeClient[] = [];
    for (const each of known) others.push(await open(each));
    const isNegotiated = (one: string, i: number) =>
      one === revision || (others[i] ?? client).negotiated === one;
    return { facts: { negotiates: known.filter(isNegotiated) }, others, staying: others };
  },
};

/** A batch in a session of the one revision that has them. */
export const batches: FactProbe = {
  finds: ['batches'],
  answers: ['batch'],
  after: ['revisions'],
  disturbs: 'other clients',
  requestsMax: () => 1,
  async ask(_, { staying }) {
    const batching = staying.find((each) => each.negotiated === '2025-03-26');
    const answer = await batching?.request({ method: 'ping' }, { batch: true, timeoutMs: askMs });
    return { facts: { batches: answer !== undefined && !isRefusedAnswer(answer) } };
  },
};

/** Silence refuses nothing: where clients share a server, what answers one may have gone to another. */
function isRefusedAnswer({ reply, isError }: Answer): boolean {
  return (statusOf(reply) ?? 0) >= 400 || isError;
}

/** Whether all clients are served while others have sessions, and after one of them has left. */
export const clients: FactProbe = {
  finds: ['severalClients'],
  answers: ['several checks'],
  after: ['plain', 'revisions', 'still-heard'],
  disturbs: 'other clients',
  requestsMax: () => 1 + known.length,
  async ask({ client }, { served, staying, isStillHeard = true }) {
    if (served === undefined) return {};
    const ask = async (one: ProbeClient) => {
      const { result } = await one.request(served.probe, { timeoutMs: olderSessionMs });
      return result !== undefined;
    };
    const areServed = [await ask(client)];
    const [first, ...rest] = staying;
    const left: Reply | undefined = first && (await leave(first));
    for (const one of [client, ...rest]) areServed.push(await ask(one));
    await Promise.all(rest.map(leave));
    const areOpen = staying.every(({ result }) => result !== undefined);
    return {
      facts: { severalClients: isStillHeard && areOpen && areServed.every(Boolean) },
      staying: [],
      ...(left && { left }),
    };
  },
};
