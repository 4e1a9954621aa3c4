import { type FactName, type Facts, type Json, type Need, needNames } from '../model/facts.js';
import { isObject } from '../model/json.js';
import { isMislabelled } from '../model/form.js';
import { statusOf, type Reply } from '../model/reply.js';
import { isRevision, revisions, type Revision } from '../model/revision.js';
import { createSecrets, secretsAt } from '../model/secrets.js';
import { openClient, type ProbeClient } from './client.js';
import { leave, type Asking, type DiscoverOptions, type Findings, type Added } from './probe.js';
import { leftOut } from './tools/left-out.js';
import { nothing } from './tools/recognised.js';
import { whyUnusable } from './unusable.js';
import { probesInOrder, factsWanted } from './wanted.js';
import { roomWhile } from './room.js';

export type Discovery =
  | { readonly kind: 'found'; readonly facts: readonly Facts[] }
  | { readonly kind: 'unusable'; readonly sentence: string };

/** Finds out whether the target can be examined and what it offers, for each revision that is asked for and negotiated. */
export async function discover(options: DiscoverOptions): Promise<Discovery> {
  const { carrier, timeScale, turn, clock, headers, initialize, issued } = options;
  const called = new Set<Json | undefined>();
  const { room, saw } = roomWhile();
  const open = async (revision: Revision) => {
    const client = await openClient(revision, initialize(revision), {
      carrier,
      timeoutMs: firstAnswerMs,
      timeScale,
      turn,
      clock,
      called,
      headers,
      issued,
      room,
    });
    saw(client.opening);
    return client;
  };
  const wished = options.revision === 'auto' || options.revision === 'all' ? revisions[0] : options.revision;
  const client = await opened(() => open(wished), options);
  // The checks show what is wrong with an answer that is there and cannot be read.
  const negotiated = client.negotiated ?? (isMislabelled(client.opening) ? wished : undefined);
  if (negotiated === undefined || !isRevision(negotiated) || isAnother(options.revision, negotiated)) {
    await leave(client);
    return { kind: 'unusable', sentence: whyNot(options, negotiated, client) };
  }
  const asked = factsWanted({ ...options, over: options.address.kind });
  const first = await askAll(negotiated, { client, open, options, asked, called });
  if (first.unusable !== undefined) return { kind: 'unusable', sentence: first.unusable };
  const examined = [first];
  const others = options.revision === 'all' ? (first.facts.negotiates ?? []) : [];
  for (const revision of others.filter((one) => one !== negotiated)) {
    const asking = { client: await open(revision), open, options, asked, called, earlier: first };
    examined.push(await askAll(revision, asking));
  }
  return { kind: 'found', facts: examined.map((one) => complete(one, asked, options.configured)) };
}

/** Time for the first answer: with the attempts that follow it, a target that hangs is given up within 15 s. */
const firstAnswerMs = 8_000;

/** Between two attempts at a target that is starting. */
const pausesMs = [250, 500, 1_000] as const;

/** A target that was just started may take connections before it answers them, so it is asked again while it may still be starting. */
async function opened(
  open: () => Promise<ProbeClient>,
  { startingMs, wait }: DiscoverOptions,
): Promise<ProbeClient> {
  const until = performance.now() + startingMs;
  for (let attempt = 0; ; attempt += 1) {
    const client = await open();
    const pauseMs = pausesMs[Math.min(attempt, pausesMs.length - 1)] ?? 0;
    if (!isStarting(client.opening) || performance.now() + pauseMs > until) return client;
    await leave(client);
    if (!(await wait(pauseMs))) return client;
  }
}

function isStarting(opening: Reply): boolean {
  const status = statusOf(opening) ?? 200;
  return opening.kind === 'timeout' || opening.kind === 'dropped' || status === 404 || status >= 500;
}

function isAnother(wished: DiscoverOptions['revision'], negotiated: Revision): boolean {
  return wished !== 'auto' && wished !== 'all' && wished !== negotiated;
}

function whyNot(
  { address, revision, headers }: DiscoverOptions,
  negotiated: string | undefined,
  first: ProbeClient,
): string {
  if (negotiated === undefined)
    return createSecrets(secretsAt(headers, address)).hide(
      whyUnusable(address, first.opening, first.ended()),
    );
  if (isRevision(negotiated))
    return `the target negotiates ${negotiated} when asked for ${revision}; choose another --revision`;
  return `the target negotiates ${negotiated}, which has no sessions on Streamable HTTP: nothing to examine`;
}

/** Asks what is wanted, in the order of the table, and leaves nothing behind. */
async function askAll(revision: Revision, asking: Asking): Promise<Findings> {
  const { client, asked } = asking;
  let findings = begun(client, revision, asking.options);
  for (const [name, probe] of probesInOrder) {
    if (!asked.has(name) || findings.unusable !== undefined) continue;
    findings = withMore(findings, await probe.ask(asking, findings));
  }
  findings.stream?.abort();
  await Promise.all(findings.staying.map(leave));
  await (findings.unusable === undefined ? client.close() : leave(client));
  const answeredMs = [client, ...findings.others].flatMap((each) => each.answeredMs);
  return {
    ...findings,
    facts: {
      ...findings.facts,
      ...shunned(findings, asking),
      latencyMs: Math.round(upperQuartile(answeredMs)),
    },
  };
}

/** A single slow answer, our own first one for example, makes no slow target. */
function upperQuartile(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor((times.length * 3) / 4)] ?? 0;
}

/** The tools that were not called. At later revisions most were called before. */
function shunned({ listing }: Findings, { called, options, earlier }: Asking): Pick<Facts, 'leftOut'> {
  if (listing === undefined || options.readOnly || earlier !== undefined) return {};
  const reasons = leftOut(listing.tools, called, options.explore);
  return Object.keys(reasons).length > 0 ? { leftOut: reasons } : {};
}

function withMore(findings: Findings, found: Added): Findings {
  return { ...findings, ...found, facts: { ...findings.facts, ...found.facts } };
}

/** What the handshake tells. */
function begun({ session, result }: ProbeClient, revision: Revision, options: DiscoverOptions): Findings {
  const { burst, readOnly, paced } = options;
  const info = isObject(result?.['serverInfo']) ? result['serverInfo'] : {};
  const facts: Findings['facts'] = {
    revision,
    server: { name: asText(info['name'], options), version: asText(info['version'], options) },
    capabilities: isObject(result?.['capabilities']) ? Object.keys(result['capabilities']) : [],
    ...(options.address.kind === 'stdio' && { carrier: 'stdio' }),
    issuesIds: session !== undefined,
    latencyMs: 0,
    burst,
    ...(readOnly && { readOnly }),
    ...(paced && { paced }),
    replies: 'json',
    replyIds: false,
    delete: { offered: false, seen: '' },
    probes: { plain: { method: 'ping' } },
  };
  return {
    facts,
    candidates: nothing,
    described: {},
    trials: [],
    tooSlow: [],
    withAnswers: [],
    others: [],
    staying: [],
  };
}

/** What is cut off may be the end of a secret, or of a session id, so those are hidden first. */
function asText(
  value: Json | undefined,
  { headers, address, hideIds = (text) => text }: DiscoverOptions,
): string {
  if (typeof value !== 'string') return '';
  return hideIds(createSecrets(secretsAt(headers, address)).hide(value)).slice(0, 200);
}

function complete({ facts }: Findings, asked: ReadonlySet<FactName>, configured: readonly Need[]): Facts {
  const notAsked = probesInOrder.flatMap(([name]) => (asked.has(name) ? [] : [name]));
  return {
    ...facts,
    ...(notAsked.length > 0 && { notAsked }),
    needsMet: needsMetBy(facts, configured),
  };
}

/** Which needs of checks are met, by what was found and by what the run was configured. */
function needsMetBy(facts: Omit<Facts, 'needsMet'>, configured: readonly Need[]): readonly Need[] {
  const serves = (need: Need) => facts.serves?.includes(need) === true;
  const isHeard = facts.probes.notify !== undefined;
  const tests: Readonly<Record<Need, boolean>> = {
    sessions: facts.issuesIds,
    'no-sessions': !facts.issuesIds,
    'id-required': facts.issuesIds && facts.withoutId?.refused === true,
    ping: serves('ping'),
    tools: serves('tools'),
    resources: serves('resources'),
    prompts: serves('prompts'),
    delete: facts.delete.offered,
    get: facts.get?.offered === true,
    echo: facts.probes.echo !== undefined,
    state: facts.probes.state !== undefined,
    words: facts.probes.words !== undefined,
    identity: facts.probes.identity !== undefined,
    slow: facts.probes.slow !== undefined,
    notify: isHeard && facts.messages?.repeats === true,
    push: facts.probes.push !== undefined,
    wordless: facts.probes.wordless !== undefined,
    'reply-notices': facts.notices === 'post' || facts.notices === 'both',
    'log-notices': facts.probes.log !== undefined,
    subscribe: facts.probes.subscribe !== undefined,
    update: facts.probes.update !== undefined,
    logging: facts.capabilities.includes('logging'),
    'event-ids': facts.eventIds === true,
    'reply-streams': facts.probes.streamed !== undefined,
    'reply-ids': facts.replyIds,
    'two-principals': configured.includes('two-principals'),
    'idle-timeout': configured.includes('idle-timeout'),
    replicas: configured.includes('replicas'),
    'shared-sessions': facts.sharesSessions === true,
    operator: configured.includes('operator'),
    batch: facts.batches === true,
    'two-revisions': facts.negotiates !== undefined && facts.negotiates.length > 1,
    handles: facts.probes.handle !== undefined,
    'handle-state': facts.probes.handle?.write !== undefined,
    'handle-end': facts.probes.handle?.end !== undefined,
    tasks: facts.probes.task !== undefined,
    'task-list': facts.probes.task !== undefined && serves('task-list'),
    'no-credentials': configured.includes('no-credentials'),
    'task-cancel': facts.probes.task?.end !== undefined,
  };
  return needNames.filter((need) => tests[need]);
}
