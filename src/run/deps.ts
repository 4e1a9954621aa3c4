import type * as analyses from '../id-analysis/analyses.js';
import { execute } from '../execute/execute.js';
import type { ExecutorDeps } from '../execute/check-run.js';
import { createPlaces } from '../execute/places.js';
import { createSessions } from '../execute/sessions.js';
import { createHeads } from '../execute/heads.js';
import { createSilences } from '../execute/silences.js';
import { meets } from '../judge/meets.js';
import type { Facts } from '../model/facts.js';
import type { Check } from '../model/suite.js';
import type { Transcript } from '../model/transcript.js';
import { nowMs, sleep } from '../carriers/clock.js';
import { anonymousHeaders, secretFields, actorHeaders, nodesOf, type RunState } from './session.js';

/** Executes a check on the target, or on the one that it has for itself. */
export async function executeAt(
  check: Check,
  facts: Facts,
  deps: ExecutorDeps,
  { options, traffic, kept }: Pick<RunState, 'options' | 'traffic' | 'kept'>,
): Promise<Transcript> {
  const target = options.targetOf?.(check.id);
  if (target === undefined) return execute(check, facts, deps);
  const { operator } = target;
  const nodes = nodesOf(target, options, traffic, kept);
  try {
    let isLost = false;
    const apart = {
      nodes,
      sessions: createSessions(),
      silences: createSilences(),
      heads: createHeads(),
      places: createPlaces(),
      lost: () => void (isLost = true),
    };
    const own = { ...deps, ...apart, ...(operator && { operator }) };
    const transcript = await execute(check, facts, own);
    return isLost ? { ...transcript, lostAlone: true } : transcript;
  } finally {
    await Promise.all(nodes.map(({ carrier }) => carrier.close()));
  }
}

function counter(from: number): () => number {
  let count = from;
  return () => (count += 1);
}

/** Few checks analyse ids, so what that takes is not loaded for the others. */
export function loadAnalysers(): Promise<typeof analyses> {
  return import('../id-analysis/analyses.js');
}

/** A target that answers within this time gets the deadlines as they stand in the suites; a slower one gets longer ones. */
const briskMs = 50;
const paceMax = 5;

/** How many sessions there is room for, where discovery met the bound. */
function sessionsMaxIn(facts: readonly Facts[]): number | undefined {
  const met = facts.flatMap(({ company }) => (company?.stops === 'number-refused' ? [company.sessions] : []));
  return met.length === 0 ? undefined : Math.max(...met);
}

/** More than a run has; ids of requests stay below 2^31. */
const actorsOfShard = 20_000;

/** A Date field tells no less than a second. */
const dateStepMs = 1_000;

export function createDeps(
  { options, seed, nodes, traffic, sessions, silences, heads }: RunState,
  facts: readonly Facts[],
): ExecutorDeps {
  const slowestMs = Math.max(...facts.map(({ latencyMs }) => latencyMs));
  const pace = Math.min(Math.max(slowestMs / briskMs, 1), paceMax);
  return {
    nodes,
    ...(options.operator && { operator: options.operator }),
    clock: { nowMs, wallMs: () => Date.now(), sleep: (ms) => sleep(ms, options.signal) },
    meets,
    analyse: async (name, ids, { times, aheadMs }) => {
      const wallMs = Date.now() + aheadMs;
      const unsureMs = aheadMs === 0 ? 0 : dateStepMs;
      const { analysers } = await loadAnalysers();
      const spans = times.map(({ askedMs, cameMs }) => ({
        fromMs: askedMs + aheadMs - unsureMs,
        toMs: cameMs + aheadMs + unsureMs,
      }));
      return analysers[name](ids, { nowMs: wallMs, spans, issued: sessions.count() });
    },
    timeScale: options.timeScale * pace,
    seed,
    headersOf: (actor) => (actor === undefined ? anonymousHeaders(options) : actorHeaders(options, actor)),
    secrets: secretFields(options),
    idleTimeoutMs: options.idleTimeoutMs ?? 0,
    showIds: options.showIds,
    sessions,
    silences,
    heads,
    places: createPlaces(sessionsMaxIn(facts)),
    signal: options.signal ?? new AbortController().signal,
    turn: traffic.turn,
    actorNumber: counter(((options.shard?.index ?? 1) - 1) * actorsOfShard),
    lost: () => (traffic.lost += 1),
  };
}
