import type { Probe } from '../model/request.js';
import { isObject } from '../model/json.js';
import type { ProbeClient } from './client.js';
import { toldIn, type Told } from './messages.js';
import { askMs, filledProbe, type Asking, type Findings } from './probe.js';
import { eventsOf, type Reply } from '../model/reply.js';
import { brieflyOf } from './tools/slow.js';
import { distinct, isServed, toolName } from './refusal.js';

/** So many requests of the second rank are sent, besides those that are meant to cause a message. */
export const othersMax = 6;
export const namedMax = 2;
export const foundMax = 3;

/**
 * Requests that may make the server send a message: what is described, or is named so; then whatever else may be called, because a
 * server may report the progress of anything, or log that it was asked. What was found to be good for something else takes no time, so
 * it goes with the first.
 */
export function stimuli(
  { client }: Asking,
  { candidates, described, trials, facts, tooSlow }: Findings,
): readonly (readonly Probe[])[] {
  const isBorne = (probe: Probe) => !tooSlow.includes(toolName(probe));
  const named = candidates.notify.filter(isBorne).slice(0, namedMax);
  const found = foundIn(facts);
  if (described.notify !== undefined) return [distinct([...named, ...found])];
  const others = distinct([
    ...candidates.slow.map((call) => call.lasting(brieflyOf(call))).filter(isBorne),
    ...(described.slow ? [described.slow] : []),
    ...unsubscribing(client),
    ...trials.filter(({ answer }) => isServed(answer)).map(({ probe }) => probe),
  ]);
  const first = distinct([...named, ...found]);
  const names = new Set(first.map(toolName));
  const rest = others.filter((probe) => !names.has(toolName(probe))).slice(0, othersMax);
  // One wait is enough where nothing is known to send a message.
  return named.length > 0 ? [first, rest] : [[], [...first, ...rest]];
}

/** What was found already, which the checks will call anyway. */
function foundIn({ probes: { state, words, identity } }: Findings['facts']): readonly Probe[] {
  const found = [state?.write, words?.write, identity];
  return found.flatMap((probe) => (probe === undefined ? [] : [probe]));
}

/** Ends a subscription that was never made, which changes nothing; some servers log to their client that it was asked for. */
function unsubscribing(client: ProbeClient): readonly Probe[] {
  if (!subscribes(client)) return [];
  return [{ method: 'resources/unsubscribe', params: { uri: 'sessionspec://${nonce}' } }];
}

export function subscribes({ result }: ProbeClient): boolean {
  const capabilities = isObject(result?.['capabilities']) ? result['capabilities'] : {};
  return isObject(capabilities['resources']) && capabilities['resources']['subscribe'] === true;
}

/** Servers may log nothing before a level is set. Tells whether the server takes one. */
export async function setLevel(client: ProbeClient): Promise<boolean> {
  const { capabilities } = client.result ?? {};
  if (!isObject(capabilities) || !('logging' in capabilities)) return false;
  await client.request({ method: 'logging/setLevel', params: { level: 'debug' } }, { timeoutMs: askMs });
  return true;
}

/** What a request was answered with, and the messages that came with the answer. */
export interface Caused {
  readonly probe: Probe;
  readonly word: string;
  readonly withAnswer: Told;
  readonly withIds: boolean;
  readonly tookMs: number;
  readonly isRefused: boolean;
  /** No answer came, though it was waited for. */
  readonly isSilent: boolean;
}

/** Sends a request with a word of its own. */
export async function cause(probe: Probe, word: string, { client }: Asking): Promise<Caused> {
  const answer = await client.request(filledProbe(probe, word), { timeoutMs: askMs, slow: true });
  const { reply, tookMs } = answer;
  return {
    probe: tookMs > longMs ? { ...probe, takesMs: Math.ceil(tookMs) } : probe,
    word,
    withAnswer: toldIn(reply, word),
    withIds: eventsOf(reply).some(({ id }) => id !== undefined),
    tookMs,
    isRefused: !isServed(answer),
    isSilent: isSilence(reply) && answer.result === undefined && !answer.isError,
  };
}

/** The time was up before an answer. */
function isSilence(reply: Reply): boolean {
  return reply.kind === 'timeout' || (reply.kind === 'response' && reply.content.end === 'aborted');
}

/** Deadlines of checks bear as much. */
const longMs = 800;
