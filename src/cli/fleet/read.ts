import type { Fleet } from '../../model/fleet.js';
import type { Io } from '../output/io.js';
import { Mistake } from '../mistake.js';
import type { Engine } from '../ports.js';

/** The fleet in a file, or a mistake with all that is wrong with it. */
export async function readFleet(path: string, { env }: Pick<Io, 'env'>, engine: Engine): Promise<Fleet> {
  const { fleet, problems } = await engine.fleet(path, env);
  if (fleet === undefined) throw new Mistake(['the fleet has mistakes', ...problems].join('\n'));
  return fleet;
}
