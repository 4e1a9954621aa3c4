import type { DescribedTools, Facts, Json, Need } from '../model/facts.js';
import type { Header } from '../model/http.js';
import { isStream, isSuccess, statusOf, type Reply } from '../model/reply.js';
import { isObject, type JsonObject } from '../model/json.js';
import { isRevision, revisions, type Revision } from '../model/revision.js';
import type { Carrier, Turn } from '../model/carrier.js';
import { openClient, type Answer, type Client } from './client.js';
import { explore } from './explore.js';
import { probeGet, hasEventIds } from './probe-get.js';
import { needsMetBy } from './needs-met.js';
import { isStillHeard, unsubscribing } from './notices.js';
import { askMs, askWithoutId, findEcho, firstServed, type Served } from './probing.js';
import { isSlow } from './slow.js';
import { probesOf, readTools, recognised, unlisted, type ToolProbes } from './tools.js';
import { whyUnresponsive, whyUnusable } from './unusable.js';

export type Discovery =
  | { readonly kind: 'found'; readonly facts: readonly Facts[] }
  | { readonly kind: 'unusable'; readonly sentence: string };

export interface DiscoverOptions {
  readonly carrier: Carrier;
  /** To another node of the target, if one was given. */
  readonly other?: Carrier | undefined;
  readonly url: URL;
  readonly revision: Revision | 'auto' | 'all';
  readonly timeScale: number;
  readonly initialize: (revision: string) => Json;
  readonly turn: Turn;
  readonly headers: readonly Header[];
  /** Needs that are met by what the run was configured, not by the target. */
  readonly configured: readonly Need[];
  readonly burst: number;
  /** Tools that need not be recognised. */
  readonly described: DescribedTools;
  /** Also calls tools that need no argument, to recognise more. */
  readonly explore: boolean;
  /** Calls no tool at all. */
  readonly readOnly: boolean;
  readonly paced: boolean;
  /** A word that no server uses by itself. */
  readonly nonce: string;
}

/** Finds out whether the target can be examined and what it offers, for each revision that is asked for and negotiated. */
export async function discover(options: DiscoverOptions): Promise<Discovery> {
  const open = (revision: Revision) =>
    openClient(revision, options.initialize(revision), {
      carrier: options.carrier,
      timeoutMs: firstAnswerMs,
      timeScale: options.timeScale,
      turn: options.turn,
      headers: options.headers,
    });
  const asked = options.revision === 'auto' || options.revision === 'all' ? revisions[0] : options.revision;
  const first = await open(asked);
  const preferred = first.negotiated;
  if (
    preferred === undefined ||
    !isRevision(preferred) ||
    (options.revision === asked && preferred !== asked)
  ) {
    await leave(first);
    return { kind: 'unusable', sentence: whyNot(options, preferred, first) };
  }
  const plain = await firstServed(first);
  if (plain === undefined) {
    await leave(first);
    return { kind: 'unusable', sentence: whyUnresponsive(options.url) };
  }
  const listed = await list(first);
  const absent = options.readOnly ? undefined : unlisted(options.described, listed);
  if (absent !== undefined) {
    await leave(first);
    return { kind: 'unusable', sentence: absent };
  }
  const explored = options.explore ? await explore(first, readTools(listed), known(listed, options)) : {};
  const facts = [await examine(preferred, { client: first, plain, listed, explored }, open, options)];
  if (options.revision === 'all') {
    for (const revision of facts[0]?.negotiates.filter((one) => one !== preferred) ?? []) {
      const client = await open(revision);
      const served = (await firstServed(client)) ?? plain;
      const begun = { client, plain: served, listed: await list(client), explored };
      facts.push(await examine(revision, begun, open, options));
    }
  }
  return { kind: 'found', facts };
}

/** A client in its session, with what it was answered first. */
interface Begun {
  readonly client: Client;
  readonly plain: Served;
  /** What tools/list was answered with. */
  readonly listed: JsonObject | undefined;
  readonly explored: ToolProbes;
}

/** The probes for which no tool has to be tried. */
function known(listed: JsonObject | undefined, { described, readOnly }: DiscoverOptions): ToolProbes {
  return readOnly ? {} : { ...recognised(readTools(listed)), ...probesOf(described) };
}

async function list(client: Client): Promise<JsonObject | undefined> {
  return (await client.request({ method: 'tools/list' }, { timeoutMs: askMs })).result;
}

/** Time for the first answer: with the attempts that follow it, a target that hangs is given up well within 15 s. */
const firstAnswerMs = 5_000;

function whyNot({ url, revision }: DiscoverOptions, preferred: string | undefined, first: Client): string {
  if (preferred === undefined) return whyUnusable(url, first.opening);
  if (isRevision(preferred))
    return `the target negotiates ${preferred} when asked for ${revision}; choose another --revision`;
  return `the target negotiates ${preferred}, which has no sessions on Streamable HTTP: nothing to examine`;
}

async function leave(client: Client): Promise<Reply | undefined> {
  const reply = client.session === undefined ? undefined : await client.delete({ timeoutMs: 1_000 });
  await client.close();
  return reply;
}

/**
 * Asks in an order that keeps a fragile target usable: what a single client may do, then a second client beside the first, then
 * the request without an id, which some targets answer by forgetting everybody.
 */
async function examine(
  revision: Revision,
  { client, plain, listed, explored }: Begun,
  open: (revision: Revision) => Promise<Client>,
  options: DiscoverOptions,
): Promise<Facts> {
  // One after the other: some targets know a session on one connection only, and some send responses on whatever stream is open.
  const { carrier, other, nonce, configured, burst, readOnly, paced } = options;
  const echo = await findEcho(client, nonce, readOnly);
  const { slow, ...found } = { ...explored, ...known(listed, options) };
  const notify = found.notify ?? unsubscribing(client);
  const { get, notices, stream } = await probeGet(client, notify, options);
  const came = notices?.came ?? 'nowhere';
  const isProven = slow && (await isSlow(client, readTools(listed), options.described, nonce));
  const tools = { ...found, ...(isProven && { slow }), ...(notify && came !== 'nowhere' && { notify }) };
  const others: Client[] = [];
  for (const each of revisions) others.push(await open(each));
  const hears = !stream || !notify || (await isStillHeard(client, notify, stream, options));
  stream?.abort();
  const batching = others.find((each) => each.negotiated === '2025-03-26');
  const batched = await batching?.request({ method: 'ping' }, { batch: true, timeoutMs: askMs });
  const beside = [await client.request(plain.probe, { timeoutMs: olderSessionMs })];
  const [leaving, ...staying] = others;
  const left = leaving && (await leave(leaving));
  for (const one of [client, ...staying])
    beside.push(await one.request(plain.probe, { timeoutMs: olderSessionMs }));
  await Promise.all(staying.map(leave));
  const affinity = await askApart(client, plain, carrier);
  const shared =
    other === undefined
      ? []
      : [await client.request(plain.probe, { over: other, timeoutMs: olderSessionMs })];
  const { probe, ...withoutId } = await askWithoutId(client, plain.probe, listed);
  const deleted = await client.delete({ timeoutMs: askMs });
  const latencyMs = Math.round(Math.max(client.slowestMs(), ...others.map((each) => each.slowestMs())));
  await client.close();
  const facts = {
    revision,
    negotiates: revisions.filter(
      (one, index) => one === revision || (others[index] ?? client).negotiated === one,
    ),
    server: serverOf(client),
    capabilities: isObject(client.result?.['capabilities']) ? Object.keys(client.result['capabilities']) : [],
    tools: readTools(listed).map(({ name }) => name),
    replies:
      plain.reply.kind === 'response' && plain.reply.content.kind === 'stream'
        ? ('sse' as const)
        : ('json' as const),
    latencyMs,
    burst,
    affinity,
    sharesSessions: shared.some(({ result }) => result !== undefined),
    ...(readOnly && { readOnly: true as const }),
    ...(paced && { paced: true as const }),
    issuesIds: client.session !== undefined,
    severalClients:
      hears &&
      beside.every(({ result }) => result !== undefined) &&
      others.every(({ result }) => result !== undefined),
    batches: batched !== undefined && !isRefusal(batched),
    eventIds: notices?.withIds === true || [plain.reply, get].some(hasEventIds),
    replyIds: hasEventIds(plain.reply),
    notices: came,
    get: {
      offered: isStream(get) && statusOf(get) === 200,
      seen: brief(get),
    },
    delete: {
      // The first that left counts as well: where its DELETE ended more than its own session, the last one is refused.
      offered: client.session !== undefined && [left, deleted].some(isSuccess),
      seen: brief(deleted),
    },
    withoutId: { refused: withoutId.refused, seen: briefRefusal(withoutId) },
    probes: { plain: probe, ...(echo && { echo }), ...tools },
  } satisfies Omit<Facts, 'needsMet'>;
  return { ...facts, needsMet: needsMetBy(facts, configured) };
}

/** An older session that is served at all answers at once. */
const olderSessionMs = 1_000;

/** Enough for two or three nodes that take turns. */
export const apartTimes = 4;

/** The same question on connections of its own: nodes behind one address that share no sessions serve only some of them. */
async function askApart(client: Client, { probe }: Served, carrier: Carrier): Promise<Facts['affinity']> {
  let served = 0;
  for (let i = 0; i < apartTimes; i += 1) {
    const { result } = await client.request(probe, { over: carrier, timeoutMs: olderSessionMs });
    served += Number(result !== undefined);
  }
  return { served, asked: apartTimes };
}

/** Silence refuses nothing: where clients share a server, what answers one may have gone to another. */
function isRefusal({ reply, isError }: Answer): boolean {
  return (statusOf(reply) ?? 0) >= 400 || isError;
}

function serverOf({ result }: Client): Facts['server'] {
  const info = isObject(result?.['serverInfo']) ? result['serverInfo'] : {};
  return { name: asText(info['name']), version: asText(info['version']) };
}

function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value.slice(0, 200) : '';
}

function briefRefusal({ reply, refused }: { readonly reply: Reply; readonly refused: boolean }): string {
  return `${brief(reply)}${refused && isSuccess(reply) ? ' without a result' : ''}`;
}

function brief(reply: Reply): string {
  if (reply.kind === 'response') return `${statusOf(reply) ?? 'answered'}${isStream(reply) ? ' stream' : ''}`;
  return reply.kind === 'timeout' ? 'no answer' : reply.kind;
}
