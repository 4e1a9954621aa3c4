import type { Plan, Planned } from '../model/plan.js';
import { timesOf, type Step } from '../model/suite.js';

type Running = Extract<Planned, { readonly run: true }>;

/** What running a plan asks of a target, so that its owner can decide whether it may. */
export function footprintLines(plan: Plan): readonly string[] {
  const running = plan.entries.filter((entry): entry is Running => entry.run);
  const total = running.map(footprint).reduce(added, nothing);
  const heaviest = running.toSorted((a, b) => b.requestsMax - a.requestsMax).slice(0, 5);
  return [
    `${running.length} checks run`,
    `  at most ${plan.requestsMax} requests`,
    `  ${total.opened} sessions opened; those that can be ended are`,
    `  ${total.deleted} DELETE requests beside the ones that tidy up`,
    `  ${total.streams} streams by GET`,
    `  ${total.raw} requests that break HTTP on purpose`,
    `  tools called: ${tools(running).join(', ') || 'none'}`,
    'the heaviest',
    ...heaviest.map(({ check, requestsMax }) => `  ${check.id}: ${requestsMax} requests`),
  ];
}

interface Footprint {
  readonly opened: number;
  readonly deleted: number;
  readonly streams: number;
  readonly raw: number;
}

const nothing: Footprint = { opened: 0, deleted: 0, streams: 0, raw: 0 };

function footprint({ check, facts }: Running): Footprint {
  const count = (steps: readonly Step[]): Footprint =>
    steps
      .filter(({ when }) => when.every((need) => facts.met.includes(need)))
      .map(ofStep)
      .reduce(added, nothing);
  const ofStep = (step: Step): Footprint => {
    if (step.kind === 'parallel') return count(step.steps);
    if (step.kind === 'repeat') return times(count(step.steps), timesOf(step, facts));
    return {
      opened: Number(step.kind === 'open'),
      deleted: Number(step.kind === 'delete'),
      streams: Number(step.kind === 'listen'),
      raw: Number(step.kind === 'raw'),
    };
  };
  return count(check.steps);
}

function times({ opened, deleted, streams, raw }: Footprint, n: number): Footprint {
  return { opened: opened * n, deleted: deleted * n, streams: streams * n, raw: raw * n };
}

function added(a: Footprint, b: Footprint): Footprint {
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
