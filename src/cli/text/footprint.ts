import type { Plan, Planned } from '../../model/plan.js';
import { walk } from '../../model/walk.js';

type Running = Extract<Planned, { readonly run: true }>;

/** What discovery and a plan ask of a target that behaves, so that its owner can decide whether they may. */
export interface Footprint extends Counts {
  readonly checks: number;
  readonly discovery: number;
  /** Discovery and all checks. */
  readonly requests: number;
  /** The same where the target does not answer as it should. */
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
    ...running.map(countsOf).reduce(added, nothing),
    tools: tools(running),
    heaviest: heaviest.map(({ check: { id }, facts: { revision }, requests }) => ({
      check: id,
      revision,
      requests,
    })),
  };
}

/** The same in lines. */
export function footprintLines(footprint: Footprint): readonly string[] {
  const { checks, discovery, requests, requestsMax, opened, deleted, streams, raw, heaviest } = footprint;
  return [
    `${checks} checks run`,
    `  ${requests} requests if the server behaves, ${discovery} of them before the first check; never more than ${requestsMax}`,
    `  ${opened} sessions opened; those that can be ended are`,
    `  ${deleted} DELETE requests beside the ones that tidy up`,
    `  ${streams} streams by GET`,
    `  ${raw} requests that break HTTP on purpose`,
    `  tools called: ${footprint.tools.join(', ') || 'none'}`,
    'the heaviest',
    ...heaviest.map((one) => `  ${one.check}: ${one.requests} requests`),
  ];
}

interface Counts {
  readonly opened: number;
  readonly deleted: number;
  readonly streams: number;
  readonly raw: number;
}

const nothing: Counts = { opened: 0, deleted: 0, streams: 0, raw: 0 };

function countsOf({ check, facts }: Running): Counts {
  const counts = { opened: 0, deleted: 0, streams: 0, raw: 0 };
  walk(check.steps, facts, (step) => {
    if (step.kind === 'open' || (step.kind === 'send' && step.method === 'initialize')) counts.opened += 1;
    if (step.kind === 'delete') counts.deleted += 1;
    if (step.kind === 'listen') counts.streams += 1;
    if (step.kind === 'raw') counts.raw += 1;
  });
  return counts;
}

function added(a: Counts, b: Counts): Counts {
  return {
    opened: a.opened + b.opened,
    deleted: a.deleted + b.deleted,
    streams: a.streams + b.streams,
    raw: a.raw + b.raw,
  };
}

function tools(running: readonly Running[]): readonly string[] {
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
