import type { Facts } from '../../model/facts.js';
import type { Plan, Planned } from '../../model/plan.js';
import { kindOf } from '../../model/steps/index.js';
import type { Step } from '../../model/suite.js';
import { total } from '../../model/walk.js';
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
  readonly tools: readonly string[];
  readonly heaviest: readonly {
    readonly check: string;
    readonly revision: string;
    readonly requests: number;
  }[];
}

export function footprintOf(plan: Plan, discovery: number): Footprint {
  const running = plan.entries.filter((entry): entry is Running => entry.run);
  const heaviest = running.toSorted((a, b) => b.requests - a.requests).slice(0, 5);
  return {
    checks: running.length,
    discovery,
    requests: discovery + plan.requests,
    requestsMax: discovery + plan.requestsMax,
    ...countsOf([
      ...running.map(({ check, facts }) => ({ steps: check.steps, facts })),
      ...plan.witnesses.map(({ witness, facts }) => ({ steps: stepsOf(witness), facts })),
    ]),
    witnesses: plan.witnesses.reduce((sum, { requests }) => sum + requests, 0),
    tools: toolsUsed(running),
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
    `  ${requests} requests if the server answers as it should, ${discovery} of them before the first check, ${witnesses} by sessions that live through the run; never more than ${requestsMax}, with checks tried again, unless the server limits and gets some once more`,
    `  ${opened} sessions opened, and ended where DELETE is offered`,
    `  ${deleted} DELETE requests besides those`,
    `  ${streams} streams opened by GET`,
    `  ${raw} malformed HTTP requests`,
    `  tools called: ${footprint.tools.join(', ') || 'none'}`,
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

function countsOf(parts: readonly { readonly steps: readonly Step[]; readonly facts: Facts }[]): Counts {
  const count = (what: keyof Counts): number =>
    parts
      .map(({ steps, facts }) => total(steps, facts, (step) => Number(kindOf(step).cost(step).as === what)))
      .reduce((sum, one) => sum + one, 0);
  return { opened: count('opened'), deleted: count('deleted'), streams: count('streams'), raw: count('raw') };
}

function toolsUsed(running: readonly Running[]): readonly string[] {
  const used = running.flatMap(({ facts: { probes } }) => [
    probes.plain,
    probes.echo,
    probes.state?.write,
    probes.state?.read,
    probes.identity,
    probes.slow,
    probes.notify,
    probes.update?.change,
  ]);
  const names = used.flatMap((probe) => {
    const params = probe?.method === 'tools/call' ? probe.params : undefined;
    return typeof params === 'object' &&
      params !== null &&
      'name' in params &&
      typeof params.name === 'string'
      ? [params.name]
      : [];
  });
  return [...new Set(names)];
}
