import type { Need } from '../model/need.js';
import type { Probe } from '../model/request.js';
import { createSecrets, secretValues } from '../model/secrets.js';
import { isObject } from '../model/json.js';
import { firstText, isToolError, messagesIn } from '../model/message.js';
import { isBusy, isFault, statusOf, type Reply } from '../model/reply.js';
import type { Answer } from './answer.js';
import { askMs, filledProbe, type Added, type Asking, type Findings } from './probe.js';

/** Calls a tool with a word of its own. */
export function tryTool(probe: Probe, { client, options: { nonce } }: Asking, word = nonce): Promise<Answer> {
  return client.request(filledProbe(probe, word), { timeoutMs: askMs });
}

export function withProbe(
  { facts: { probes } }: Findings,
  more: Partial<Findings['facts']['probes']>,
): Added {
  return { facts: { probes: { ...probes, ...more } } };
}

/** Leaves what needs were asked for out, and says why. */
export function without(
  { facts: { refusals } }: Findings,
  needs: Need | readonly Need[],
  refusal: string | undefined,
): Added {
  if (refusal === undefined) return {};
  const each = typeof needs === 'string' ? [needs] : needs;
  return { facts: { refusals: { ...refusals, ...Object.fromEntries(each.map((need) => [need, refusal])) } } };
}

/** Why a tool is not there, in its own words. Silence and a server in trouble do not tell that. */
export function refusalOf(answer: Answer, probe: Probe, asking: Asking): string | undefined {
  const { reply, result } = answer;
  if (reply.kind !== 'response' || isBusy(reply) || isFault(reply)) return undefined;
  if (result !== undefined && !isToolError(result)) return undefined;
  const words = hidden(wordsIn(reply) || String(statusOf(reply) ?? ''), asking).slice(0, wordsMax);
  return `${toolName(probe)} was tried and refused: ${JSON.stringify(words)}`;
}

const wordsMax = 200;

/** It was called, and did not fail. */
export function isServed({ result }: Answer): boolean {
  return result !== undefined && !isToolError(result);
}

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
  const masked = createSecrets(secretValues(headers)).hide(words);
  return client.session === undefined ? masked : masked.replaceAll(client.session, '«session»');
}

export function toolName({ method, params }: Probe): string {
  return isObject(params) && typeof params['name'] === 'string' ? params['name'] : method;
}

/** The first call of each tool. */
export function distinct(probes: readonly Probe[]): readonly Probe[] {
  const names = new Set<string>();
  return probes.filter((probe) => {
    const isNew = !names.has(toolName(probe));
    names.add(toolName(probe));
    return isNew;
  });
}
