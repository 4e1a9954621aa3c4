import pLimit from 'p-limit';
import { eventsOf, type End, type Reply } from '../model/http.js';
import { pingIn } from '../model/ping.js';
import { isExchange } from '../model/request-kind.js';
import { timesOf, type Step } from '../model/suite.js';
import { answers } from './exchange.js';
import { runExchange } from './run-exchange.js';
import type { Live, Scene } from './scene.js';

/** Runs steps one after the other, until the check is cut. */
export async function runSteps(
  steps: readonly Step[],
  scene: Scene,
  iteration: number | undefined,
): Promise<void> {
  for (const step of steps) {
    if (scene.cut !== undefined) return;
    if (scene.stage.signal.aborted) {
      scene.cut = { step: step.path, because: 'interrupted' };
      return;
    }
    if (step.when.every((need) => scene.facts.met.includes(need))) await runStep(step, scene, iteration);
  }
}

async function runStep(step: Step, scene: Scene, iteration: number | undefined): Promise<void> {
  if (isExchange(step)) return runExchange(step, scene, iteration);
  const where = iteration === undefined ? step.path : `${step.path}#${iteration}`;
  switch (step.kind) {
    case 'parallel':
      await Promise.all(step.steps.map((branch) => runSteps([branch], scene, iteration)));
      return;
    case 'repeat':
      return repeat(step, scene);
    case 'await':
      return awaitStream(step, scene, where);
    case 'quiet':
      return watchQuiet(step, scene, where);
    case 'idle-timeouts':
      await scene.stage.clock.sleep(scene.stage.idleTimeoutMs * step.times);
      return;
    case 'process':
      return operate(step, scene, where);
    case 'close':
      openStream(scene, step.target)?.call.abort();
      return;
    case 'analyse':
      return analyse(step, scene, where);
  }
}

/** Looks at the raw ids of a record, and keeps what was found without them. */
async function analyse(step: Extract<Step, { kind: 'analyse' }>, scene: Scene, where: string): Promise<void> {
  const ids = scene.issued.get(step.over) ?? [];
  const finds = Object.entries(await scene.stage.analyse(step.analysis, ids)).map(
    ([name, value]) => [name, typeof value === 'string' ? scene.masks.hide(value) : value] as const,
  );
  scene.entries.push({
    kind: 'finding',
    seq: scene.nextSeq++,
    step: where,
    analysis: step.analysis,
    samples: ids.length,
    finds: Object.fromEntries(finds),
  });
}

/** One silent exchange shows what there is to see; repeating it would only cost its deadline again. */
async function repeat(step: Extract<Step, { kind: 'repeat' }>, scene: Scene): Promise<void> {
  const limit = pLimit(step.concurrency);
  const silent = () =>
    scene.lives.some(
      ({ step: where, call, settled }) =>
        where.startsWith(`${step.path}.`) && settled() && isSilence(call.snapshot()),
    );
  const iterations = Array.from({ length: timesOf(step, scene.facts) }, (_, index) => index);
  await Promise.all(
    iterations.map((index) => limit(() => (silent() ? undefined : runSteps(step.steps, scene, index)))),
  );
}

function isSilence(reply: Reply): boolean {
  return reply.kind === 'timeout' || (reply.kind === 'response' && reply.content.end === 'aborted');
}

/** Does something to the process of the target. What does not end shows nothing; where it does not come back, nobody gets an answer. */
async function operate(step: Extract<Step, { kind: 'process' }>, scene: Scene, where: string): Promise<void> {
  const { operator, clock, timeScale } = scene.stage;
  if (operator === undefined) return;
  const startedMs = clock.nowMs();
  const ending =
    step.does === 'start'
      ? undefined
      : step.does === 'stop'
        ? await operator.stop(step.withinMs * timeScale)
        : await operator.kill();
  const done = ending === undefined ? await operator.start() : ending === 'ended' || step.does === 'kill';
  scene.stopped = ending !== undefined && ending !== 'running';
  const afterMs = clock.nowMs() - startedMs;
  scene.entries.push({ kind: 'operated', seq: scene.nextSeq++, step: where, does: step.does, done, afterMs });
  if (ending === 'running') scene.cut = { step: where, because: 'setup' };
  if (ending !== undefined || done) return;
  scene.cut = { step: where, because: 'target-lost' };
  scene.stage.lost();
}

async function awaitStream(
  step: Extract<Step, { kind: 'await' }>,
  scene: Scene,
  where: string,
): Promise<void> {
  const { clock, timeScale } = scene.stage;
  const live = openStream(scene, step.stream);
  const startedMs = clock.nowMs();
  const came = live !== undefined && (await awaited(live, step, timeScale));
  if (live !== undefined) live.awaited = messages(live.call.snapshot());
  scene.entries.push({
    kind: 'awaited',
    seq: scene.nextSeq++,
    step: where,
    stream: step.stream,
    came,
    afterMs: clock.nowMs() - startedMs,
  });
  if (step.require === true && !came) scene.cut = { step: where, because: 'setup' };
}

function awaited(live: Live, step: Extract<Step, { kind: 'await' }>, timeScale: number): Promise<boolean> {
  const { call, rpcId } = live;
  const tests: Readonly<Record<typeof step.until, (reply: Reply) => boolean>> = {
    event: (reply) => messages(reply) > live.awaited,
    end: (reply) => reply.kind === 'dropped' || (reply.kind === 'response' && ended.has(reply.content.end)),
    answer: (reply) =>
      reply.kind === 'response' &&
      (reply.content.kind === 'body'
        ? ended.has(reply.content.end)
        : rpcId !== undefined && reply.content.events.some((event) => answers(event, rpcId))),
  };
  return call.waitFor(tests[step.until], step.withinMs * timeScale);
}

const ended: ReadonlySet<End> = new Set(['complete', 'truncated']);

/** Events that say something: neither one that only carries its id, nor a ping. */
function messages(reply: Reply): number {
  return eventsOf(reply).filter(({ data }) => data !== '' && pingIn(data) === undefined).length;
}

async function watchQuiet(
  step: Extract<Step, { kind: 'quiet' }>,
  scene: Scene,
  where: string,
): Promise<void> {
  const { clock, timeScale } = scene.stage;
  const fromMs = clock.nowMs();
  await clock.sleep(step.forMs * timeScale);
  scene.entries.push({
    kind: 'quiet',
    seq: scene.nextSeq++,
    step: where,
    stream: step.stream,
    fromMs,
    toMs: clock.nowMs(),
  });
}

/** The exchange of the step with that name, the latest if it was repeated. */
function openStream({ lives }: Scene, name: string): Live | undefined {
  return lives.findLast(({ of }) => of.name === name);
}
