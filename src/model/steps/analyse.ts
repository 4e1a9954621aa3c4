import type { Step } from '../suite.js';
import { readPath } from '../value-path.js';
import { nothing, type Kind } from './kind.js';

function placeOf(text: string | undefined): Pick<Step<'analyse'>, 'value'> {
  const value = text === undefined ? undefined : readPath(text);
  return value === undefined ? {} : { value };
}

export const analyse: Kind<'analyse'> = {
  read: (raw, { common }) => ({
    kind: 'analyse',
    ...common,
    analysis: raw.analyse,
    over: raw.over,
    ...placeOf(raw.value),
    judge: { finds: raw.judge, reason: raw.reason },
  }),
  needs: () => undefined,
  follows: () => undefined,
  canFail: () => true,
  cost: () => nothing,
  isHarmless: () => true,
  // What two processes make alike, or nobody else can name, harms nobody.
  carrier: () => ({ carrier: 'http', does: 'compares ids of clients that share a process' }),
  overlaps: () => false,
  says: ({ over, analysis }) => `analyses ${over}: ${analysis}`,
  demands: ({ judge }) => [`judged: ${JSON.stringify(judge.finds)}, else ${judge.reason}`],
};
