import { initializeParams } from '../execute/request.js';
import { discover, type Discovery } from '../facts/discover.js';
import { discoveryRequestsMax } from '../facts/request-bound.js';
import type { Facts } from '../model/facts.js';
import type { Result, Run } from '../model/report.js';
import { revisions } from '../model/revision.js';
import type { Operator, RunOptions } from '../model/run.js';
import type { Check } from '../model/suite.js';
import { plan } from '../plan/plan.js';
import { report } from './report.js';
import { judged, notApplicable, notRun, type Profiles, type ResultContext } from './results.js';
import { work, type Outcome } from './schedule.js';
import { begin, close, headersOf, lostMax, configured, type Session } from './session.js';
import { createDeps, executeAt } from './deps.js';

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
    if (found.kind === 'unusable') {
      const results = suites.checks.map((check) => notRun(check, revisions[0], context, 'target-unusable'));
      return { report: report(session, [], results, found.sentence), transcripts: [] };
    }
    for (const facts of found.facts) options.observe?.({ kind: 'facts', facts });
    const judge = once((outcome: Outcome) => resultOf(outcome, context));
    const outcomes = await examine(suites, found.facts, session, judge);
    const results = outcomes.map(judge);
    const transcripts = outcomes.flatMap((outcome) => (outcome.kind === 'done' ? [outcome.transcript] : []));
    return { report: report(session, found.facts, results), transcripts };
  } finally {
    await close(session);
  }
}

/** The same argument is worked on once. */
function once<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const entry = known.get(key) ?? { value: make(key) };
    known.set(key, entry);
    return entry.value;
  };
}

/** What the target is found to offer, without running a check, and how many requests that took. */
export async function findFacts(options: RunOptions): Promise<Discovery & { readonly requests: number }> {
  const session = begin(options);
  try {
    const found = await Promise.race([find(session), interrupted(options.signal)]);
    const discovery =
      found === 'interrupted' ? ({ kind: 'unusable', sentence: 'interrupted' } as const) : found;
    return { ...discovery, requests: session.traffic.exchanges };
  } finally {
    await close(session);
  }
}

/** Resolves when the signal fires; what is under way ends with its connections. */
function interrupted(signal: AbortSignal | undefined): Promise<'interrupted'> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve('interrupted');
    signal?.addEventListener('abort', () => resolve('interrupted'), { once: true });
  });
}

async function find({ options, nodes: [{ wire }, node], seed, traffic }: Session): Promise<Discovery> {
  const { revision, explore = false, requestsMax = Infinity } = options;
  const other = node?.wire;
  const most = discoveryRequestsMax({ revision, explore, other });
  // Half a discovery tells nothing, and would leave sessions open.
  if (most > requestsMax) {
    const sentence = `finding out what the target offers takes up to ${most} requests, and the run may send ${requestsMax}`;
    return { kind: 'unusable', sentence };
  }
  return discover({
    wire,
    other,
    url: options.url,
    revision,
    timeScale: options.timeScale,
    initialize: initializeParams,
    turn: traffic.turn,
    nonce: `nonce${seed.toString(16)}`,
    headers: headersOf(options),
    configured: configured(options),
    burst: options.burst,
    described: options.described ?? {},
    explore,
    readOnly: options.readOnly ?? false,
    paced: options.requestsPerSecondMax !== undefined,
  });
}

function examine(
  suites: Suites,
  facts: readonly Facts[],
  session: Session,
  judge: (outcome: Outcome) => Result,
): Promise<readonly Outcome[]> {
  const { options, traffic, outages } = session;
  const planned = plan(suites.checks, facts);
  options.observe?.({ kind: 'planned', plan: planned });
  const deps = createDeps(session, facts);
  return work(planned, {
    jobs:
      options.targetOf !== undefined || facts.every(({ severalClients, paced }) => severalClients && !paced)
        ? options.jobs
        : 1,
    left: () => (options.requestsMax ?? Infinity) - traffic.exchanges,
    stopped: () =>
      options.signal?.aborted ? 'interrupted' : traffic.lost >= lostMax(options) ? 'stopped' : undefined,
    start: ({ check, facts: one }) => executeAt(check, one, deps, options),
    over: () => traffic.lost > 0,
    lost: (suspects) => outages.push({ suspects }),
    ...(options.operator && options.targetOf === undefined && { revive: revival(session, options.operator) }),
    done: (outcome) => {
      if (outcome.kind !== 'done') return;
      options.observe?.({
        kind: 'checked',
        transcript: outcome.transcript,
        result: judge(outcome),
      });
    },
  });
}

/** Whoever still answers, wrongly, is ended first. */
function revival({ options, traffic }: Session, operator: Operator): () => Promise<boolean> {
  return async () => {
    if (options.signal?.aborted || (await operator.kill()) === 'running' || !(await operator.start()))
      return false;
    traffic.lost = 0;
    return true;
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
