import type { Address } from '../model/carrier.js';
import type { FactName, Need } from '../model/facts.js';
import { isProbe, probeNeeds, readHandleProbe } from '../model/probe.js';
import { revisions } from '../model/revision.js';
import type { Check } from '../model/suite.js';
import { written } from '../model/walk.js';
import type { DiscoverOptions, FactProbe, Purpose } from './probe.js';
import { factProbes } from './probes/table.js';

/** All questions with their names, in the order in which they may be asked. */
export const probesInOrder: readonly (readonly [FactName, FactProbe])[] = Object.entries(factProbes).flatMap(
  ([name, probe]) => (isFactName(name) ? [[name, probe] as const] : []),
);

function isFactName(name: string): name is FactName {
  return name in factProbes;
}

interface Scope extends Pick<DiscoverOptions, 'checks' | 'revision'> {
  /** How messages travel. */
  readonly over?: Address['kind'];
}

/** What has to be asked: what the checks and the run rest on, and what that builds on. */
export function factsWanted({ checks, revision, over = 'http' }: Scope): ReadonlySet<FactName> {
  const askable = probesInOrder.filter(([, { ofHttp }]) => over === 'http' || !ofHttp);
  if (checks === undefined) return new Set(askable.map(([name]) => name));
  const purposes = purposesOf(checks, revision);
  const names = new Set<FactName>();
  const add = (name: FactName) => {
    if (names.has(name)) return;
    names.add(name);
    for (const before of factProbes[name].after) add(before);
  };
  for (const [name, { answers }] of askable) if (answers.some((one) => purposes.has(one))) add(name);
  return names;
}

function purposesOf(checks: readonly Check[], revision: Scope['revision']): ReadonlySet<Purpose> {
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
  if (method === 'probe.streamed') return 'reply-streams';
  if (isProbe(method) && readHandleProbe(method) !== undefined) return probeNeeds[method];
  const [, name] = /^probe\.([a-z]+)/.exec(method) ?? [];
  return toolNeeds.find((need) => need === name);
}

const toolNeeds = [
  'echo',
  'state',
  'words',
  'identity',
  'notify',
  'push',
  'wordless',
  'subscribe',
  'update',
  'slow',
] as const satisfies readonly Need[];

const handshakeRequests = 2;

/** The most requests that discovery sends, however the target answers. */
export function discoveryRequestsMax({
  explore,
  other,
  ...of
}: Scope & Pick<DiscoverOptions, 'explore' | 'other'>): number {
  const asked = factsWanted(of);
  const examined = of.revision === 'all' ? revisions.length : 1;
  let sum = 0;
  for (let i = 0; i < examined; i += 1) {
    sum += handshakeRequests;
    for (const [name, { requestsMax }] of probesInOrder)
      if (asked.has(name)) sum += requestsMax({ explore, other, asked, isFirst: i === 0 });
  }
  return sum;
}
