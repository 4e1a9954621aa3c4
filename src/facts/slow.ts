import { slowMs, type DescribedTools } from '../model/facts.js';
import type { Client } from './client.js';
import { askMs, filled } from './probing.js';
import { probesOf, slowProbe, type Tool } from './tools.js';

/** A tool that can be told how long to take is told less than the checks will tell it. */
const triedMs = 80;

/** Whether the slow tool takes at least half the time that it should: an argument may have the name of a time and mean another. */
export async function isSlow(
  client: Client,
  tools: readonly Tool[],
  described: DescribedTools,
  nonce: string,
): Promise<boolean> {
  const known = probesOf(described).slow;
  const probe = known ?? slowProbe(tools, triedMs);
  if (probe === undefined) return false;
  const { result, tookMs } = await client.request(filled(probe, nonce), { timeoutMs: askMs, slow: true });
  return result !== undefined && tookMs >= (known ? slowMs : triedMs) / 2;
}
