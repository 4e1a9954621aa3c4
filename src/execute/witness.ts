import { limitIn } from '../model/limit.js';
import type { Facts } from '../model/facts.js';
import type { Transcript } from '../model/transcript.js';
import { stepsOf, type Witness } from '../model/witness.js';
import type { ExecutorDeps } from './check-run.js';
import { beginRun, tidy, transcriptOf } from './execute.js';
import { runSteps } from './steps.js';

/** A witness whose sessions are open. */
export interface Attending {
  /** Does one round more behind those under way, unless there were as many as there may be. */
  readonly beside: () => void;
  /** Resolves when nothing of it is under way. */
  readonly rest: () => Promise<void>;
  /** Does what stands behind the last check, ends its sessions, and gives what it saw. */
  readonly end: () => Promise<Transcript>;
}

/** Opens the sessions of a witness. Never throws for what the target does. */
export async function attend(witness: Witness, facts: Facts, deps: ExecutorDeps): Promise<Attending> {
  const { id, before, beside, after } = witness;
  const run = beginRun({ id, steps: stepsOf(witness) }, facts, deps, true);
  const roundsMax = typeof beside?.times === 'number' ? beside.times : 0;
  let rounds = 0;
  let underWay = Promise.resolve();
  await runSteps(before, run, undefined);
  return {
    beside() {
      if (beside === undefined || rounds === roundsMax) return;
      const round = rounds++;
      underWay = underWay.then(() => runSteps(beside.steps, run, round));
    },
    rest: () => underWay,
    async end() {
      await underWay;
      await runSteps(after, run, undefined);
      const transcript = transcriptOf(id, run);
      await tidy(run);
      return transcript;
    },
  };
}

/** A place may be given back a moment later. */
const againMs = 1_000;
const againMaxMs = 10_000;

/** Does what stands behind all checks. Where it is refused its last step is done once more, when the time that the target names has passed. */
export async function askBehind(
  { id, after }: Witness,
  facts: Facts,
  deps: ExecutorDeps,
): Promise<Transcript> {
  const run = beginRun({ id, steps: after }, facts, deps);
  await runSteps(after, run, undefined);
  const last = run.lives.at(-1);
  const limit = last && limitIn(last.call.snapshot(), deps.clock.wallMs());
  if (run.cut?.because === 'setup' && limit !== undefined) {
    await deps.clock.sleep(Math.min(Math.max(limit.waitMs ?? againMs, againMs), againMaxMs));
    delete run.cut;
    await runSteps(after.slice(-1), run, undefined);
  }
  const transcript = transcriptOf(id, run);
  await tidy(run);
  return transcript;
}
