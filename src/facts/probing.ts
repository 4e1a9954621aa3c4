import { slowMs, type Probe } from '../model/facts.js';
import { statusOf, type Reply } from '../model/reply.js';
import { isObject, parseJson, type JsonObject } from '../model/json.js';
import type { Client } from './client.js';

/** Time for an answer to a question that nothing hangs on. */
export const askMs = 2_000 + slowMs;

export interface Served {
  readonly probe: Probe;
  readonly reply: Reply;
}

/**
 * The first harmless method that the target serves; `ping` where it refuses them all. Undefined where it does neither: every
 * check would wait in vain, and nothing could be said in the end.
 */
export async function firstServed(client: Client): Promise<Served | undefined> {
  const candidates = ['ping', 'tools/list', 'prompts/list', 'resources/list'].map((method): Probe => ({
    method,
  }));
  let refused = false;
  for (const probe of candidates) {
    const { reply, result, isError } = await client.request(probe, { timeoutMs: askMs });
    // Who answers everything by the same InitializeResult has not understood what was asked.
    if (result !== undefined && !('protocolVersion' in result)) return { probe, reply };
    refused ||= reply.kind === 'response' && ((statusOf(reply) ?? 200) !== 200 || isError);
  }
  return refused ? { probe: { method: 'ping' }, reply: client.opening } : undefined;
}

/**
 * What is answered without a session id, and to what. Some targets serve a ping to anybody and nothing else: there the list of
 * tools is the plain request, because only what needs a session tells one id from another.
 */
export async function askWithoutId(
  client: Client,
  plain: Probe,
  listed: JsonObject | undefined,
): Promise<{ readonly probe: Probe; readonly refused: boolean; readonly reply: Reply }> {
  const ask = async (probe: Probe) => {
    const { reply, result } = await client.request(probe, { withoutId: true, timeoutMs: askMs });
    return { probe, reply, refused: result === undefined };
  };
  const first = await ask(plain);
  if (first.refused || client.session === undefined || listed === undefined) return first;
  const second = await ask({ method: 'tools/list' });
  return second.refused ? second : first;
}

/** A probe with a word of its own. */
export function filled({ method, params }: Probe, nonce: string): Probe {
  const told = parseJson(JSON.stringify(params ?? {}).replaceAll('${nonce}', nonce));
  return { method, ...(isObject(told) && { params: told }) };
}

/** The first request whose answer repeats a word of it: by that word an answer can be told from everybody else's. */
export async function findEcho(client: Client, nonce: string, readOnly: boolean): Promise<Probe | undefined> {
  const candidates: readonly ((word: string) => Probe)[] = [
    ...(readOnly ? [] : [unknownTool]),
    (word) => ({ method: 'resources/read', params: { uri: `nosuch://${word}` } }),
    (word) => ({ method: 'prompts/get', params: { name: `no_such_prompt_${word}` } }),
    (word) => ({ method: `nosuch/${word}` }),
  ];
  for (const build of candidates) {
    const { text } = await client.request(build(nonce), { timeoutMs: askMs });
    if (text.includes(nonce)) return build('${nonce}');
  }
  return undefined;
}

function unknownTool(word: string): Probe {
  return { method: 'tools/call', params: { name: `no_such_tool_${word}`, arguments: {} } };
}
