import type { Need } from '../../model/facts.js';
import type { Exchanging, Step } from '../../model/suite.js';
import type { Site } from './expand.js';
import { given } from '../given.js';
import { ifKind, stepKinds } from './kinds.js';
import type { RawExpectation, RawNotify, RawStepByKind } from '../../model/raw-suite.js';
import { expectation, rule } from './rule.js';
import { sessionChoice } from './session.js';

/** A typed step together with the place in the file that it came from. */
export interface Placed extends Site {
  readonly step: Step;
  readonly children: readonly Placed[];
}

/** The typed steps of a check, in the order they are written. */
export function build(sites: readonly Site[]): readonly Placed[] {
  const first = openedIn(sites)[0] ?? '';
  // The first step that opens an actor is known by the actor's name, for controls.
  const named = new Set<string>();
  const place = (site: Site): Placed => {
    const [actor] = openedIn([{ ...site, children: [] }]);
    const isFirst = actor !== undefined && !named.has(actor);
    if (isFirst) named.add(actor);
    const children = site.children.map(place);
    return { ...site, children, step: stepOf(site, children, first, isFirst ? actor : undefined) };
  };
  return sites.map(place);
}

/** Every step, those within others right behind the one that holds them. */
export function flat(steps: readonly Placed[]): readonly Placed[] {
  return steps.flatMap((placed) => [placed, ...flat(placed.children)]);
}

const defaultDeadlineMs = 2000;
const defaultAwaitMs = 2000;
const defaultStopMs = 5000;
const openRequires: RawExpectation = { status: [200], result: true };
const alwaysNonced: ReadonlySet<string> = new Set([
  'probe.echo',
  'probe.notify',
  'probe.slow',
  'probe.state.write',
]);

interface Context {
  readonly common: { readonly path: string; readonly name?: string; readonly when: readonly Need[] };
  readonly steps: readonly Step[];
  readonly first: string;
}

function stepOf(site: Site, children: readonly Placed[], first: string, implied: string | undefined): Step {
  const { raw, path } = site;
  const name = 'name' in raw ? raw.name : implied;
  const when = ('when' in raw ? raw.when : undefined) ?? [];
  const context = {
    common: { path, when, ...given({ name }) },
    steps: children.map(({ step }) => step),
    first,
  };
  for (const kind of stepKinds) {
    const step = kind === 'use' ? undefined : builtAs(kind, ifKind(kind, raw), context);
    if (step !== undefined) return step;
  }
  throw new Error(`a step without a kind passed the schema: ${path}`);
}

function builtAs<K extends Step['kind']>(
  kind: K,
  raw: RawStepByKind[K] | undefined,
  context: Context,
): Step | undefined {
  return raw && builders[kind](raw, context);
}

const builders: {
  readonly [K in Step['kind']]: (raw: RawStepByKind[K], context: Context) => Extract<Step, { kind: K }>;
} = {
  open: (raw, context) => {
    const actor = String(raw.open);
    const required = raw.require ?? (raw.judge === undefined ? openRequires : undefined);
    const options = exchanging({ ...raw, as: actor, ...given({ require: required }) }, context);
    return {
      kind: 'open',
      ...options,
      initialized: raw.initialized ?? true,
      ...given({ revision: raw.revision }),
    };
  },
  send: (raw, context) => ({
    kind: 'send',
    ...exchanging(raw, context),
    method: raw.send,
    nonce: raw.nonce ?? alwaysNonced.has(raw.send),
    abort: raw.abort ?? false,
    ...given({ params: raw.params, rpcId: raw['rpc-id'] }),
  }),
  notify: (raw, context) => ({
    kind: 'notify',
    ...exchanging(raw, context),
    method: raw.notify,
    ...given({ params: raw.params }),
  }),
  post: (raw, context) => ({
    kind: 'post',
    ...exchanging(raw, context),
    body: typeof raw.post === 'string' ? raw.post : JSON.stringify(raw.post),
  }),
  listen: (raw, context) => ({
    kind: 'listen',
    ...exchanging({ ...raw, as: raw.listen }, context),
    ...given({ resume: raw.resume }),
  }),
  delete: (raw, context) => ({ kind: 'delete', ...exchanging({ ...raw, as: raw.delete }, context) }),
  raw: (raw, context) => ({ kind: 'raw', ...exchanging(raw, context), text: raw.raw }),
  parallel: (_, { common, steps }) => ({ kind: 'parallel', ...common, steps }),
  repeat: (raw, { common, steps }) => ({
    kind: 'repeat',
    ...common,
    times: raw.repeat,
    concurrency: raw.concurrency ?? 1,
    steps,
  }),
  await: (raw, { common }) => ({
    kind: 'await',
    ...common,
    stream: raw.await,
    until: raw.until,
    withinMs: raw['within-ms'] ?? defaultAwaitMs,
    ...given({
      require: raw.require,
      judge: raw.judge && raw.reason ? { came: raw.judge.came, reason: raw.reason } : undefined,
    }),
  }),
  quiet: (raw, { common }) => ({
    kind: 'quiet',
    ...common,
    stream: raw.quiet,
    forMs: raw['for-ms'],
    reason: raw.reason ?? 'stray-message',
  }),
  'idle-timeouts': (raw, { common }) => ({
    kind: 'idle-timeouts',
    ...common,
    times: raw['idle-timeouts'],
  }),
  process: (raw, { common }) => ({
    kind: 'process',
    ...common,
    does: raw.process,
    withinMs: raw['within-ms'] ?? defaultStopMs,
    ...given({ judge: raw.reason && { reason: raw.reason } }),
  }),
  close: (raw, { common }) => ({ kind: 'close', ...common, target: raw.close }),
  analyse: (raw, { common }) => ({
    kind: 'analyse',
    ...common,
    analysis: raw.analyse,
    over: raw.over,
    judge: { finds: raw.judge, reason: raw.reason },
  }),
};

/** The options that every request has. */
type RawOptions = Omit<RawNotify, 'notify' | 'params' | 'name' | 'when'>;

function exchanging(raw: RawOptions, { common, first }: Context): Exchanging {
  const header = raw['revision-header'] ?? 'negotiated';
  return {
    ...common,
    as: raw.as ?? first,
    session: sessionChoice(raw.session ?? 'own'),
    revisionHeader:
      header === 'negotiated' || header === 'none' ? { kind: header } : { kind: 'text', text: header },
    headers: raw.headers ?? {},
    connection: raw.connection ?? 'kept',
    deadlineMs: raw['within-ms'] ?? defaultDeadlineMs,
    background: raw.background ?? false,
    observe: raw.observe ?? false,
    ...given({
      node: raw.node,
      query: raw.query,
      credentials: raw.credentials,
      require: raw.require && expectation(raw.require),
      judge: raw.judge && rule(raw.judge, raw.reason),
      control: raw.control,
      group: raw.group,
    }),
  };
}

function openedIn(sites: readonly Site[]): readonly string[] {
  return sites.flatMap(({ raw, children }) => {
    const actor = ifKind('open', raw)?.open;
    return actor === undefined ? openedIn(children) : [String(actor)];
  });
}
