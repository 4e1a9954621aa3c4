import { isList, isObject } from '../../model/json.js';
import type { Reply } from '../../model/reply.js';
import type { Probe } from '../../model/request.js';
import { toldIn } from '../messages.js';
import { askMs, triesOf, type Added, type Asking, type FactProbe, type Findings } from '../probe.js';
import { isServed, refusalOf, toolName, tryTool, without, withProbe } from '../refusal.js';
import { subscribes } from '../stimuli.js';
import { subscribing } from '../tools/described.js';
import { keyName } from '../tools/pairs.js';
import type { ProbeClient } from '../client.js';

/** A change that is a switch may have to be asked for twice, of each of so many tools. */
const changesMax = 2;
const toolsMax = 3;

/** A tool may change any of the resources. */
const resourcesMax = 4;

/** How long an update may take after the change was answered. */
const lateMs = 300;

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
    const more = changes.length === 0 ? {} : await heardOf(subscriptions, changes, of, findings);
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
  const { client, options } = asking;
  const stream = await client.listen({ timeoutMs: askMs });
  const toldOf = (reply: Reply | undefined) =>
    subscriptions.find(
      ({ uri }) => toldIn(reply, uri).kinds.includes('update') && toldIn(reply, uri).repeats,
    );
  const isTold = (reply: Reply) => toldOf(reply) !== undefined;
  const changes = tried.flatMap((one) => Array.from({ length: changesMax }, () => one));
  for (const change of changes) {
    const { reply } = await tryTool(change, asking);
    if (!isTold(reply)) await stream?.waitFor(isTold, lateMs * options.timeScale);
    const told = toldOf(reply) ?? toldOf(stream?.snapshot());
    if (told === undefined) continue;
    stream?.abort();
    return withProbe(findings, { update: { subscribe: told.subscribe, change } });
  }
  stream?.abort();
  const [first] = tried;
  return without(findings, 'update', first && `${toolName(first)} was tried and no update came`);
}
