import { type Need, type Probe, type StateProbe, slowMs } from '../../model/facts.js';
import { secretValues } from '../../model/framing.js';
import { isObject } from '../../model/json.js';
import { firstText, isToolError, messagesIn } from '../../model/message.js';
import { isBusy, isFault, statusOf, type Reply } from '../../model/reply.js';
import { numberIn } from '../../model/probe.js';
import type { Answer } from '../client.js';
import { firstMax } from './explore.js';
import { askMs, filledProbe, type Asking, type FactProbe, type Added, type Findings } from '../probe.js';
import { probesOf, slowProbe } from '../tools.js';

/** A pair that writes and reads: neither may be refused, as where something else has to be done first. */
export const state: FactProbe = {
  finds: ['probes.state'],
  answers: ['state'],
  after: ['tools', 'explore'],
  disturbs: 'own session',
  requestsMax: () => 2 * 2,
  async ask(asking, findings) {
    const { state: pair } = findings.candidates;
    if (pair === undefined) return {};
    const refusal = await refusalOfPair(pair, asking);
    return refusal === undefined ? withProbe(findings, { state: pair }) : without(findings, 'state', refusal);
  },
};

async function refusalOfPair(pair: StateProbe, asking: Asking): Promise<string | undefined> {
  const first = await afterWrite(pair, asking);
  if (typeof first === 'string') return first;
  if (pair.shows === 'marks')
    return first.result === undefined || first.text.includes(asking.options.nonce)
      ? undefined
      : `${toolName(pair.read)} was tried and does not show what ${toolName(pair.write)} wrote`;
  // A year and the port of a host are numbers too. What counts goes on by one, or stays where it began if the server forgets.
  const second = await afterWrite(pair, asking);
  if (typeof second === 'string') return second;
  const [before, after] = [numberIn(first.result), numberIn(second.result)];
  if (first.result === undefined || second.result === undefined) return undefined;
  const isCount = before !== undefined && (after === before + 1 || (after === before && before <= firstMax));
  return isCount
    ? undefined
    : `${toolName(pair.read)} was tried and does not count what ${toolName(pair.write)} does`;
}

/** What is read once something was written, or why it was refused. */
async function afterWrite({ write, read }: StateProbe, asking: Asking): Promise<Answer | string> {
  const done = await tryTool(write, asking);
  const refusal = refusalOf(done, write, asking);
  if (refusal !== undefined || read === write) return refusal ?? done;
  const answer = await tryTool(read, asking);
  return refusalOf(answer, read, asking) ?? answer;
}

/** A tool that tells which session it is called in: there are tools of the same name that tell who the user is. */
export const identity: FactProbe = {
  finds: ['probes.identity'],
  answers: ['identity'],
  after: ['tools', 'explore'],
  disturbs: 'own session',
  requestsMax: () => 1,
  async ask(asking, findings) {
    const { identity: probe } = findings.candidates;
    if (probe === undefined) return {};
    const answer = await tryTool(probe, asking);
    const { session = '' } = asking.client;
    const isAnother = answer.result !== undefined && !answer.text.includes(session);
    const refusal =
      refusalOf(answer, probe, asking) ??
      (isAnother ? `${toolName(probe)} was tried and does not tell the session id` : undefined);
    return refusal === undefined
      ? withProbe(findings, { identity: probe })
      : without(findings, 'identity', refusal);
  },
};

/** A change of a resource that clients can subscribe to. */
export const update: FactProbe = {
  finds: ['probes.update'],
  answers: ['update'],
  after: ['tools'],
  disturbs: 'own session',
  requestsMax: () => 1,
  async ask(asking, findings) {
    const { update: probes } = findings.candidates;
    if (probes === undefined) return {};
    const refusal = refusalOf(await tryTool(probes.change, asking), probes.change, asking);
    return refusal === undefined
      ? withProbe(findings, { update: probes })
      : without(findings, 'update', refusal);
  },
};

function tryTool(probe: Probe, { client, options: { nonce } }: Asking): Promise<Answer> {
  return client.request(filledProbe(probe, nonce), { timeoutMs: askMs });
}

function withProbe({ facts: { probes } }: Findings, more: Partial<Findings['facts']['probes']>): Added {
  return { facts: { probes: { ...probes, ...more } } };
}

/** Leaves a probe out, and says why. */
function without({ facts: { refusals } }: Findings, need: Need, refusal: string): Added {
  return { facts: { refusals: { ...refusals, [need]: refusal } } };
}

/** Why a tool is not there, in its own words. Silence and a server in trouble do not tell that. */
function refusalOf(answer: Answer, probe: Probe, asking: Asking): string | undefined {
  const { reply, result } = answer;
  if (reply.kind !== 'response' || isBusy(reply) || isFault(reply)) return undefined;
  if (result !== undefined && !isToolError(result)) return undefined;
  const words = hidden(wordsIn(reply) || String(statusOf(reply) ?? ''), asking).slice(0, wordsMax);
  return `${toolName(probe)} was tried and refused: ${JSON.stringify(words)}`;
}

const wordsMax = 200;

/** The message of an error, or the first text of a result. */
function wordsIn(reply: Reply): string {
  for (const message of messagesIn(reply)) {
    if (message.kind !== 'response') continue;
    const words = message.error?.message ?? firstText(message.result);
    if (words !== undefined) return words;
  }
  return '';
}

function hidden(words: string, { client, options: { headers } }: Asking): string {
  const masked = secretValues(headers).reduce((text, secret) => text.replaceAll(secret, '«secret»'), words);
  return client.session === undefined ? masked : masked.replaceAll(client.session, '«session»');
}

function toolName({ method, params }: Probe): string {
  return isObject(params) && typeof params['name'] === 'string' ? params['name'] : method;
}

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
    const answer = await client.request(filledProbe(tried, options.nonce), { timeoutMs: askMs, slow: true });
    const refusal = refusalOf(answer, tried, asking);
    if (refusal !== undefined) return without(findings, 'slow', refusal);
    const isSlow = answer.result !== undefined && answer.tookMs >= (known ? slowMs : triedMs) / 2;
    return isSlow ? { facts: { probes: { ...findings.facts.probes, slow: candidates.slow } } } : {};
  },
};
