import type { Eras, Facts } from '../model/facts.js';
import type { FactName } from '../model/fact-name.js';
import type { Json } from '../model/request.js';
import type { Need } from '../model/need.js';
import { messagesIn } from '../model/message.js';
import { isMislabelled } from '../model/form.js';
import { isBusy, isStream, statusOf, type Reply } from '../model/reply.js';
import {
  eraOf,
  isRevision,
  isSessionRevision,
  modernRevision,
  sessionRevisions,
  type Revision,
  type SessionRevision,
} from '../model/revision.js';
import { createSecrets, secretsAt } from '../model/secrets.js';
import { begun } from './begun.js';
import { openClient, type ProbeClient } from './client.js';
import { withDataSession } from './data-session.js';
import { askMs, leave, type Asking, type DiscoverOptions, type Findings, type Added } from './probe.js';
import { leftOut } from './tools/left-out.js';
import { erasOf } from './probes/eras.js';
import { whyUnusable } from './unusable.js';
import { probesInOrder, probesOf, factsWanted } from './wanted.js';
import type { MirroredArgument } from '../model/mirrored.js';
import { needsMetBy } from './needs-met.js';
import { roomWhile } from './room.js';

export type Discovery =
  | { readonly kind: 'found'; readonly facts: readonly Facts[] }
  | { readonly kind: 'unusable'; readonly sentence: string };

/** Finds out whether the target can be examined and what it offers, for each revision that is asked for and negotiated. */
export async function discover(options: DiscoverOptions): Promise<Discovery> {
  const { carrier, timeScale, turn, clock, headers, initialize, issued } = options;
  const called = new Set<Json | undefined>();
  const mirrored = new Map<string, readonly MirroredArgument[]>();
  const { room, saw } = roomWhile();
  const open: Asking['open'] = async (revision, declares) => {
    const client = await openClient(revision, initialize(revision, declares), {
      carrier,
      // Nothing hangs on it where initialize was answered.
      timeoutMs: revision === modernRevision && options.revision !== modernRevision ? askMs : firstAnswerMs,
      timeScale,
      turn,
      clock,
      called,
      mirrored,
      headers,
      issued,
      room,
    });
    saw(client.opening);
    return withDataSession(client);
  };
  if (options.revision === modernRevision)
    return withoutSessions({
      client: await opened(() => openModern(open), options),
      open,
      options,
      called,
    });
  const wished =
    options.revision === 'auto' || options.revision === 'all' ? sessionRevisions[0] : options.revision;
  const client = await opened(() => open(wished), options);
  // The checks show what is wrong with an answer that is there and cannot be read.
  const negotiated = client.negotiated ?? (isMislabelled(client.opening) ? wished : undefined);
  if (negotiated === undefined || !isSessionRevision(negotiated) || isAnother(options.revision, negotiated)) {
    await leave(client);
    if (negotiated === undefined && mayBeModern(client.opening) && isMeant(options.revision)) {
      const modern = await openModern(open);
      if (modern.negotiated !== undefined)
        return withoutSessions({ client: modern, open, options, called, eras: erasOf(modern, client) });
      await leave(modern);
    }
    return { kind: 'unusable', sentence: whyNot(options, negotiated, client) };
  }
  const over = options.address.kind;
  const asked = factsWanted({ ...options, over }, 'legacy');
  const first = await askAll(negotiated, { client, open, options, asked, called });
  if (first.unusable !== undefined) return { kind: 'unusable', sentence: first.unusable };
  const examined = [complete(first, asked, options.configured)];
  const others = options.revision === 'all' ? (first.facts.negotiates ?? []) : [];
  for (const revision of others.filter((one) => one !== negotiated)) {
    const asking = { client: await open(revision), open, options, asked, called, earlier: first };
    examined.push(complete(await askAll(revision, asking), asked, options.configured));
  }
  const { modern } = first;
  if (modern?.negotiated !== undefined && isMeant(options.revision)) {
    const found = await withoutSessions({ client: modern, open, options, called, earlier: first });
    if (found.kind === 'found') examined.push(...found.facts);
  } else if (modern !== undefined) await leave(modern);
  return { kind: 'found', facts: examined };
}

/** What is not of one revision alone is asked of both eras. */
function isMeant(revision: DiscoverOptions['revision']): boolean {
  return revision === 'auto' || revision === 'all';
}

/** A server that refuses initialize may serve clients without sessions; one that asks for credentials, or has too much to do, refuses both. */
function mayBeModern(opening: Reply): boolean {
  const status = statusOf(opening);
  if (opening.kind !== 'response') return false;
  // Over stdio all that comes is a stream, and whatever is a message may refuse.
  if (status === undefined) return messagesIn(opening).some(({ kind }) => kind === 'response');
  if (isStream(opening) || isBusy(opening)) return false;
  return status !== 401 && status !== 403 && !(status >= 300 && status < 400);
}

/** A server need not know server/discover to serve a client without sessions: only results of that revision say of which type they are. */
async function openModern(open: Asking['open']): Promise<ProbeClient> {
  const client = await open(modernRevision);
  if (client.negotiated !== undefined || client.opening.kind !== 'response') return client;
  const { result } = await client.request({ method: 'tools/list' }, { timeoutMs: askMs, whole: true });
  const isServed = typeof result?.['resultType'] === 'string';
  return isServed ? { ...client, negotiated: modernRevision } : client;
}

/** What the target offers to clients without sessions. */
async function withoutSessions({
  client,
  eras,
  ...given
}: Omit<Asking, 'asked'> & { readonly eras?: Eras }): Promise<Discovery> {
  const { options } = given;
  if (client.negotiated === undefined) {
    await leave(client);
    return { kind: 'unusable', sentence: whyNot(options, undefined, client) };
  }
  const asked = factsWanted({ ...options, over: options.address.kind }, 'modern');
  const found = await askAll(modernRevision, { ...given, client, asked, ...(eras && { eras }) });
  return found.unusable === undefined
    ? { kind: 'found', facts: [complete(found, asked, options.configured)] }
    : { kind: 'unusable', sentence: found.unusable };
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
  // Who refuses in the words of JSON-RPC has started.
  const isNobody = status === 404 && messagesIn(opening).length === 0;
  return opening.kind === 'timeout' || opening.kind === 'dropped' || isNobody || status >= 500;
}

function isAnother(wished: DiscoverOptions['revision'], negotiated: SessionRevision): boolean {
  return !isMeant(wished) && wished !== negotiated;
}

function whyNot(
  { address, revision, headers }: DiscoverOptions,
  negotiated: string | undefined,
  first: ProbeClient,
): string {
  if (negotiated === undefined)
    return createSecrets(secretsAt(headers, address)).hide(
      whyUnusable(address, first.opening, revision === modernRevision ? 'modern' : 'legacy', first.ended()),
    );
  if (isRevision(negotiated))
    return `the target negotiates ${negotiated} when asked for ${revision}; choose another --revision`;
  return `the target negotiates ${negotiated}, which has no sessions on Streamable HTTP: nothing to examine`;
}

/** Asks what is wanted, in the order of the table, and leaves nothing behind. */
async function askAll(revision: Revision, asking: Asking): Promise<Findings> {
  const { client, asked } = asking;
  let findings = begun(revision, asking);
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

function complete({ facts }: Findings, asked: ReadonlySet<FactName>, configured: readonly Need[]): Facts {
  const notAsked = probesOf(eraOf(facts.revision)).flatMap(([name]) => (asked.has(name) ? [] : [name]));
  return {
    ...facts,
    ...(notAsked.length > 0 && { notAsked }),
    needsMet: needsMetBy(facts, configured),
  };
}
