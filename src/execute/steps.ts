import pLimit from 'p-limit';
import { eventsOf, type End, type Reply } from '../model/reply.js';
import { isAnsweredBy, saysSomething } from '../model/message.js';
import { timesOf, type ExchangeStep, type Step, type StepKind } from '../model/suite.js';
import { applies } from '../model/walk.js';
import { untilAsked } from './asked.js';
import { runExchange } from './run-exchange.js';
import { idle } from './idle.js';
import { issuingOf } from './issuing.js';
import { savedNames, settlePlaces, valuesIn } from './saved.js';
import type { Live, CheckRun } from './check-run.js';

/** Runs steps one after the other, until the check is cut. */
export async function runSteps(
  steps: readonly Step[],
  run: CheckRun,
  iteration: number | undefined,
): Promise<void> {
  for (const step of steps) {
    if (run.cut !== undefined) return;
    if (run.deps.signal.aborted) {
      run.cut = { step: step.path, because: 'interrupted' };
      return;
    }
    if (applies(step, run.facts)) await runStep(step, run, iteration);
  }
}

async function runStep(step: Step, run: CheckRun, iteration: number | undefined): Promise<void> {
  const where = iteration === undefined ? step.path : `${step.path}#${iteration}`;
  await executorOf(step)(step, run, where, iteration);
}

type Executor<K extends StepKind> = (
  step: Step<K>,
  run: CheckRun,
  /** The place of the step, with the iteration. */
  where: string,
  iteration: number | undefined,
) => Promise<void> | void;

const runRequest: Executor<ExchangeStep['kind']> = (step, run, _, iteration) =>
  runExchange(step, run, iteration);

const executors: { readonly [K in StepKind]: Executor<K> } = {
  open: runRequest,
  send: runRequest,
  answer: runRequest,
  notify: runRequest,
  post: runRequest,
  listen: runRequest,
  delete: runRequest,
  raw: runRequest,
  parallel: runParallel,
  repeat: runRepeat,
  await: awaitStream,
  quiet: watchQuiet,
  'pause-ms': ({ forMs }, { deps }) => deps.clock.sleep(forMs * deps.timeScale),
  'idle-timeouts': ({ times }, { deps }) => idle(times, deps),
  process: operate,
  'end-input': endInput,
  close: closeStream,
  analyse: runAnalysis,
};

function executorOf<K extends StepKind>({ kind }: { readonly kind: K }): Executor<K> {
  return executors[kind];
}

async function runParallel(
  { steps }: Step<'parallel'>,
  run: CheckRun,
  _: string,
  iteration: number | undefined,
): Promise<void> {
  await Promise.all(steps.map((branch) => runSteps([branch], run, iteration)));
}

/** Looks at the raw ids of a group, and keeps what was found without them. */
async function runAnalysis(step: Step<'analyse'>, run: CheckRun, where: string): Promise<void> {
  const ids =
    step.value === undefined ? (run.issued.get(step.over) ?? []) : valuesIn(step.over, step.value, run);
  const finds = Object.entries(await run.deps.analyse(step.analysis, ids, issuingOf(step.over, run))).map(
    ([name, value]) => [name, typeof value === 'string' ? run.masks.hide(value) : value] as const,
  );
  run.entries.push({
    kind: 'finding',
    seq: run.nextSeq++,
    step: where,
    analysis: step.analysis,
    samples: ids.length,
    finds: Object.fromEntries(finds),
  });
}

/** One silent exchange shows what there is to see; repeating it would only cost its deadline again. */
async function runRepeat(step: Step<'repeat'>, run: CheckRun): Promise<void> {
  const limit = pLimit(step.concurrency);
  const silent = silenceIn(step.path, run);
  const iterations = Array.from({ length: timesOf(step, run.facts) }, (_, index) => index);
  await Promise.all(
    iterations.map((index) => limit(() => (silent() ? undefined : runSteps(step.steps, run, index)))),
  );
  settlePlaces(savedNames(step.steps), iterations.length, run);
}

/** Tells whether a step within `path` met silence. Each exchange is looked at until it has settled, and no longer. */
function silenceIn(path: string, { lives }: CheckRun): () => boolean {
  let next = 0;
  let open: Live[] = [];
  let met = false;
  return () => {
    open.push(...lives.slice(next).filter((live) => live.step.startsWith(`${path}.`)));
    next = lives.length;
    met ||= open.some(({ call, closed, settled }) => settled() && !closed && isSilence(call.snapshot()));
    open = open.filter(({ settled }) => !settled());
    return met;
  };
}

function isSilence(reply: Reply): boolean {
  return reply.kind === 'timeout' || (reply.kind === 'response' && reply.content.end === 'aborted');
}

/** Does something to the process of the target. A process that does not end shows nothing; where it does not come back, no client gets an answer. */
async function operate(step: Step<'process'>, run: CheckRun, where: string): Promise<void> {
  const { operator, clock, timeScale } = run.deps;
  if (operator === undefined) return;
  const startedMs = clock.nowMs();
  const ending =
    step.does === 'start'
      ? undefined
      : step.does === 'stop'
        ? await operator.stop(step.withinMs * timeScale)
        : await operator.kill();
  const done =
    ending === undefined ? (await operator.start()).answers : ending === 'ended' || step.does === 'kill';
  run.stopped = ending !== undefined && ending !== 'running';
  const afterMs = clock.nowMs() - startedMs;
  run.entries.push({ kind: 'operated', seq: run.nextSeq++, step: where, does: step.does, done, afterMs });
  if (ending === 'running') run.cut = { step: where, because: 'setup' };
  if (ending !== undefined || done) return;
  run.cut = { step: where, because: 'target-lost' };
  run.deps.lost();
}

/** Closes the input of a process. What it says and how it ends is on record, whatever it takes. */
async function endInput(step: Step<'end-input'>, run: CheckRun, where: string): Promise<void> {
  const connections = [...(run.actors.get(step.as)?.connections.values() ?? [])];
  for (const connection of connections) {
    const ended = connection.ended?.();
    // It is on record as an end of its own.
    if (ended !== undefined) continue;
    const closing = await connection.endInput?.(step.withinMs * run.deps.timeScale);
    if (isInterrupted(run, where)) return;
    if (closing === undefined) continue;
    const { needed, afterMs, lines = [], ...rest } = closing;
    run.entries.push({
      kind: 'exited',
      seq: run.nextSeq++,
      step: where,
      actor: step.as,
      ...rest,
      stderr: run.masks.hide(rest.stderr),
      closing: { needed, afterMs, lines: lines.map((line) => run.masks.hide(line)) },
    });
  }
}

async function awaitStream(step: Step<'await'>, run: CheckRun, where: string): Promise<void> {
  const { clock, timeScale } = run.deps;
  const live = openStream(run, step.stream);
  // A stream that was given up says nothing.
  if (live === undefined && run.facts.get?.late) return;
  const startedMs = clock.nowMs();
  const came =
    live !== undefined && (await cameInTime(live, step, step.withinMs * timeScale + underWayMs(run), run));
  if (isInterrupted(run, where)) return;
  if (live !== undefined) live.awaited = messages(live.call.snapshot());
  run.entries.push({
    kind: 'awaited',
    seq: run.nextSeq++,
    step: where,
    stream: step.stream,
    came,
    afterMs: clock.nowMs() - startedMs,
  });
  if (step.require === true && !came) run.cut = { step: where, because: 'setup' };
}

/** What is awaited may be caused by a call that takes its time, or come some time behind one. */
function underWayMs({ lives }: CheckRun): number {
  return Math.max(0, ...lives.map(({ settled, takesMs, behindMs }) => behindMs + (settled() ? 0 : takesMs)));
}

function cameInTime(live: Live, step: Step<'await'>, withinMs: number, run: CheckRun): Promise<boolean> {
  const { call, rpcId } = live;
  if (step.until === 'request') return untilAsked(live.actor, step.withinMs, run);
  const tests: Readonly<Record<Exclude<typeof step.until, 'request'>, (reply: Reply) => boolean>> = {
    event: (reply) => messages(reply) > live.awaited,
    end: (reply) => reply.kind === 'dropped' || (reply.kind === 'response' && ended.has(reply.content.end)),
    answer: (reply) =>
      reply.kind === 'response' &&
      (reply.content.kind === 'body'
        ? ended.has(reply.content.end)
        : rpcId !== undefined && reply.content.events.some((event) => isAnsweredBy(event, rpcId))),
  };
  return call.waitFor(tests[step.until], withinMs);
}

const ended: ReadonlySet<End> = new Set(['complete', 'truncated']);

function messages(reply: Reply): number {
  return eventsOf(reply).filter(saysSomething).length;
}

async function watchQuiet(step: Step<'quiet'>, run: CheckRun, where: string): Promise<void> {
  const { clock, timeScale } = run.deps;
  const fromMs = clock.nowMs();
  await clock.sleep(step.forMs * timeScale);
  if (isInterrupted(run, where)) return;
  run.entries.push({
    kind: 'quiet',
    seq: run.nextSeq++,
    step: where,
    stream: step.stream,
    fromMs,
    toMs: clock.nowMs(),
  });
}

/** What an interrupt cut short shows nothing. */
function isInterrupted(run: CheckRun, where: string): boolean {
  if (run.deps.signal.aborted) run.cut ??= { step: where, because: 'interrupted' };
  return run.deps.signal.aborted;
}

function closeStream({ target }: Step<'close'>, run: CheckRun): void {
  const live = openStream(run, target);
  if (live === undefined) return;
  live.closed = true;
  live.call.abort();
}

/** The exchange of the step with that name, the latest if it was repeated. */
function openStream({ lives }: CheckRun, name: string): Live | undefined {
  return lives.findLast(({ of }) => of.name === name);
}
