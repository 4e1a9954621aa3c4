import type { Engine } from '../cli/ports.js';
import { Mistake } from '../cli/mistake.js';
import { chosenBaseline } from '../cli/options/baseline.js';
import type { Baseline } from '../model/baseline.js';
import { defaultPolicy, type Policy } from '../model/gate.js';
import type { Suite } from '../model/suite.js';
import type { JudgeRequest } from './request.js';

/** The stages, loaded when they are first asked for and kept. */
export function loadEngine(): Promise<Engine> {
  return (loaded ??= import('../cli/engine.js').then(({ createEngine }) => createEngine()));
}

let loaded: Promise<Engine> | undefined;

/** The caller's own suites. */
export async function ownSuites(
  { suites = [] }: Pick<JudgeRequest, 'suites'>,
  engine: Engine,
): Promise<readonly Suite[]> {
  const paths = suites.filter((one) => typeof one === 'string');
  const { suites: read, problems } =
    paths.length === 0 ? { suites: [], problems: [] } : await engine.read(paths);
  if (problems.length > 0) throw new Mistake(['a suite has mistakes', ...problems].join('\n'));
  const own = [...suites.filter((one) => typeof one !== 'string'), ...read];
  const { refuseTaken } = await import('../cli/options/suites.js');
  refuseTaken(own, engine.builtIn());
  return own;
}

export function wholePolicy(policy: Partial<Policy> = {}, before: Policy = defaultPolicy): Policy {
  return { ...before, ...policy };
}

export function wholeBaseline(
  { baseline }: Pick<JudgeRequest, 'baseline'>,
  before: string | Baseline | undefined,
  engine: Engine,
): Promise<{ readonly baseline?: Baseline }> {
  return chosenBaseline({}, baseline ?? before, engine);
}
