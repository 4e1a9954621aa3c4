import pLimit from 'p-limit';
import type { Step } from '../model/suite.js';
import { isExchangeStep, runExchange } from './run-exchange.js';
import type { Live, Scene } from './scene.js';

/** Runs steps one after the other, until the check is cut. */
export async function runSteps(steps: readonly Step[], scene: Scene, iteration: number | undefined): Promise<void> {
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
  if (isExchangeStep(step)) return runExchange(step, scene, iteration);
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
    case 'close':
      openStream(scene, step.target)?.call.abort();
      return;
    case 'analyse': {
      const ids = scene.issued.get(step.over) ?? [];
      const finds = await scene.stage.analyse(step.analysis, ids);
      const hidden = Object.fromEntries(
        Object.entries(finds).map(([name, value]) => [name, typeof value === 'string' ? scene.masks.hide(value) : value]),
      );
      scene.entries.push({ kind: 'finding', seq: scene.nextSeq++, step: where, analysis: step.analysis, samples: ids.length, finds: hidden });
      return;
    }
  }
}

/** One silent exchange shows what there is to see; repeating it would only cost its deadline again. */
async function repeat(step: Extract<Step, { kind: 'repeat' }>, scene: Scene): Promise<void> {
  const limit = pLimit(step.concurrency);
  const silent = () => scene.lives.some(({ step: where, call }) => where.startsWith(`${step.path}.`) && call.snapshot().kind === 'timeout');
  const iterations = Array.from({ length: step.times }, (_, index) => index);
  await Promise.all(
    iterations.map((index) => limit(() => (silent() ? undefined : runSteps(step.steps, scene, index)))),
  );
}

async function awaitStream(step: Extract<Step, { kind: 'await' }>, scene: Scene, where: string): Promise<void> {
  const { clock, timeScale } = scene.stage;
  const live = openStream(scene, step.stream);
  const startedMs = clock.nowMs();
  const came = live !== undefined && (await awaited(live, step, timeScale));
  scene.entries.push({ kind: 'awaited', seq: scene.nextSeq++, step: where, stream: step.stream, came, afterMs: clock.nowMs() - startedMs });
  if (step.require === true && !came) scene.cut = { step: where, because: 'setup' };
}

function awaited(live: Live, step: Extract<Step, { kind: 'await' }>, timeScale: number): Promise<boolean> {
  const count = () => {
    const reply = live.call.snapshot();
    return reply.kind === 'response' && reply.content.kind === 'stream' ? reply.content.events.length : 0;
  };
  const before = count();
  return live.call.waitFor((reply) => {
    if (step.until === 'event') return count() > before;
    if (reply.kind !== 'response') return reply.kind !== 'aborted';
    return step.until === 'end' ? reply.content.end !== 'open' : live.settled();
  }, step.withinMs * timeScale);
}

async function watchQuiet(step: Extract<Step, { kind: 'quiet' }>, scene: Scene, where: string): Promise<void> {
  const { clock, timeScale } = scene.stage;
  const fromMs = clock.nowMs();
  await clock.sleep(step.forMs * timeScale);
  scene.entries.push({ kind: 'quiet', seq: scene.nextSeq++, step: where, stream: step.stream, fromMs, toMs: clock.nowMs() });
}

/** The exchange of the step with that name, the latest if it was repeated. */
function openStream({ lives }: Scene, name: string): Live | undefined {
  return lives.findLast(({ of }) => of.name === name);
}
