import { nothing, type Kind } from './kind.js';

export const analyse: Kind<'analyse'> = {
  read: (raw, { common }) => ({
    kind: 'analyse',
    ...common,
    analysis: raw.analyse,
    over: raw.over,
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
