import type { FileContext } from './expand.js';
import { ifKind } from './kinds.js';
import type { RawStep } from '../../model/raw-suite.js';

/** The names under which steps save something of what they get, those in shared steps that they use included. */
export function savedIn(
  steps: readonly RawStep[],
  { suite: { shared = {} }, broken }: Pick<FileContext, 'suite' | 'broken'>,
): readonly string[] {
  const seen = new Set(broken);
  const within = (inner: readonly (RawStep | string)[]): readonly string[] =>
    inner.flatMap((step) => {
      // Until it is filled in, an argument stands for a whole step.
      if (typeof step === 'string') return [];
      const used = ifKind('use', step)?.use;
      // Once is enough, however often and however deep it is used.
      if (used !== undefined && (seen.has(used) || !Object.hasOwn(shared, used))) return [];
      if (used !== undefined) seen.add(used);
      const nested =
        ifKind('parallel', step)?.parallel ??
        ifKind('repeat', step)?.do ??
        (used === undefined ? undefined : shared[used]);
      if (nested !== undefined) return within(nested);
      return 'save' in step ? Object.keys(step.save ?? {}) : [];
    });
  return within(steps);
}
