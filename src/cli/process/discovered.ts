import { visible } from '../../report/visible.js';
import type { Check } from '../../model/suite.js';
import type { Io } from '../output/io.js';
import { Mistake } from '../mistake.js';
import type { Engine, Found } from '../ports.js';
import { withTarget, type AskedTarget } from './with-target.js';

export type Discovered = Extract<Found, { readonly kind: 'found' }>;

/** What a target offers, for each revision: all, or what these checks need. Throws a Mistake where it cannot be examined, or at an interrupt. */
export function discovered(
  asked: AskedTarget,
  io: Io,
  engine: Engine,
  checks?: readonly Check[],
): Promise<Discovered> {
  return withTarget(asked, io, async (connect, signal) => {
    const found = await engine.facts({ ...connect, signal }, checks);
    if (signal.aborted) throw new Mistake('interrupted', 130);
    if (found.kind === 'unusable') throw new Mistake(visible(found.sentence), 2);
    return found;
  });
}
