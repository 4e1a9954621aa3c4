import { randomInt } from 'node:crypto';
import { version as nodeVersion } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { analysers } from './analyse/analyse.js';
import { execute } from './execute/execute.js';
import { initializeParams } from './execute/request.js';
import type { Stage } from './execute/scene.js';
import { discover, type Discovery } from './facts/discover.js';
import { gate } from './gate.js';
import { meets } from './judge/meets.js';
import type { Facts, Need } from './model/facts.js';
import type { Header } from './model/http.js';
import type { Report, Result, Run } from './model/report.js';
import { revisions } from './model/revision.js';
import type { RunOptions } from './model/run.js';
import type { Check } from './model/suite.js';
import { tabulate } from './model/tabulate.js';
import type { Transcript } from './model/transcript.js';
import { verdictKinds } from './model/verdict.js';
import { defaultLimits, type Wire } from './model/wire.js';
import { plan } from './plan/plan.js';
import { judged, notApplicable, notRun, type Profiles, type ResultContext } from './run/results.js';
import { work, type Outcome } from './run/schedule.js';
import { version } from './version.js';
import { nowMs } from './wire/clock.js';
import { createWire } from './wire/wire.js';

export interface Suites {
  readonly checks: readonly Check[];
  readonly profiles: Profiles;
  /** Ids of the checks that a mutant has killed; the others are reported as unproven. */
  readonly proven: ReadonlySet<string>;
}

/** Examines a target and reports. Rejects only when the harness itself is wrong; whatever the target does is in the report. */
export async function run(suites: Suites, options: RunOptions): Promise<Run> {
  const session = begin(options);
  try {
    const context: ResultContext = {
      profiles: suites.profiles,
      selected: options.profile,
      proven: suites.proven,
    };
    const found = await Promise.race([find(session), interrupted(options.signal)]);
    if (found === 'interrupted') {
      const results = suites.checks.map((check) => notRun(check, revisions[0], context, 'interrupted'));
      return { report: report(session, [], results), transcripts: [] };
    }
    session.observeFacts(found);
    if (found.kind === 'unusable') {
      const results = suites.checks.map((check) => notRun(check, revisions[0], context, 'target-unusable'));
      return { report: report(session, [], results, found.sentence), transcripts: [] };
    }
    const outcomes = await examine(suites, found.facts, session, context);
    const results = outcomes.map((outcome) => resultOf(outcome, context));
    const transcripts = outcomes.flatMap((outcome) => (outcome.kind === 'done' ? [outcome.transcript] : []));
    return { report: report(session, found.facts, results), transcripts };
  } finally {
    await session.wire.close();
  }
}

/** What the target is found to offer, without running a check. */
export async function findFacts(options: RunOptions): Promise<Discovery> {
  const session = begin(options);
  try {
    return await find(session);
  } finally {
    await session.wire.close();
  }
}

/** Resolves when the signal fires; what is under way ends with its connections. */
function interrupted(signal: AbortSignal | undefined): Promise<'interrupted'> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve('interrupted');
    signal?.addEventListener('abort', () => resolve('interrupted'), { once: true });
  });
}

interface Session {
  readonly options: RunOptions;
  readonly seed: number;
  readonly wire: Wire;
  readonly startedAt: Date;
  readonly traffic: { exchanges: number; lost: number };
  readonly observeFacts: (found: Discovery) => void;
}

function wireTo(url: URL, { ca, insecure, proxy }: RunOptions): Wire {
  return createWire({
    url,
    headers: [],
    limits: defaultLimits,
    ...(ca !== undefined && { ca }),
    ...(insecure && { insecure }),
    ...(proxy !== undefined && { proxy }),
  });
}

function begin(options: RunOptions): Session {
  return {
    options,
    seed: options.seed ?? randomInt(2 ** 31),
    wire: wireTo(options.url, options),
    startedAt: new Date(),
    traffic: { exchanges: 0, lost: 0 },
    observeFacts: (found) => {
      if (found.kind === 'found')
        for (const facts of found.facts) options.observe?.({ kind: 'facts', facts });
    },
  };
}

function find({ options, wire, seed, traffic }: Session): Promise<Discovery> {
  return discover({
    wire,
    url: options.url,
    revision: options.revision,
    timeScale: options.timeScale,
    initialize: initializeParams,
    count: () => (traffic.exchanges += 1),
    nonce: `nonce${seed.toString(16)}`,
    headers: commonHeaders(options),
    told: told(options),
  });
}

/** What those send who have no credentials of their own: the first principal's, where nothing was given for all. */
function commonHeaders({ headers, principals }: RunOptions): readonly Header[] {
  return headers.length > 0 ? headers : (Object.values(principals ?? {})[0] ?? []);
}

function told({ principals, idleTimeoutMs }: RunOptions): readonly Need[] {
  const two = principals?.['alice'] !== undefined && principals['bob'] !== undefined;
  return [
    ...(two ? (['two-principals'] as const) : []),
    ...(idleTimeoutMs === undefined ? [] : (['idle-timeout'] as const)),
  ];
}

/** After that many checks in which nobody got an answer any more the target is given up. */
const lostMax = 3;

function examine(
  suites: Suites,
  facts: readonly Facts[],
  session: Session,
  context: ResultContext,
): Promise<readonly Outcome[]> {
  const { options, traffic } = session;
  const planned = plan(suites.checks, facts);
  options.observe?.({ kind: 'planned', plan: planned });
  const stage = createStage(session);
  return work(planned, {
    jobs:
      options.urlOf !== undefined || facts.every(({ severalClients }) => severalClients) ? options.jobs : 1,
    requestsMax: (options.requestsMax ?? Infinity) - traffic.exchanges,
    stopped: () =>
      options.signal?.aborted ? 'interrupted' : traffic.lost >= lostMax ? 'stopped' : undefined,
    start: ({ check, facts: one }) => executeAt(check, one, stage, options),
    done: (outcome) => {
      if (outcome.kind !== 'done') return;
      options.observe?.({
        kind: 'checked',
        transcript: outcome.transcript,
        result: resultOf(outcome, context),
      });
    },
  });
}

/** Executes a check on the target, or on the one that it has for itself. */
async function executeAt(check: Check, facts: Facts, stage: Stage, options: RunOptions): Promise<Transcript> {
  const url = options.urlOf?.(check.id);
  if (url === undefined) return execute(check, facts, stage);
  const wire = wireTo(url, options);
  try {
    return await execute(check, facts, { ...stage, wire, url });
  } finally {
    await wire.close();
  }
}

/** Analyses that search get this long. */
const analysisMs = 5_000;

function createStage({ options, seed, wire, traffic }: Session): Stage {
  return {
    wire,
    url: options.url,
    clock: { nowMs, wallMs: () => Date.now(), sleep: (ms) => sleep(ms) },
    meets,
    analyse: async (name, ids) => analysers[name](ids, { nowMs: Date.now(), budgetMs: analysisMs }),
    timeScale: options.timeScale,
    seed,
    headersOf: (actor) => options.principals?.[actor] ?? commonHeaders(options),
    secrets: [...options.headers, ...Object.values(options.principals ?? {}).flat()],
    idleTimeoutMs: options.idleTimeoutMs ?? 0,
    showIds: options.showIds,
    signal: options.signal ?? new AbortController().signal,
    count: () => (traffic.exchanges += 1),
    lost: () => (traffic.lost += 1),
  };
}

function resultOf(outcome: Outcome, context: ResultContext): Result {
  const { check, facts } = outcome.planned;
  if (outcome.kind === 'done') return judged(check, outcome.transcript, facts, context);
  if (outcome.kind === 'not-run') return notRun(check, facts.revision, context, outcome.reason);
  const { planned } = outcome;
  return planned.run
    ? notRun(check, facts.revision, context, 'stopped')
    : notApplicable(check, facts.revision, context, planned.reason, planned.says);
}

function report(
  session: Session,
  facts: readonly Facts[],
  results: readonly Result[],
  unusable?: string,
): Report {
  const { options, seed, startedAt, traffic } = session;
  const [first] = facts;
  const stopped = options.signal?.aborted ? 'interrupted' : traffic.lost >= lostMax ? 'lost' : undefined;
  return {
    format: 'sessionspec-report/1',
    tool: { name: 'sessionspec', version, node: nodeVersion },
    target: {
      url: addressOf(options.url),
      ...(first && { name: first.server.name, version: first.server.version }),
    },
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    profile: options.profile,
    seed,
    revisions: facts.map(({ revision }) => revision),
    facts,
    gate: unusable === undefined ? gate(results, options.policy, stopped) : { exit: 2, sentence: unusable },
    summary: tabulate(verdictKinds, (kind) => results.filter(({ verdict }) => verdict === kind).length),
    traffic: { exchanges: traffic.exchanges },
    results,
  };
}

/** The URL without the credentials that it may carry. */
function addressOf(url: URL): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  return shown.href;
}
