import {
  allCapabilities,
  asksIn,
  capabilityFor,
  responseTo,
  type ServerRequest,
} from '../../model/client-capabilities.js';
import type { Facts } from '../../model/facts.js';
import { firstTrue } from '../../model/first-true.js';
import { isToolError } from '../../model/message.js';
import type { Call } from '../../model/carrier.js';
import type { Begun, ProbeClient } from '../client.js';
import {
  askMs,
  filledProbe,
  leave,
  triesOf,
  type Added,
  type Asking,
  type FactProbe,
  type Findings,
} from '../probe.js';
import { toolName, without } from '../refusal.js';
import { recognised } from '../tools/recognised.js';
import { list, pagesMax } from './tools.js';

/** So many tools are tried, and so many requests of each are answered. */
const triedMax = 3;
const answersMax = 4;

/** A handshake, a stream, and the end of the session. */
const aroundRequests = 2 + 1 + 1;

/**
 * What the server asks a client for that declares all that it can be asked for. Other clients never meet it, and a server may list further
 * tools for this one, so it has a session of its own.
 */
export const ask: FactProbe = {
  finds: ['asks', 'probes.ask'],
  answers: ['ask', 'ask-on-get', 'answer-shown'],
  after: ['tools', 'get', 'clients'],
  disturbs: 'other clients',
  requestsMax: (given) => aroundRequests + pagesMax + triesOf(given, triedMax) * (1 + answersMax),
  async ask(asking, findings) {
    const { options, open } = asking;
    const { facts, listing } = findings;
    // Where a second client disturbs the first, the others have taught enough.
    if (options.readOnly || listing === undefined || facts.severalClients === false)
      return { facts: { asks: { methods: [] } } };
    const client = await open(facts.revision, allCapabilities);
    const found = await askedOf(client, asking, findings);
    await leave(client);
    return found;
  },
};

async function askedOf(client: ProbeClient, { options }: Asking, findings: Findings): Promise<Added> {
  const { facts, described } = findings;
  if (client.result === undefined) return { facts: { asks: { methods: [] } } };
  const listed =
    described.ask === undefined ? recognised((await list(client))?.tools ?? [], options.explore).asking : [];
  const probes = described.ask === undefined ? listed : [described.ask];
  const offered = facts.get?.offered === true && !facts.get.late;
  const stream = probes.length > 0 && offered ? await client.listen({ timeoutMs: askMs }) : undefined;
  const methods = new Set<string>();
  const known = new Set<string>();
  for (const [i, probe] of probes.slice(0, triesOf(options, triedMax)).entries()) {
    const word = `${options.nonce}q${i}`;
    const begun = await client.begin(filledProbe(probe, word), { timeoutMs: askMs });
    if (begun === undefined) break;
    const met = await answering(begun, { client, stream, word, waitMs: askMs * options.timeScale, known });
    for (const { request } of met) methods.add(request.method);
    begun.call.abort();
    const use = useOf(begun, met, word);
    if (use === undefined) continue;
    stream?.abort();
    return { facts: { probes: { ...facts.probes, ask: probe }, asks: { methods: [...methods], ...use } } };
  }
  stream?.abort();
  const says = described.ask && `${toolName(described.ask)} was tried and the server asked for nothing`;
  const absent = without(findings, ['ask', 'answer-shown'], says);
  return { facts: { ...absent.facts, asks: { methods: [...methods] } } };
}

interface Conversation {
  readonly client: ProbeClient;
  readonly stream: Call | undefined;
  readonly word: string;
  readonly waitMs: number;
  /** What was answered before. */
  readonly known: Set<string>;
}

/** Something that was asked, and where. */
interface Met {
  readonly on: 'get' | 'post';
  readonly request: ServerRequest;
}

/** Answers whatever comes on both streams, until the call is answered. */
async function answering(
  { call, answer }: Begun,
  { client, stream, word, waitMs, known }: Conversation,
): Promise<readonly Met[]> {
  const met: Met[] = [];
  const left = () =>
    [...asksOn(call, 'post'), ...asksOn(stream, 'get')].filter((one) => !known.has(placeOf(one)));
  const isOver = () => answer().result !== undefined || answer().isError;
  const isMore = () => left().length > 0 || isOver();
  for (let answered = 0; answered < answersMax; answered += 1) {
    const waits = [call, stream].flatMap((each) => each?.waitFor(isMore, waitMs) ?? []);
    const [next] = (await firstTrue(waits)) ? left() : [];
    if (next === undefined) break;
    known.add(placeOf(next));
    met.push(next);
    await client.respond(responseTo(next.request, word));
  }
  await call.waitFor(isOver, waitMs);
  return met;
}

/** The same id may be asked under on another stream. */
function placeOf({ on, request }: Met): string {
  return `${on} ${JSON.stringify(request.rpcId)}`;
}

function asksOn(call: Call | undefined, on: Met['on']): readonly Met[] {
  return asksIn(call?.snapshot()).map((request) => ({ on, request }));
}

/** One step of a check answers one request, so a tool that asks twice is left alone. */
function useOf(
  { answer }: Begun,
  met: readonly Met[],
  word: string,
): Omit<NonNullable<Facts['asks']>, 'methods'> | undefined {
  const [asked, ...more] = met.filter(({ request }) => isCaused(request.method));
  const { result } = answer();
  if (asked === undefined || more.length > 0 || result === undefined || isToolError(result)) return undefined;
  return { on: asked.on, ...(JSON.stringify(result).includes(word) && { shown: true as const }) };
}

/** Which roots there are is asked whenever a server likes. */
function isCaused(method: string): boolean {
  const capability = capabilityFor(method);
  return capability !== undefined && capability !== 'roots';
}
