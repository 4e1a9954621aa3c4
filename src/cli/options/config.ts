import type { Description } from '../../model/description.js';
import type { Io } from '../output/io.js';
import { Mistake } from '../mistake.js';
import type { Engine } from '../ports.js';

/** What the file of `--config` says of the target. Without the flag no file is read, so that a run depends on its command line alone. */
export async function describedTarget(
  { config }: { readonly config?: string },
  { env }: Pick<Io, 'env'>,
  engine: Engine,
): Promise<Description> {
  if (config === undefined) return {};
  const { target, problems } = await engine.describe(config, env);
  if (target === undefined) throw new Mistake(['--config has mistakes', ...problems].join('\n'));
  return target;
}
