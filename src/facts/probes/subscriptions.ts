import type { Call } from '../../model/carrier.js';
import type { Probe } from '../../model/request.js';
import { messagesIn } from '../../model/message.js';
import { isStream, type Reply } from '../../model/reply.js';
import { modernRevision } from '../../model/revision.js';
import { askMs, triesOf, type Added, type Asking, type FactProbe, type Findings } from '../probe.js';
import { distinct, tryTool, withProbe } from '../refusal.js';
import { resourcesOf } from './update.js';

/** So many tools are called to see whether something changes. */
const triedMax = 4;
/** How long a change may take after the call that caused it was answered. */
const lateMs = 300;
/** The stream is closed long before. */
const openMs = 60_000;

/** Whether a client without a session can subscribe to changes, and what makes one. */
export const subscriptions: FactProbe = {
  finds: ['serves', 'probes.change'],
  answers: ['subscriptions', 'changes'],
  after: ['tools', 'methods'],
  sessionless: true,
  disturbs: 'own session',
  requestsMax: (given) => 1 + 1 + triesOf(given, triedMax),
  async ask(asking, findings) {
    if (findings.facts.revision !== modernRevision) return {};
    const stream = await subscribed(asking);
    if (stream === undefined) return {};
    const change = await changing(stream, asking, findings);
    stream.abort();
    const serves = [...(findings.facts.serves ?? []), 'subscriptions' as const];
    const found: Added = change === undefined ? {} : withProbe(findings, { change });
    return { facts: { ...found.facts, serves } };
  },
};

/** A subscription to all that there is, once the server has said something on it. */
async function subscribed({ client, options }: Asking): Promise<Call | undefined> {
  const uris = await resourcesOf(client);
  const notifications = {
    toolsListChanged: true,
    promptsListChanged: true,
    resourcesListChanged: true,
    ...(uris.length > 0 && { resourceSubscriptions: uris }),
  };
  const probe = { method: 'subscriptions/listen', params: { notifications } };
  const begun = await client.begin(probe, { timeoutMs: openMs });
  if (begun === undefined) return undefined;
  const { call } = begun;
  await call.waitFor(isSettled, askMs * options.timeScale);
  if (isStream(call.snapshot())) return call;
  call.abort();
  return undefined;
}

/** What has no such method answers at once, and no stream. */
function isSettled(reply: Reply): boolean {
  return reply.kind === 'response' && (messagesIn(reply).length > 0 || !isStream(reply));
}

/** The first call behind which a change came, one of a list if there is one. */
async function changing(
  stream: Call,
  asking: Asking,
  { candidates, described }: Findings,
): Promise<Probe | undefined> {
  const { options } = asking;
  if (options.readOnly) return undefined;
  const given = [described.update?.change, described.notify].flatMap((probe) => probe ?? []);
  const tried = distinct([...given, ...candidates.notify, ...candidates.changes]).slice(
    0,
    triesOf(options, triedMax),
  );
  let found: Probe | undefined;
  for (const probe of tried) {
    const before = changesOn(stream);
    await tryTool(probe, asking);
    const isMore = () => changesOn(stream).length > before.length;
    if (!isMore()) await stream.waitFor(isMore, lateMs * options.timeScale);
    if (!isMore()) continue;
    if (changesOn(stream).some((method) => method.endsWith('list_changed'))) return probe;
    found ??= probe;
  }
  return found;
}

function changesOn(stream: Call): readonly string[] {
  return messagesIn(stream.snapshot()).flatMap((message) =>
    message.kind === 'notification' && /\/(list_changed|updated)$/.test(message.method)
      ? [message.method]
      : [],
  );
}
