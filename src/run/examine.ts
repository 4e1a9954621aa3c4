import type { ExecutorDeps } from '../execute/check-run.js';
import { createSilences } from '../execute/silences.js';
import { isSteady, triedNext } from '../judge/judge.js';
import { loadJudging } from '../judge/ready.js';
import type { Facts } from '../model/facts.js';
import { attemptsMax, type Plan, type Planned, type PlannedWitness } from '../model/plan.js';
import type { Result } from '../model/report.js';
import { sessionRevisions } from '../model/revision.js';
import type { Operator, RunOptions } from '../model/run.js';
import type { Transcript } from '../model/transcript.js';
import { written } from '../model/walk.js';
import type { Witness } from '../model/witness.js';
import { plan } from '../plan/plan.js';
import { noticeLossBefore } from './before-checks.js';
import { createDeps, executeAt, loadAnalysers } from './deps.js';
import { excuseEvicted } from './evicted.js';
import { createLosses, type Losses } from './losses.js';
import { asking, judged, notApplicable, notRun, type ResultContext } from './results.js';
import { work } from './schedule.js';
import { noticeExits } from './process-exits.js';
import { createReturning, isWalled } from './returning.js';
import { forecastOf, isTooLong } from './pace-bound.js';
import { lostMax, type RunState } from './session.js';
import type { Suites } from './suites.js';
import type { Attempt, CheckOutcome } from './target-run.js';
import { startWitnesses, type Witnesses } from './witnesses.js';

interface Examined {
  readonly results: readonly Result[];
  readonly transcripts: readonly Transcript[];
}

function analysesIds({ steps }: Pick<Planned['check'], 'steps'>): boolean {
  return written(steps).some(({ kind }) => kind === 'analyse');
}

/** Runs what applies, and judges each check as soon as it has ended. */
export async function judgeAll(
  suites: Suites,
  facts: readonly Facts[],
  session: RunState,
  context: ResultContext,
): Promise<Examined> {
  const { options, traffic } = session;
  const planned = plan(suites.checks, facts, witnessesFor(suites, options));
  options.observe?.({ kind: 'planned', plan: planned });
  const losses = createLosses(session);
  const first = facts[0]?.revision ?? sessionRevisions[0];
  const returning = createReturning(session, losses, first);
  const { operator } = losses;
  const deps = { ...createDeps(session, facts), ...(operator && { operator }) };
  const results = new Map<Planned, Result>();
  const applicable = planned.entries.flatMap(({ run, check }) => (run ? [check] : []));
  loadJudging(applicable);
  if (applicable.some(analysesIds)) await loadAnalysers();
  await noticeLossBefore(facts, session);
  const witnesses = await startWitnesses(affordable(planned, session), deps);
  deps.places.onCrowded(() => void witnesses.end());
  const bears = (jobs: number) => deps.places.jobs(traffic.pace.jobs(jobs));
  const forecast = forecastOf(planned, facts, () => bears(jobsFor(facts, options)), session);
  const outcomes = await work(planned, {
    jobs: jobsFor(facts, options),
    left: () => (options.requestsMax ?? Infinity) - traffic.exchanges,
    stopped: () =>
      options.signal?.aborted
        ? 'interrupted'
        : traffic.walled || traffic.lost >= lostMax(options)
          ? 'stopped'
          : isTooLong(planned, forecast, session)
            ? 'too-long'
            : undefined,
    bears,
    start: async ({ check, facts: one }, attempt) => {
      options.observe?.({ kind: 'started', check: check.id });
      if (check.alone) await witnesses.rest();
      // What it does to the process ends their sessions.
      if (written(check.steps).some(({ kind }) => kind === 'process')) await witnesses.end();
      const transcript = await executeAt(
        check,
        one,
        depsFor(attempt, deps, options, returning.times()),
        session,
      );
      witnesses.checkEnded();
      losses.saw(transcript);
      noticeExits(transcript, session);
      // Where each check has a target of its own, none tells of the others.
      if (options.targetOf === undefined) await isWalled(session, first);
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
    ...(operator === undefined && options.targetOf === undefined && { revive: returning.revive }),
    ...(operator?.watch && { linger: losses.linger }),
    done: (outcome) => {
      const result = outcomeResult(outcome, context);
      results.set(outcome.planned, result);
      forecast.done(outcome.planned);
      if (outcome.kind === 'done')
        options.observe?.({ kind: 'checked', transcript: outcome.transcript, result });
      options.observe?.({ kind: 'outlook', outlook: forecast.now() });
    },
  });
  const beside = await witnesses.end();
  const seen = traffic.lost > 0 ? beside : [...beside, ...(await witnesses.behind())];
  for (const transcript of seen) options.observe?.({ kind: 'witnessed', transcript });
  await losses.close();
  const transcripts = [
    ...outcomes.flatMap((outcome) => (outcome.kind === 'done' ? [outcome.transcript] : [])),
    ...seen,
  ];
  const judgedAlone = outcomes.flatMap((outcome) => results.get(outcome.planned) ?? []);
  return {
    results: options.targetOf === undefined ? excuseEvicted(judgedAlone, transcripts) : judgedAlone,
    transcripts,
  };
}

/** Where each check has a target of its own, or each client a process, there is nothing to see beside it. */
function witnessesFor({ witnesses = [] }: Suites, { targetOf, address }: RunOptions): readonly Witness[] {
  return targetOf === undefined && address.kind === 'http' ? witnesses : [];
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
function depsFor(
  { number, entriesBefore, patience }: Attempt,
  deps: ExecutorDeps,
  options: Pick<RunOptions, 'timeScale'>,
  times: number,
): ExecutorDeps {
  const longest = Math.max(deps.timeScale, options.timeScale * timesMax);
  const timeScale = Math.min(deps.timeScale * patience * times, longest);
  // What decides is waited for as long as ever, whatever the run has learnt.
  const whole = number === attemptsMax || patience > 1;
  return {
    ...deps,
    timeScale,
    ...(number > 1 && { attempt: { number, entriesBefore } }),
    ...(whole && { silences: createSilences() }),
  };
}

/** Deadlines grow no further than to so many times what the suites say, whatever makes them grow. */
const timesMax = 6;

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
    : notApplicable(check, facts.revision, context, planned);
}
