import { isList, isObject } from '../../model/json.js';
import type { Reply } from '../../model/reply.js';
import type { Probe, UpdateProbe } from '../../model/request.js';
import { messagesIn } from '../../model/message.js';
import type { Call } from '../../model/carrier.js';
import { askMs, triesOf, type Added, type Asking, type FactProbe, type Findings } from '../probe.js';
import { isServed, refusalOf, toolName, tryTool, without, withProbe } from '../refusal.js';
import { subscribes } from '../stimuli.js';
import { subscribing } from '../tools/described.js';
import { keyName } from '../tools/pairs.js';
import type { ProbeClient } from '../client.js';

/** A change that is a switch is heard of by every second call, of each of so many tools. */
const changesMax = 3;
const toolsMax = 3;

/** A tool may change any of the resources. */
const resourcesMax = 4;

/** How long an update may take after the change was answered. */
const lateMs = 300;

/** A resource that changes by itself does so at least this often, in a run that can tell. */
const everyMaxMs = 1_000;
/** So many of its changes tell how often. */
const timesByItself = 3;

/** A resource that clients can subscribe to, and a change of it that its subscriber hears of. */
export const update: FactProbe = {
  finds: ['probes.update', 'probes.subscribe'],
  answers: ['update', 'subscribe'],
  after: ['tools', 'state', 'revisions'],
  disturbs: 'other clients',
  // What is kept, the resources, the subscriptions and a stream besides.
  requestsMax: (given) => 1 + 1 + resourcesMax + 1 + triesOf(given, toolsMax) * changesMax,
  async ask(asking, findings) {
    const { candidates, described } = findings;
    if (described.update !== undefined) {
      const { change, subscribe } = described.update;
      const refusal = refusalOf(await tryTool(change, asking), change, asking);
      return refusal === undefined
        ? withProbe(findings, { subscribe, update: described.update })
        : without(findings, 'update', refusal);
    }
    if (asking.options.readOnly || !subscribes(asking.client)) return {};
    const { revision } = findings.facts;
    const client = findings.staying.find(({ negotiated }) => negotiated === revision) ?? asking.client;
    const of = { ...asking, client };
    const { words, state } = findings.facts.probes;
    const kept = (words ?? state)?.write;
    // What is kept may be a resource from then on.
    if (kept !== undefined) await tryTool(kept, of);
    const subscriptions: Subscription[] = [];
    for (const uri of await resourcesOf(client)) {
      const subscribe = subscribing(uri);
      if (isServed(await tryTool(subscribe, of))) subscriptions.push({ uri, subscribe });
    }
    const [first] = subscriptions;
    if (first === undefined) return {};
    const changes = [
      ...candidates.changes.slice(0, triesOf(asking.options, toolsMax) - 1),
      ...(kept === undefined ? [] : [kept]),
    ];
    const more = await heardOf(subscriptions, changes, of, findings);
    const { probes = findings.facts.probes, ...facts } = more.facts ?? {};
    return {
      facts: { ...facts, probes: { ...probes, subscribe: probes.update?.subscribe ?? first.subscribe } },
    };
  },
};

interface Subscription {
  readonly uri: string;
  readonly subscribe: Probe;
}

/** The ones that show what we keep, or the first. */
export async function resourcesOf(client: ProbeClient): Promise<readonly string[]> {
  const { result } = await client.request({ method: 'resources/list' }, { timeoutMs: askMs, whole: true });
  const uris = (isList(result?.['resources']) ? result['resources'] : []).flatMap((one) =>
    isObject(one) && typeof one['uri'] === 'string' ? [one['uri']] : [],
  );
  const ours = uris.filter((uri) => uri.includes(keyName));
  return (ours.length > 0 ? ours : uris).slice(0, resourcesMax);
}

/** In the session of another client, because a change may go on changing. */
async function heardOf(
  subscriptions: readonly Subscription[],
  tried: readonly Probe[],
  asking: Asking,
  findings: Findings,
): Promise<Added> {
  const stream = await asking.client.listen({ timeoutMs: askMs });
  const found =
    (await changed(subscriptions, tried, stream, asking)) ??
    (stream && (await changing(subscriptions, stream, asking)));
  stream?.abort();
  if (found !== undefined) return withProbe(findings, { update: found });
  const [first] = tried;
  return without(findings, 'update', first && `${toolName(first)} was tried and no update came`);
}

/** The first change that is heard of twice: an update that came once may have come by itself. */
async function changed(
  subscriptions: readonly Subscription[],
  tried: readonly Probe[],
  stream: Call | undefined,
  asking: Asking,
): Promise<UpdateProbe | undefined> {
  const { nonce, timeScale } = asking.options;
  for (const [rank, change] of tried.entries()) {
    const heard: Subscription[] = [];
    for (let call = 0; call < changesMax && call <= heard.length + 1; call += 1) {
      const before = stream?.snapshot();
      const told = (reply: Reply | undefined, since?: Reply) =>
        subscriptions.find((one) => updates(one, reply) > updates(one, since));
      const { reply } = await tryTool(change, asking, `${nonce}u${rank}${call}`);
      if (told(reply) === undefined)
        await stream?.waitFor((now) => told(now, before) !== undefined, lateMs * timeScale);
      const one = told(reply) ?? told(stream?.snapshot(), before);
      if (one !== undefined) heard.push(one);
      if (one !== undefined && heard.length > 1) return { subscribe: one.subscribe, change };
    }
  }
  return undefined;
}

/** A resource that changes by itself, again and again: nothing has to be called, but to wait as long as its changes are apart. */
async function changing(
  subscriptions: readonly Subscription[],
  stream: Call,
  { options: { timeScale, clock } }: Asking,
): Promise<UpdateProbe | undefined> {
  const [startedMs, before] = [clock.nowMs(), stream.snapshot()];
  const told = (times: number) => (reply: Reply) =>
    subscriptions.find((one) => updates(one, reply) >= updates(one, before) + times);
  for (let times = 1; times <= timesByItself; times += 1)
    if (!(await stream.waitFor((reply) => told(times)(reply) !== undefined, everyMaxMs * timeScale)))
      return undefined;
  const found = told(timesByItself)(stream.snapshot());
  const behindMs = Math.ceil(clock.nowMs() - startedMs);
  return found && { subscribe: found.subscribe, change: { method: 'ping', behindMs } };
}

function updates({ uri }: Subscription, reply: Reply | undefined): number {
  return messagesIn(reply).filter(
    (one) =>
      one.kind === 'notification' &&
      one.method === 'notifications/resources/updated' &&
      JSON.stringify(one.value).includes(uri),
  ).length;
}
