import { kindOf } from '../../model/steps/index.js';
import type { Phrases } from '../../model/steps/kind.js';
import type { Check, Invariant, Step } from '../../model/suite.js';

/** The steps of a check in words, a line or more each. */
export function stepWords(steps: readonly Step[], phrases: Phrases, depth = 1): readonly string[] {
  const indent = '  '.repeat(depth);
  return steps.flatMap((step) => {
    const when = step.when.length > 0 ? ` (only with ${step.when.join(', ')})` : '';
    const line = `${indent}${step.path.padEnd(3)} ${kindOf(step).says(step)}${when}`;
    const inner = 'steps' in step ? stepWords(step.steps, phrases, depth + 1) : [];
    return [
      line,
      ...kindOf(step)
        .demands(step, phrases)
        .map((says) => `${indent}      ${says}`),
      ...inner,
    ];
  });
}

export function invariantWords({ holds, over, atLeast, tooFew }: Invariant): string {
  const few = tooFew === 'unspecified' ? ', else it does not apply' : '';
  return `  ${'·'.padEnd(3)} in the group ${over}: ${holds.replaceAll('-', ' ')}; in at least ${atLeast} exchanges${few}`;
}

/** Which failures of a check count at every level. */
export function harmWords({ harm }: Check): string {
  const cases = harm.map(({ reasons, step, refused }) =>
    [
      reasons === undefined ? 'any failure' : reasons.join(' or '),
      ...(step === undefined ? [] : [`of ${step}`]),
      ...(refused.length > 0 ? [`where ${refused.join(' and ')} were refused`] : []),
    ].join(' '),
  );
  return `${cases.join('; ')}: counts at every level`;
}
