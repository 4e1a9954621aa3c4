import { slowMs } from '../../model/facts.js';
import { askMs, filled, type FactProbe } from '../probe.js';
import { probesOf, slowProbe } from '../tools.js';

/** A tool that can be told how long to take is told less than the checks will tell it. */
const triedMs = 80;

/** Whether the slow tool takes at least half the time that it should: an argument may have the name of a time and mean another. */
export const slow: FactProbe = {
  finds: ['probes.slow'],
  answers: ['slow'],
  after: ['tools'],
  disturbs: 'own session',
  requestsMax: () => 1,
  async ask({ client, options: { described, nonce } }, { candidates, listing, facts: { probes } }) {
    if (candidates.slow === undefined) return {};
    const known = probesOf(described).slow;
    const tried = known ?? slowProbe(listing?.tools ?? [], triedMs);
    if (tried === undefined) return {};
    const { result, tookMs } = await client.request(filled(tried, nonce), { timeoutMs: askMs, slow: true });
    const isSlow = result !== undefined && tookMs >= (known ? slowMs : triedMs) / 2;
    return isSlow ? { facts: { probes: { ...probes, slow: candidates.slow } } } : {};
  },
};
