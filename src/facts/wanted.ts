import type { Address } from '../model/carrier.js';
import type { FactName } from '../model/fact-name.js';
import type { Need } from '../model/need.js';
import { isProbe, probeNeeds, readHandleProbe } from '../model/probe.js';
import { isOfEra, modernRevision, sessionRevisions, type Era } from '../model/revision.js';
import type { Check } from '../model/suite.js';
import { written } from '../model/walk.js';
import type { DiscoverOptions, FactProbe, Purpose } from './probe.js';
import { factProbes } from './probes/table.js';

/** All questions with their names, in the order in which they may be asked. */
export const probesInOrder: readonly (readonly [FactName, FactProbe])[] = Object.entries(factProbes).flatMap(
  ([name, probe]) => (isFactName(name) ? [[name, probe] as const] : []),
);

/** Those that are asked by clients of an era. */
export function probesOf(era: Era): typeof probesInOrder {
  return probesInOrder.filter(([, { sessionless }]) => era === 'legacy' || sessionless);
}

function isFactName(name: string): name is FactName {
  return name in factProbes;
}

interface Scope extends Pick<DiscoverOptions, 'checks' | 'revision'> {
  /** How messages travel. */
  readonly over?: Address['kind'];
}

/** Those that can be asked over a carrier by clients of an era. */
function askable(era: Era, over: Address['kind']): typeof probesInOrder {
  return probesOf(era).filter(([, { ofHttp }]) => over === 'http' || !ofHttp);
}

/** What has to be asked: what the checks and the run rest on, and what that builds on. */
export function factsWanted({ checks, revision, over = 'http' }: Scope, era: Era): ReadonlySet<FactName> {
  const probes = askable(era, over);
  if (checks === undefined) return new Set(probes.map(([name]) => name));
  const purposes = purposesOf(
    checks.filter((check) => isOfEra(check, era) || (era === 'legacy' && opensSessions(check))),
    revision,
  );
  if (checks.some((check) => isOfEra(check, 'modern'))) purposes.add('modern checks');
  const names = new Set<FactName>();
  const add = (name: FactName) => {
    if (names.has(name)) return;
    names.add(name);
    for (const before of factProbes[name].after) if (probes.some(([one]) => one === before)) add(before);
  };
  for (const [name, { answers }] of probes) if (answers.some((one) => purposes.has(one))) add(name);
  return names;
}

/** A check of clients without sessions that has some beside them. */
function opensSessions({ needs }: Check): boolean {
  return needs.includes('dual-era') || needs.includes('dual-sessions');
}

function purposesOf(checks: readonly Check[], revision: Scope['revision']): Set<Purpose> {
  const steps = checks.flatMap((check) => written(check.steps));
  const methods = steps.flatMap((step) => (step.kind === 'send' ? [step.method] : []));
  return new Set<Purpose>([
    'every run',
    ...checks.flatMap(({ needs }) => needs),
    ...steps.flatMap(({ when }) => when),
    ...methods.flatMap((method) => usedBy(method) ?? []),
    ...(methods.some((method) => method.startsWith('probe.')) ? (['plain request'] as const) : []),
    // Only these can be under way at once.
    ...(checks.length > 1 || revision === 'all' ? (['several checks'] as const) : []),
  ]);
}

/** `probe.state.write` rests on `state`. */
function usedBy(method: string): Need | undefined {
  if (method === 'probe.streamed' || method === 'probe.change' || method === 'probe.input')
    return probeNeeds[method];
  if (method.startsWith('probe.mirrored')) return 'mirrored';
  if (isProbe(method) && readHandleProbe(method) !== undefined) return probeNeeds[method];
  const [, name] = /^probe\.([a-z]+)/.exec(method) ?? [];
  return toolNeeds.find((need) => need === name);
}

const toolNeeds = [
  'echo',
  'state',
  'words',
  'kept',
  'identity',
  'notify',
  'push',
  'wordless',
  'subscribe',
  'update',
  'slow',
  'ask',
] as const satisfies readonly Need[];

const handshakeRequests = 2;

/** The most requests that discovery sends, however the target answers. */
export function discoveryRequestsMax({
  explore,
  other,
  ...of
}: Scope & Pick<DiscoverOptions, 'explore' | 'other'>): number {
  const sumOf = (era: Era, isFirst: boolean) => {
    const asked = factsWanted(of, era);
    return probesInOrder.reduce(
      (sum, [name, { requestsMax }]) =>
        sum + (asked.has(name) ? requestsMax({ explore, other, asked, isFirst }) : 0),
      handshakeRequests,
    );
  };
  const { checks, revision } = of;
  if (revision === modernRevision) return sumOf('modern', true);
  const isBoth = checks?.some((check) => isOfEra(check, 'modern')) ?? true;
  const others = revision === 'all' ? sessionRevisions.length - 1 : 0;
  const modern = isBoth && (revision === 'auto' || revision === 'all') ? sumOf('modern', false) : 0;
  return sumOf('legacy', true) + others * sumOf('legacy', false) + modern;
}
