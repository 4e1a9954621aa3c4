import { slowMs } from '../../model/facts.js';
import { askMs, filled, type FactProbe } from '../probe.js';
import { refusalOf, without } from './tried.js';
import { probesOf, slowProbe } from '../tools.js';

/** A tool that takes a duration is tried with a shorter one than the checks will give. */
const triedMs = 80;

/** Whether the slow tool takes at least half the time that it should: an argument may have the name of a time and mean another. */
export const slow: FactProbe = {
  finds: ['probes.slow'],
  answers: ['slow'],
  after: ['tools'],
  disturbs: 'own session',
  requestsMax: () => 1,
  async ask(asking, findings) {
    const { client, options } = asking;
    const { candidates, listing } = findings;
    if (candidates.slow === undefined) return {};
    const known = probesOf(options.described).slow;
    const tried = known ?? slowProbe(listing?.tools ?? [], triedMs);
    if (tried === undefined) return {};
    const answer = await client.request(filled(tried, options.nonce), { timeoutMs: askMs, slow: true });
    const refusal = refusalOf(answer, tried, asking);
    if (refusal !== undefined) return without(findings, 'slow', refusal);
    const isSlow = answer.result !== undefined && answer.tookMs >= (known ? slowMs : triedMs) / 2;
    return isSlow ? { facts: { probes: { ...findings.facts.probes, slow: candidates.slow } } } : {};
  },
};
