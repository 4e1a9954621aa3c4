import { askMs, type FactProbe } from '../probe.js';
import { probesOf, readTools, recognised, unlisted } from '../tools.js';

/** Which tools there are, and what they seem to be good for. */
export const tools: FactProbe = {
  finds: ['tools'],
  answers: ['state', 'identity', 'update'],
  after: [],
  disturbs: 'nothing',
  requestsMax: () => 1,
  async ask({ client, options: { described, readOnly }, earlier }, { facts: { probes } }) {
    const { result: listed } = await client.request({ method: 'tools/list' }, { timeoutMs: askMs });
    const absent = readOnly || earlier ? undefined : unlisted(described, listed);
    if (absent !== undefined) return { unusable: absent };
    const all = readTools(listed);
    const candidates = readOnly ? {} : { ...recognised(all), ...probesOf(described) };
    const { state, identity, update } = candidates;
    return {
      ...(listed && { listed }),
      candidates,
      facts: {
        tools: all.map(({ name }) => name),
        probes: {
          ...probes,
          ...(state && { state }),
          ...(identity && { identity }),
          ...(update && { update }),
        },
      },
    };
  },
};
