import { olderSessionMs, type FactProbe } from '../probe.js';

/** Enough for two or three nodes that take turns. */
const askedTimes = 4;

/** The same question on connections of its own: nodes behind one address that share no sessions serve only some of them. */
export const affinity: FactProbe = {
  finds: ['affinity'],
  answers: ['several checks'],
  after: ['plain'],
  ofHttp: true,
  disturbs: 'own session for good',
  requestsMax: () => askedTimes,
  async ask({ client, options: { carrier } }, { served: plain }) {
    if (plain === undefined) return {};
    let served = 0;
    for (let i = 0; i < askedTimes; i += 1) {
      const { result } = await client.request(plain.probe, { over: carrier, timeoutMs: olderSessionMs });
      served += Number(result !== undefined);
    }
    return { facts: { affinity: { served, asked: askedTimes } } };
  },
};

/** Whether another node, if one was given, serves the session. */
export const replicas: FactProbe = {
  finds: ['sharesSessions'],
  answers: ['shared-sessions'],
  after: ['plain'],
  ofHttp: true,
  disturbs: 'own session for good',
  requestsMax: ({ other }) => (other === undefined ? 0 : 1),
  async ask({ client, options: { other } }, { served }) {
    if (served === undefined || other === undefined) return { facts: { sharesSessions: false } };
    const { result } = await client.request(served.probe, { over: other, timeoutMs: olderSessionMs });
    return { facts: { sharesSessions: result !== undefined } };
  },
};
