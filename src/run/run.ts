import { version as nodeVersion } from 'node:process';
import { initializeParams } from '../execute/request.js';
import { discover, type Discovery } from '../facts/discover.js';
import { discoveryRequestsMax } from '../facts/wanted.js';
import type { Facts } from '../model/facts.js';
import type { Result, Run } from '../model/report.js';
import { revisions } from '../model/revision.js';
import type { Operator, RunOptions } from '../model/run.js';
import type { Check, Monitor } from '../model/suite.js';
import type { Witness } from '../model/witness.js';
import type { Transcript } from '../model/transcript.js';
import type { Plan, Planned, PlannedWitness } from '../model/plan.js';
import type { NotRunReason } from '../model/reason.js';
import type { RequirementKey } from '../model/requirement.js';
import { version } from '../version.js';
import { plan } from '../plan/plan.js';
import { written } from '../model/walk.js';
import { assembleReport, type Circumstances } from './report.js';
import { nowMs } from '../carriers/clock.js';
import {
  asking,
  judged,
  notApplicable,
  notRun,
  watched,
  type Profiles,
  type ResultContext,
} from './results.js';
import { work } from './schedule.js';
import type { Attempt, CheckOutcome } from './target-run.js';
import { beginRun, closeRun, actorHeaders, lostMax, configured, type RunState } from './session.js';
import type { ExecutorDeps } from '../execute/check-run.js';
import { isSteady, triedNext } from '../judge/judge.js';
import { createDeps, executeAt } from './deps.js';
import { startWitnesses, type Witnesses } from './witnesses.js';
import { createLosses, type Losses } from './losses.js';
import { processLives } from './process-lives.js';

/** The checks and profiles of a run. */
export interface Suites {
  readonly checks: readonly Check[];
  /** What must hold over all of a run; judged where all checks share one target. */
  readonly monitors?: readonly Monitor[];
  /** Ids of the checks that were at hand and not selected. */
  readonly leftOut?: readonly string[];
  readonly profiles: Profiles;
  /** Ids of the checks that a mutant has killed; the others are reported as unproven. */
  readonly proven: ReadonlySet<string>;
  /** Sessions that live through the run beside the checks. */
  readonly witnesses?: readonly Witness[];
  /** What checks and the run as a whole may demand. */
  readonly requirements?: readonly RequirementKey[];
}

/** Examines a target and reports. Rejects only when the harness itself is wrong; all that the target does is in the report. */
export async function run(suites: Suites, options: RunOptions): Promise<Run> {
  const session = beginRun(options);
  const { profile, policy, observe } = options;
  const context: ResultContext = {
    profiles: suites.profiles,
    selected: profile,
    proven: suites.proven,
    policy,
  };
  const unexamined = (reason: NotRunReason, unusable?: string): Run => {
    const results = [...suites.checks, ...monitorsOf(suites, options)].map((check) =>
      notRun(check, revisions[0], context, reason),
    );
    return {
      report: assembleReport(circumstancesOf(session, suites, unusable), [], results),
      transcripts: [],
    };
  };
  try {
    const found = await Promise.race([askTarget(session, suites.checks), interrupted(options.signal)]);
    if (found === 'interrupted') return unexamined('interrupted');
    if (found.kind === 'unusable') return unexamined('target-unusable', found.sentence);
    for (const facts of found.facts) observe?.({ kind: 'facts', facts });
    const { results, transcripts } = await judgeAll(suites, found.facts, session, context);
    const over = watched(monitorsOf(suites, options), transcripts, found.facts, context);
    const report = assembleReport(circumstancesOf(session, suites), found.facts, [...results, ...over]);
    return { report, transcripts };
  } finally {
    await closeRun(session);
  }
}

/** Checks that have a target each make no history together. */
function monitorsOf({ monitors = [] }: Suites, { targetOf }: RunOptions): readonly Monitor[] {
  return targetOf === undefined ? monitors : [];
}

function circumstancesOf(
  { options, seed, startedAt, traffic, incidents }: RunState,
  { checks, monitors = [], leftOut = [] }: Suites,
  unusable?: string,
): Circumstances {
  return {
    tool: { name: 'sessionspec', version, node: nodeVersion },
    url: addressOf(options.url),
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    profile: options.profile,
    policy: options.policy,
    selection: {
      selected: checks.length + monitors.length,
      of: checks.length + monitors.length + leftOut.length,
      leftOut,
    },
    seed,
    traffic: { exchanges: traffic.exchanges },
    incidents,
    interrupted: options.signal?.aborted === true,
    unusable,
  };
}

/** The URL without the credentials that it may carry. */
function addressOf(url: URL): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  return shown.href;
}

/** What the target offers, without running a check, and how many requests it took to find out: all, or what these checks need. */
export async function findFacts(
  options: RunOptions,
  checks?: readonly Check[],
): Promise<Discovery & { readonly requests: number }> {
  const session = beginRun(options);
  try {
    const found = await Promise.race([askTarget(session, checks), interrupted(options.signal)]);
    const discovery =
      found === 'interrupted' ? ({ kind: 'unusable', sentence: 'interrupted' } as const) : found;
    return { ...discovery, requests: session.traffic.exchanges };
  } finally {
    await closeRun(session);
  }
}

/** Resolves when the signal fires; what is under way ends with its connections. */
function interrupted(signal: AbortSignal | undefined): Promise<'interrupted'> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve('interrupted');
    signal?.addEventListener('abort', () => resolve('interrupted'), { once: true });
  });
}

/** Asks what these checks need; everything where none are named. */
async function askTarget(
  { options, nodes: [{ carrier }, node], seed, traffic, sessions }: RunState,
  checks?: readonly Check[],
): Promise<Discovery> {
  const { revision, explore = false, requestsMax = Infinity } = options;
  const other = node?.carrier;
  const requests = discoveryRequestsMax({ revision, explore, other, ...(checks && { checks }) });
  // Half a discovery is of no use and would leave sessions open.
  if (requests > requestsMax) {
    const sentence = `--max-requests is too low: finding out what the target offers takes up to ${requests} requests, and the run may send ${requestsMax}`;
    return { kind: 'unusable', sentence };
  }
  return discover({
    carrier,
    other,
    url: options.url,
    revision,
    ...(checks && { checks }),
    timeScale: options.timeScale,
    initialize: initializeParams,
    turn: traffic.turn,
    issued: sessions.issue,
    nowMs,
    nonce: `nonce${seed.toString(16)}`,
    headers: actorHeaders(options),
    configured: configured(options),
    burst: options.burst,
    described: options.described ?? {},
    explore,
    readOnly: options.readOnly ?? false,
    paced: options.requestsPerSecondMax !== undefined,
  });
}

interface Examined {
  readonly results: readonly Result[];
  readonly transcripts: readonly Transcript[];
}

/** Runs what applies, and judges each check as soon as it has ended. */
async function judgeAll(
  suites: Suites,
  facts: readonly Facts[],
  session: RunState,
  context: ResultContext,
): Promise<Examined> {
  const { options, traffic } = session;
  const planned = plan(suites.checks, facts, witnessesFor(suites, options));
  options.observe?.({ kind: 'planned', plan: planned });
  const losses = createLosses(session);
  const { operator } = losses;
  const deps = { ...createDeps(session, facts), ...(operator && { operator }) };
  const results = new Map<Planned, Result>();
  const witnesses = await startWitnesses(affordable(planned, session), deps);
  const outcomes = await work(planned, {
    jobs: jobsFor(facts, options),
    left: () => (options.requestsMax ?? Infinity) - traffic.exchanges,
    stopped: () =>
      options.signal?.aborted ? 'interrupted' : traffic.lost >= lostMax(options) ? 'stopped' : undefined,
    bears: traffic.pace.jobs,
    start: async ({ check, facts: one }, attempt) => {
      if (check.alone) await witnesses.rest();
      // What it does to the process ends their sessions.
      if (written(check.steps).some(({ kind }) => kind === 'process')) await witnesses.end();
      const transcript = await executeAt(check, one, depsFor(attempt, deps), session);
      witnesses.checkEnded();
      losses.saw(transcript);
      return transcript;
    },
    next: ({ check, facts: one }, transcript) =>
      triedNext(check, transcript, asking(check, one.revision, suites.profiles), one),
    isSteady: ({ check, facts: one }, transcript) =>
      isSteady(check, transcript, asking(check, one.revision, suites.profiles), one),
    over: () => traffic.lost > 0,
    lost: losses.lost,
    ...(operator &&
      options.targetOf === undefined && {
        revive: revival(session, operator, losses, witnesses),
        restarts: true as const,
      }),
    ...(operator?.watch && { linger: losses.linger }),
    done: (outcome) => {
      const result = outcomeResult(outcome, context);
      results.set(outcome.planned, result);
      if (outcome.kind === 'done')
        options.observe?.({ kind: 'checked', transcript: outcome.transcript, result });
    },
  });
  const seen = await witnesses.end();
  for (const transcript of seen) options.observe?.({ kind: 'witnessed', transcript });
  await losses.close();
  const revision = facts[0]?.revision ?? revisions[0];
  return {
    results: [
      ...outcomes.flatMap((outcome) => results.get(outcome.planned) ?? []),
      ...processLives(session.incidents, revision, suites.requirements ?? [], context),
    ],
    transcripts: [
      ...outcomes.flatMap((outcome) => (outcome.kind === 'done' ? [outcome.transcript] : [])),
      ...seen,
    ],
  };
}

/** Where each check has a target of its own there is nothing to see beside it. */
function witnessesFor({ witnesses = [] }: Suites, { targetOf }: RunOptions): readonly Witness[] {
  return targetOf === undefined ? witnesses : [];
}

/** Where requests are scarce the checks come first. */
function affordable(
  { witnesses, requestsMax }: Plan,
  { options, traffic }: RunState,
): readonly PlannedWitness[] {
  const left = (options.requestsMax ?? Infinity) - traffic.exchanges;
  return requestsMax > left ? [] : witnesses;
}

/** Later attempts draw words of their own, number their entries on, and may wait longer. */
function depsFor({ number, entriesBefore, patience }: Attempt, deps: ExecutorDeps): ExecutorDeps {
  if (number === 1) return deps;
  return { ...deps, attempt: { number, entriesBefore }, timeScale: deps.timeScale * patience };
}

/** A target that a second client disturbs is examined by one check at a time. */
function jobsFor(facts: readonly Facts[], { jobs, targetOf }: RunOptions): number {
  const bearsSeveral = facts.every(({ severalClients, paced }) => severalClients === true && !paced);
  return targetOf !== undefined || bearsSeveral ? jobs : 1;
}

/** A process that still answers, with errors, is ended first. */
function revival(
  { options, traffic }: RunState,
  operator: Operator,
  losses: Losses,
  witnesses: Witnesses,
): () => Promise<boolean> {
  return async () => {
    await losses.settled();
    // Their sessions ended with the process, and a check that is to be alone has no company.
    await witnesses.end();
    if (options.signal?.aborted || (await operator.kill()) === 'running' || !(await operator.start()).answers)
      return false;
    losses.renew();
    traffic.lost = 0;
    return true;
  };
}

function outcomeResult(outcome: CheckOutcome, context: ResultContext): Result {
  const { check, facts } = outcome.planned;
  if (outcome.kind === 'done') return judged(check, outcome.transcript, facts, context);
  if (outcome.kind === 'not-run') return notRun(check, facts.revision, context, outcome.reason);
  const { planned } = outcome;
  return planned.run
    ? notRun(check, facts.revision, context, 'stopped')
    : notApplicable(check, facts.revision, context, planned.reason, planned.says);
}
