import type { Json, Probe } from '../../model/request.js';
import { isList, isObject, type JsonObject } from '../../model/json.js';
import { eventsOf, isStream, statusOf, type Reply } from '../../model/reply.js';
import type { ProbeClient } from '../client.js';
import { messagesIn, unread } from '../../model/message.js';
import { discoverMethod } from '../../model/modern.js';
import { eraOf, type Era } from '../../model/revision.js';
import { formOf, isMislabelled } from '../../model/form.js';
import { askMs, type FactProbe, type Served } from '../probe.js';
import { whyUnresponsive } from '../unusable.js';

const lists = ['tools/list', 'prompts/list', 'resources/list'].map((method): Probe => ({ method }));

/** What any client may ask, and what stands for it where all is refused. Clients without sessions have no ping. */
const plainest: Readonly<Record<Era, { readonly asks: readonly Probe[]; readonly refused: Probe }>> = {
  legacy: { asks: [{ method: 'ping' }, ...lists], refused: { method: 'ping' } },
  modern: { asks: [...lists, { method: discoverMethod }], refused: { method: discoverMethod } },
};

/** A request that any client may send, which the target serves. */
export const plain: FactProbe = {
  finds: ['replies', 'replyIds', 'latencyMs', 'probes.plain'],
  answers: ['every run'],
  after: [],
  sessionless: true,
  disturbs: 'nothing',
  requestsMax: () => plainest.legacy.asks.length,
  async ask({ client, options, earlier }, { facts }) {
    const first = await firstServed(client, eraOf(facts.revision));
    const served = 'probe' in first ? first : earlier?.served;
    if (served === undefined)
      return { unusable: whyUnresponsive(options.address, 'why' in first ? first.why : undefined) };
    const { probe, reply } = served;
    const streamed = isStream(reply);
    return {
      served,
      facts: {
        replies: streamed ? 'sse' : 'json',
        replyIds: hasEventIds(reply),
        probes: { ...facts.probes, plain: probe },
      },
    };
  },
};

/** It does nothing of it; `why` is there where its answers cannot be read. */
interface Unserved {
  readonly why?: ReturnType<typeof unread>;
}

/**
 * The first harmless method that the target serves; `ping` where it refuses them all, or answers what nobody can read. Where it does nothing
 * of it every check would wait in vain, and nothing could be said in the end.
 */
async function firstServed(client: ProbeClient, era: Era): Promise<Served | Unserved> {
  const { asks, refused: last } = plainest[era];
  let why: ReturnType<typeof unread>;
  let refused = false;
  let silent = 0;
  for (const probe of asks) {
    if (silent === silencesMax) break;
    const { reply, result, isError } = await client.request(probe, { timeoutMs: askMs, whole: true });
    silent += Number(reply.kind === 'timeout');
    // A server that answers everything by the same InitializeResult has not understood the request.
    if (result !== undefined && !('protocolVersion' in result)) return { probe, reply, isResult: true };
    why ??= unread(reply);
    refused ||=
      reply.kind === 'response' && ((statusOf(reply) ?? 200) !== 200 || isError || isNoMessage(reply));
  }
  return refused ? { probe: last, reply: client.opening, isResult: false } : { why };
}

/** Something came at once, it was read to its end, and no client can take it for an answer. */
function isNoMessage(reply: Reply): boolean {
  const isBody =
    reply.kind === 'response' && reply.content.kind === 'body' && reply.content.end === 'complete';
  if (isMislabelled(reply)) return true;
  if (!isBody || unread(reply) !== undefined) return false;
  return formOf(reply) !== 'nothing' && messagesIn(reply).every(({ kind }) => kind === 'other');
}

/** After so many, more would tell nothing else. */
const silencesMax = 2;

export function hasEventIds(reply: Reply): boolean {
  return eventsOf(reply).some(({ id }) => id !== undefined);
}

/** A request whose answer repeats a word of it, which distinguishes it from the answers to other clients. */
export const echo: FactProbe = {
  finds: ['probes.echo'],
  answers: ['echo'],
  after: [],
  sessionless: true,
  disturbs: 'nothing',
  requestsMax: () => echoCandidates.length + 2 * listed.length,
  async ask(asking, { facts: { probes } }) {
    const { client, options } = asking;
    const { nonce, readOnly } = options;
    const repeats = async (build: Build) => {
      const { text } = await client.request(build(nonce), { timeoutMs: askMs });
      return text.includes(nonce);
    };
    for (const build of echoCandidates) {
      if (readOnly && build === unknownTool) continue;
      if (await repeats(build)) return { facts: { probes: { ...probes, echo: build('${nonce}') } } };
    }
    // Servers that say nothing of what they do not know may repeat what is put into a prompt or an address.
    for (const { method, field, builds } of listed) {
      const { result } = await client.request({ method }, { timeoutMs: askMs, whole: true });
      const items = isList(result?.[field]) ? result[field] : [];
      const [build] = items.flatMap((item) => (isObject(item) ? (builds(item) ?? []) : []));
      if (build !== undefined && (await repeats(build)))
        return { facts: { probes: { ...probes, echo: build('${nonce}') } } };
    }
    return {};
  },
};

type Build = (word: string) => Probe;

/** What is listed and takes a word. */
const listed: readonly {
  readonly method: string;
  readonly field: string;
  readonly builds: (item: JsonObject) => Build | undefined;
}[] = [
  {
    method: 'prompts/list',
    field: 'prompts',
    builds({ name, arguments: takes }) {
      const names = isList(takes) ? takes.flatMap(namesIn) : [];
      if (typeof name !== 'string' || names.length === 0) return undefined;
      const args = (word: string) => Object.fromEntries(names.map((one) => [one, word]));
      return (word) => ({ method: 'prompts/get', params: { name, arguments: args(word) } });
    },
  },
  {
    method: 'resources/templates/list',
    field: 'resourceTemplates',
    builds({ uriTemplate }) {
      if (typeof uriTemplate !== 'string' || !/\{\w+\}/.test(uriTemplate)) return undefined;
      return (word) => ({
        method: 'resources/read',
        params: { uri: uriTemplate.replaceAll(/\{\w+\}/g, () => word) },
      });
    },
  },
];

function namesIn(argument: Json): readonly string[] {
  return isObject(argument) && typeof argument['name'] === 'string' ? [argument['name']] : [];
}

function unknownTool(word: string): Probe {
  return { method: 'tools/call', params: { name: `no_such_tool_${word}`, arguments: {} } };
}

const echoCandidates: readonly Build[] = [
  unknownTool,
  (word) => ({ method: 'resources/read', params: { uri: `nosuch://${word}` } }),
  (word) => ({ method: 'prompts/get', params: { name: `no_such_prompt_${word}` } }),
  (word) => ({ method: `nosuch/${word}` }),
];
