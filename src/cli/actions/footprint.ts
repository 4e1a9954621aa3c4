import { plural } from '../../model/plural.js';
import type { Facts } from '../../model/facts.js';
import type { Probe } from '../../model/request.js';
import type { Plan, Planned } from '../../model/plan.js';
import { kindOf } from '../../model/steps/index.js';
import type { Step } from '../../model/suite.js';
import { isObject } from '../../model/json.js';
import { keptIn } from '../../model/kept.js';
import { isProbe, type ProbeName } from '../../model/probe.js';
import { total, written } from '../../model/walk.js';
import { stepsOf } from '../../model/witness.js';

type Running = Extract<Planned, { readonly run: true }>;

/** What discovery and a plan ask of a target that answers as it should, so that its owner can decide whether to allow it. */
export interface Footprint extends Counts {
  readonly checks: number;
  readonly discovery: number;
  /** Requests of the sessions that live through the run beside the checks. */
  readonly witnesses: number;
  /** Discovery, all checks and the witnesses. */
  readonly requests: number;
  /** The same where the target does not. */
  readonly requestsMax: number;
  /** Those that checks call. */
  readonly tools: readonly string[];
  /** Those that were called before the first check, to find out what they are good for. */
  readonly tried: readonly string[];
  /** Those that were not, by the reason. */
  readonly leftOut: NonNullable<Facts['leftOut']>;
  readonly heaviest: readonly {
    readonly check: string;
    readonly revision: string;
    readonly requests: number;
  }[];
}

export function footprintOf(plan: Plan, discovery: number): Footprint {
  const running = plan.entries.filter((entry): entry is Running => entry.run);
  const heaviest = running.toSorted((a, b) => b.requests - a.requests).slice(0, 5);
  const parts = [
    ...running.map(({ check, facts }) => ({ steps: check.steps, facts })),
    ...plan.witnesses.map(({ witness, facts }) => ({ steps: stepsOf(witness), facts })),
  ];
  return {
    checks: running.length,
    discovery,
    requests: discovery + plan.requests,
    requestsMax: discovery + plan.requestsMax,
    ...countsOf(parts),
    witnesses: plan.witnesses.reduce((sum, { requests }) => sum + requests, 0),
    tools: toolsUsed(parts),
    tried: toolsTried(running),
    leftOut: running[0]?.facts.leftOut ?? {},
    heaviest: heaviest.map(({ check: { id }, facts: { revision }, requests }) => ({
      check: id,
      revision,
      requests,
    })),
  };
}

/** The same in lines. */
export function footprintLines(footprint: Footprint): readonly string[] {
  const { checks, discovery, witnesses, requests, requestsMax, opened, deleted, streams, raw, heaviest } =
    footprint;
  return [
    `${checks} checks run`,
    `  ${requests} requests if the server answers as it should, ${discovery} of them before the first check, ${witnesses} by sessions that live through the run; never more than ${requestsMax} where checks are tried again, not counting what the server refuses for load`,
    `  ${opened} sessions opened, and ended where DELETE is offered`,
    `  ${deleted} DELETE requests besides those`,
    `  ${streams} streams opened by GET`,
    `  ${plural(raw, 'malformed HTTP request')}`,
    `  tools called: ${footprint.tools.join(', ') || 'none'}`,
    `  tools tried before the first check: ${footprint.tried.join(', ') || 'none'}`,
    ...Object.entries(footprint.leftOut).map(
      ([because, names]) => `  not called (${because}): ${names.join(', ')}`,
    ),
    'the checks with most requests',
    ...heaviest.map((one) => `  ${one.check}: ${one.requests} requests`),
  ];
}

interface Counts {
  readonly opened: number;
  readonly deleted: number;
  readonly streams: number;
  readonly raw: number;
}

interface Part {
  readonly steps: readonly Step[];
  readonly facts: Facts;
}

function countsOf(parts: readonly Part[]): Counts {
  const count = (what: keyof Counts): number =>
    parts
      .map(({ steps, facts }) => total(steps, facts, (step) => Number(kindOf(step).cost(step).as === what)))
      .reduce((sum, one) => sum + one, 0);
  return { opened: count('opened'), deleted: count('deleted'), streams: count('streams'), raw: count('raw') };
}

/** The tools that checks call, by the probes that discovery found for them or by their own names. */
function toolsUsed(parts: readonly Part[]): readonly string[] {
  const calls = parts.flatMap(({ steps, facts }) =>
    written(steps, facts).flatMap((step) => (step.kind === 'send' ? callOf(step, facts) : [])),
  );
  return distinct(calls.flatMap(toolIn));
}

/** The tools that discovery called, to find out what they are good for. */
function toolsTried(running: readonly Running[]): readonly string[] {
  const [facts] = running.map((one) => one.facts);
  if (facts === undefined || facts.readOnly) return [];
  const leftOut = new Set(Object.values(facts.leftOut ?? {}).flat());
  return distinct((facts.tools ?? []).filter((name) => !leftOut.has(name)));
}

function callOf({ method, params }: Step<'send'>, { probes }: Facts): readonly Probe[] {
  if (!isProbe(method)) return [{ method, ...(params !== undefined && { params }) }];
  const { state, words, update, handle, task, data } = probes;
  const found: Readonly<Record<ProbeName, Probe | undefined>> = {
    'probe.plain': probes.plain,
    'probe.echo': probes.echo,
    'probe.identity': probes.identity,
    'probe.slow': probes.slow,
    'probe.notify': probes.notify,
    'probe.push': probes.push,
    'probe.wordless': probes.wordless,
    'probe.log': probes.log,
    'probe.change': probes.change,
    'probe.input': probes.input,
    'probe.mirrored': probes.mirrored,
    'probe.mirrored.absent': probes.mirrored,
    'probe.mirrored.other': probes.mirrored,
    'probe.ask': probes.ask,
    'probe.streamed': probes.streamed,
    'probe.subscribe': probes.subscribe,
    'probe.state.write': state?.write,
    'probe.state.read': state?.read,
    'probe.words.write': words?.write,
    'probe.words.read': words?.read,
    'probe.kept.write': keptIn(probes)?.write,
    'probe.kept.read': keptIn(probes)?.read,
    'probe.update.subscribe': update?.subscribe,
    'probe.update.unsubscribe': update && { ...update.subscribe, method: 'resources/unsubscribe' },
    'probe.update.change': update?.change,
    'probe.handle.create': handle?.create,
    'probe.handle.read': handle?.read,
    'probe.handle.write': handle?.write,
    'probe.handle.end': handle?.end,
    'probe.task.create': task?.create,
    'probe.task.read': task?.read,
    'probe.task.end': task?.end,
    'probe.request-state.create': probes['request-state']?.create,
    'probe.request-state.read': probes['request-state']?.read,
    'probe.request-state.elsewhere': probes['request-state']?.elsewhere,
    'probe.data.call': data?.call,
    'probe.data.revoke': data?.revoke,
    'probe.data.renew': data?.renew,
  };
  return found[method] === undefined ? [] : [found[method]];
}

/** A name that is made up for each call is that of no tool. */
function toolIn({ method, params }: Probe): readonly string[] {
  if (method !== 'tools/call' || !isObject(params)) return [];
  const { name } = params;
  return typeof name === 'string' && !name.includes('${') ? [name] : [];
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
