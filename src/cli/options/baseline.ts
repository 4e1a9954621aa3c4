import type { Baseline } from '../../model/baseline.js';
import { Mistake } from '../mistake.js';
import type { Engine } from '../ports.js';
import type { JudgingFlags } from './flags.js';

/** The failures that are known: those of the command line, else those of a description or of a recorded run. */
export async function chosenBaseline(
  { baseline: typed }: Pick<JudgingFlags, 'baseline'>,
  before: string | Baseline | undefined,
  engine: Engine,
): Promise<{ readonly baseline?: Baseline }> {
  if (typed === false) return {};
  const chosen = typed ?? before;
  if (chosen === undefined) return {};
  return { baseline: typeof chosen === 'string' ? await readBaseline(chosen, engine) : chosen };
}

/** The entries of a file. */
export async function readBaseline(path: string, engine: Engine, ids?: readonly string[]): Promise<Baseline> {
  const { baseline, problems } = await engine.baseline(path, ids);
  if (baseline === undefined) throw new Mistake(['the baseline has mistakes', ...problems].join('\n'));
  return baseline;
}
