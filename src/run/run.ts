import { version as nodeVersion } from 'node:process';
import { initializeParams } from '../execute/content.js';
import { discover, type Discovery } from '../facts/discover.js';
import { discoveryRequestsMax } from '../facts/wanted.js';
import { ofOtherCarrier } from '../model/of-carrier.js';
import type { Result, Run } from '../model/report.js';
import { sessionRevisions } from '../model/revision.js';
import type { RunEvent, RunOptions } from '../model/run.js';
import type { Check, Monitor } from '../model/suite.js';
import type { NotRunReason } from '../model/reason.js';
import { shownAddress } from '../model/secrets.js';
import { version } from '../version.js';
import { assembleReport, type Circumstances } from './report.js';
import { nowMs, stalledMs } from '../carriers/clock.js';
import { notRun, watched, type ResultContext } from './results.js';
import { judgeAll } from './examine.js';
import type { Suites } from './suites.js';
import { watchForEnd } from './end-watch.js';
import { beginRun, closeRun, secretsOf, actorHeaders, configured, type RunState } from './session.js';

/** Examines a target and reports. Rejects only when the harness itself is wrong; all that the target does is in the report. */
export async function run(suites: Suites, options: RunOptions): Promise<Run> {
  const { hideIn } = secretsOf(options);
  const observe = options.observe && ((event: RunEvent) => options.observe?.(hideIn(event)));
  return hideIn(await examine(suites, { ...options, ...(observe && { observe }) }));
}

async function examine(suites: Suites, options: RunOptions): Promise<Run> {
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
      notRun(check, sessionRevisions[0], context, reason),
    );
    return {
      report: assembleReport(circumstancesOf(session, suites, unusable), [], results),
      transcripts: [],
    };
  };
  const ending = watchForEnd(options.operator);
  try {
    const found = await Promise.race([
      askTarget(session, suites.whole ?? suites.checks),
      interrupted(options.signal),
    ]);
    if (found === 'interrupted') return unexamined('interrupted');
    if (found.kind === 'unusable') {
      const end = await ending.says();
      const sentence = end === undefined ? found.sentence : `${end}; ${found.sentence}`;
      return unexamined('target-unusable', sentence);
    }
    ending.close();
    for (const facts of found.facts) observe?.({ kind: 'facts', facts });
    const { results, transcripts } = await judgeAll(suites, found.facts, session, context);
    const lived = { transcripts, facts: found.facts, incidents: session.incidents };
    const over = [
      ...watched(monitorsOf(suites, options), lived, context),
      ...watched(options.targetOf === undefined ? (suites.besides ?? []) : [], lived, context).filter(
        isAlarm,
      ),
    ];
    const report = assembleReport(circumstancesOf(session, suites), found.facts, [...results, ...over]);
    return { report, transcripts };
  } finally {
    ending.close();
    await closeRun(session);
  }
}

/** What was not selected speaks where something went wrong. */
function isAlarm({ verdict }: Result): boolean {
  return verdict === 'fail' || verdict === 'inconclusive';
}

/** Checks that have a target each make no history together. */
function monitorsOf({ monitors = [] }: Suites, { targetOf }: RunOptions): readonly Monitor[] {
  return targetOf === undefined ? monitors : [];
}

function circumstancesOf(
  { options, seed, startedAt, begunMs, traffic, incidents }: RunState,
  { checks, monitors = [], leftOut = [] }: Suites,
  unusable?: string,
): Circumstances {
  return {
    tool: { name: 'sessionspec', version, node: nodeVersion },
    url: shownAddress(options.address),
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - begunMs,
    profile: options.profile,
    policy: options.policy,
    baseline: options.baseline,
    selection: {
      selected: checks.length + monitors.length,
      of: checks.length + monitors.length + leftOut.length,
      leftOut,
      ...(options.shard && { shard: options.shard }),
    },
    seed,
    traffic: { exchanges: traffic.exchanges },
    incidents,
    interrupted: options.signal?.aborted === true,
    unusable,
  };
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
    return secretsOf(options).hideIn({ ...discovery, requests: session.traffic.exchanges });
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

const startingMs = 20_000;

/** Asks what these checks need; everything where none are named. */
async function askTarget(
  { options, nodes: [{ carrier }, node], seed, traffic, sessions }: RunState,
  selected?: readonly Check[],
): Promise<Discovery> {
  const over = options.address.kind;
  const checks = selected?.filter((check) => ofOtherCarrier(check, over) === undefined);
  const { revision, explore = false, requestsMax = Infinity } = options;
  const other = node?.carrier;
  const requests = discoveryRequestsMax({ revision, over, explore, other, ...(checks && { checks }) });
  // Half a discovery is of no use and would leave sessions open.
  if (requests > requestsMax) {
    const sentence = `--max-requests is too low: finding out what the target offers takes up to ${requests} requests, and the run may send ${requestsMax}`;
    return { kind: 'unusable', sentence };
  }
  return discover({
    carrier,
    other,
    address: options.address,
    revision,
    ...(checks && { checks }),
    timeScale: options.timeScale,
    initialize: initializeParams,
    turn: traffic.turn,
    issued: sessions.issue,
    ...(!options.showIds && { hideIds: sessions.hide }),
    clock: { nowMs, stalledMs },
    nonce: `nonce${seed.toString(16)}`,
    headers: actorHeaders(options),
    configured: configured(options),
    burst: options.burst,
    described: options.described ?? {},
    explore,
    readOnly: options.readOnly ?? false,
    paced: options.requestsPerSecondMax !== undefined,
    // Who can start the target has just done so.
    startingMs: options.operator === undefined ? 0 : startingMs,
    wait: (ms) => traffic.wait(ms, new AbortController().signal),
  });
}
