import { mirroringFields, type Mirrored } from '../model/mirrored.js';
import type { Outgoing } from '../model/carrier.js';
import type { Json } from '../model/request.js';
import type { Sent } from '../model/framing.js';
import { eventsOf, replyHeader } from '../model/reply.js';
import type { ExchangeStep } from '../model/suite.js';
import { filled, type ValueOf } from '../model/template.js';
import type { Asked } from '../model/transcript.js';
import { nodeOf, type Actor, type CheckRun } from './check-run.js';
import { content } from './content.js';
import { dataSessionNamed, isAboutDataSession } from './cookie.js';
import { chosenHandle } from './handles.js';
import { chosenIds, Unalterable } from './ids.js';
import { resolveProbe } from './probes.js';
import { draw, hexDigits } from './random.js';
import { encoded, expectedValues, filledLine, valuesOf } from './values.js';

/** A request ready for its carrier, and what the judge must know of it. Ids are raw here. */
export interface Prepared {
  readonly sent: Sent;
  readonly asked: Omit<Asked, 'session' | 'own'>;
  /** How much longer than other answers this one may take, as when it was tried. */
  readonly takesMs: number;
  /** How long behind its answer comes what it is sent for. */
  readonly behindMs: number;
}

/** Builds the request of a step for an actor. Throws `Unalterable` where it cannot be made as it is meant. */
export function prepare(
  step: ExchangeStep,
  actor: Actor,
  run: CheckRun,
  iteration: number | undefined,
  node: number,
): Prepared {
  const nonce = nonceOf(step, run);
  const named = valuesOf(step, actor, run, { iteration, nonce, node });
  const handle = chosenHandle(step, run, named);
  const valueOf: ValueOf = (name) => (name === 'handle' && handle !== undefined ? handle : named(name));
  const { does, text, asked } = content(step, actor, run, valueOf);
  const ids = chosenIds(step.session, actor.session, run, valueOf);
  const dataSession = dataSessionNamed(step.meta, valueOf, run);
  const wrote = wordsWritten(step, actor, run, { ids: actor.modern ? [] : ids, nonce, handle, dataSession });
  const values = expectedValues(step, valueOf);
  const revision = revisionOf(step, actor);
  const resumes = resumption(step, run);
  if (step.kind === 'send' && step.abort.startsWith('in-') && nodeOf(run, node).address.kind !== 'http')
    throw new Unalterable('a line has no head and no body');
  const mirrored = mirroredIn(run);
  const http = wantedOfHttp(step, run, valueOf, mirroringAmiss(step, run, text));
  return {
    ...timesOf(step, run),
    asked: {
      ...asked,
      ...(actor.modern && { modern: true as const }),
      ...(isAboutDataSession(step, run) && { apart: true as const }),
      ...(nonce !== undefined && { nonce }),
      ...(wrote && { wrote }),
      ...(values !== undefined && { values }),
    },
    sent: framed(run, node, {
      does,
      ids,
      added: run.deps.headersOf(step.credentials === 'none' ? undefined : actor.name),
      ...(text !== undefined && { text }),
      ...(revision !== undefined && { revision }),
      ...(actor.modern && { modern: true as const, mirrored }),
      ...(resumes !== undefined && { resumes }),
      ...(http && { http }),
    }),
  };
}

/** What the carrier of a node makes of it. Throws `Unalterable` where that carrier cannot say it. */
function framed(run: CheckRun, node: number, outgoing: Outgoing): Sent {
  const sent = nodeOf(run, node).carrier.frame(outgoing);
  if ('because' in sent) throw new Unalterable(sent.because);
  return sent;
}

/** What an actor says in its own session as any client would; undefined where its carrier has no such thing. */
export function ordinary(
  actor: Actor,
  run: CheckRun,
  node: number,
  what: Pick<Outgoing, 'does' | 'text'>,
): Sent | undefined {
  const sent = nodeOf(run, node).carrier.frame({
    ...what,
    ids: actor.session === undefined ? [] : [actor.session],
    ...(actor.revision !== undefined && { revision: actor.revision }),
    ...(actor.modern && { modern: true as const, mirrored: mirroredIn(run) }),
    added: run.deps.headersOf(actor.name),
  });
  return 'because' in sent ? undefined : sent;
}

function mirroredIn({ facts: { mirrored = {} } }: CheckRun): Mirrored {
  return new Map(Object.entries(mirrored));
}

/** The header fields that should repeat arguments, as a step wants them. */
function mirroringAmiss(
  step: ExchangeStep,
  run: CheckRun,
  text: string | undefined,
): readonly (readonly [string, string | null])[] {
  const { mirrors } = step.kind === 'send' ? resolveProbe(step, run.facts) : {};
  if (mirrors === undefined || text === undefined) return [];
  return mirroringFields(text, mirroredIn(run)).map(([name]) => [
    name,
    mirrors === 'absent' ? null : otherArgument,
  ]);
}

const otherArgument = 'another-value';

function wantedOfHttp(
  step: ExchangeStep,
  run: CheckRun,
  valueOf: ValueOf,
  amiss: readonly (readonly [string, string | null])[],
): Outgoing['http'] {
  const cookies = step.cookies === undefined ? [] : [['Cookie', cookiesOf(step.cookies, run)] as const];
  const fields = [...Object.entries(step.headers), ...cookies, ...amiss];
  if (fields.length === 0 && step.query === undefined && step.kind !== 'raw') return undefined;
  return {
    headers: Object.fromEntries(
      fields.map(([name, value]) => [name, value === null ? null : filledLine(value, valueOf)]),
    ),
    ...(step.query !== undefined && {
      query: filled(step.query, (name) => encoded(valueOf(name))),
    }),
    ...(step.kind === 'raw' && { raw: filledLine(step.text, valueOf) }),
  };
}

/** As a browser would send them back: what stands before the first semicolon of each field. */
function cookiesOf(name: string, { lives }: CheckRun): string {
  const opened = lives.findLast(({ of, actor }) => of.kind === 'open' && actor === name);
  const set = replyHeader(opened?.call.snapshot(), 'set-cookie');
  if (set.length === 0) throw new Unalterable(`the target set no cookie when ${name} opened its session`);
  return set.map((cookie) => cookie.split(';')[0]?.trim() ?? '').join('; ');
}

/** A fresh word for a request that shall be told apart from all others. */
function nonceOf(step: ExchangeStep, run: CheckRun): string | undefined {
  const isTold = step.kind === 'send' && (step.nonce || resolveProbe(step, run.facts).nonced);
  if (!isTold && step.kind !== 'answer') return undefined;
  const nonce = draw(run.random, hexDigits, 16);
  run.nonces.push(nonce);
  return nonce;
}

function timesOf(step: ExchangeStep, { facts }: CheckRun): Pick<Prepared, 'takesMs' | 'behindMs'> {
  const { takesMs = 0, behindMs = 0 } = step.kind === 'send' ? resolveProbe(step, facts).probe : {};
  return { takesMs, behindMs };
}

interface Carried {
  readonly ids: readonly string[];
  readonly nonce: string | undefined;
  readonly handle: Json | undefined;
  /** The id of the data-layer session that it names. */
  readonly dataSession: string | undefined;
}

/** What a reading of state may show; what is written now counts from the next one on. */
function wordsWritten(
  step: ExchangeStep,
  actor: Actor,
  { facts, written }: CheckRun,
  { ids, nonce, handle, dataSession }: Carried,
): Asked['wrote'] {
  if (step.kind !== 'send') return undefined;
  const { shows, writes, handle: isOfHandle } = resolveProbe(step, facts);
  if (shows !== 'marks' && shows !== 'word') return undefined;
  // Without an id a request belongs to its client where no ids are issued, and to nobody else where they are.
  const session = isOfHandle
    ? `handle ${JSON.stringify(handle ?? null)}`
    : (dataSession ?? (ids.join() || (facts.issuesIds ? 'none' : actor.name)));
  const own = written.get(session) ?? [];
  const others = [...written].flatMap(([of, words]) => (of === session ? [] : words));
  if (writes && nonce !== undefined) written.set(session, [...own, nonce]);
  return { own, others };
}

function revisionOf({ revisionHeader }: ExchangeStep, { revision }: Actor): string | undefined {
  if (revisionHeader.kind === 'text') return revisionHeader.text;
  return revisionHeader.kind === 'none' ? undefined : revision;
}

/** An event of another step's stream, behind which there is more where it is not the last. */
function resumption(step: ExchangeStep, { lives }: CheckRun): string | undefined {
  if (step.kind !== 'listen' || step.resume === undefined) return undefined;
  const resumed = lives.findLast(({ of }) => of.name === step.resume);
  const ids = eventsOf(resumed?.call.snapshot()).flatMap((event) => event.id ?? []);
  const id = ids[step.behind === 'middle' ? Math.floor((ids.length - 1) / 2) : 0];
  if (id === undefined) throw new Unalterable(`no event of ${step.resume} carries an id`);
  return id;
}
