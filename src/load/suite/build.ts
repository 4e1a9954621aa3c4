import { kindNames, kinds } from '../../model/steps/index.js';
import type { RawOptions, StepReading } from '../../model/steps/kind.js';
import type { Common, Exchanging, Step, StepKind } from '../../model/suite.js';
import type { RawStep } from '../../model/raw-suite.js';
import { readPath } from '../../model/value-path.js';
import type { Site } from './expand.js';
import { given } from '../given.js';
import { ifKind } from './kinds.js';
import { expectation, rule, sessionChoice } from './rule.js';

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

function stepOf(site: Site, children: readonly Placed[], first: string, implied: string | undefined): Step {
  const { raw, path } = site;
  const name = 'name' in raw ? raw.name : implied;
  const when = ('when' in raw ? raw.when : undefined) ?? [];
  const common = { path, when, ...given({ name }) };
  const reading: StepReading = {
    common,
    steps: children.map(({ step }) => step),
    request: (options) => exchanging(options, common, first),
  };
  for (const kind of kindNames) {
    const step = readAs(kind, raw, reading);
    if (step !== undefined) return step;
  }
  throw new Error(`a step without a kind passed the schema: ${path}`);
}

function readAs<K extends StepKind>(kind: K, raw: RawStep, reading: StepReading): Step<K> | undefined {
  const written = ifKind(kind, raw);
  return written && kinds[kind].read(written, reading);
}

function exchanging(raw: RawOptions, common: Common, first: string): Exchanging {
  const header = raw['revision-header'] ?? 'negotiated';
  return {
    ...common,
    as: raw.as ?? first,
    session: sessionChoice(raw.session ?? 'own'),
    revisionHeader:
      header === 'negotiated' || header === 'none' ? { kind: header } : { kind: 'text', text: header },
    headers: raw.headers ?? {},
    connection: connectionChoice(raw.connection),
    deadlineMs: raw['within-ms'] ?? defaultDeadlineMs,
    background: raw.background ?? false,
    observe: raw.observe ?? false,
    ...given({
      node: raw.node,
      query: raw.query,
      cookies: raw.cookies,
      credentials: raw.credentials,
      meta: raw.meta,
      require: raw.require && expectation(raw.require),
      judge: raw.judge && rule(raw.judge, raw.reason),
      control: raw.control,
      group: raw.group,
      save: raw.save && pathsOf(raw.save),
    }),
  };
}

function connectionChoice(name: RawOptions['connection']): Exchanging['connection'] {
  if (name === undefined) return 'kept';
  return name === 'new' ? name : { of: name };
}

/** A path that is none is said by a rule. */
function pathsOf(save: NonNullable<RawOptions['save']>): Exchanging['save'] {
  return Object.fromEntries(
    Object.entries(save).flatMap(([name, text]) => {
      const path = readPath(text);
      return path === undefined ? [] : [[name, path]];
    }),
  );
}

function openedIn(sites: readonly Site[]): readonly string[] {
  return sites.flatMap(({ raw, children }) => {
    const actor = ifKind('open', raw)?.open;
    return actor === undefined ? openedIn(children) : [String(actor)];
  });
}
