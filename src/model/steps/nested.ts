import { nothing, type Kind } from './kind.js';

export const parallel: Kind<'parallel'> = {
  read: (_, { common, steps }) => ({ kind: 'parallel', ...common, steps }),
  needs: () => undefined,
  follows: () => undefined,
  canFail: () => false,
  cost: () => nothing,
  isHarmless: () => true,
  carrier: () => undefined,
  overlaps: () => true,
  says: () => 'at the same moment:',
  demands: () => [],
};

/** More would be a burden on a server that others use. */
const harmlessTimesMax = 16;

export const repeat: Kind<'repeat'> = {
  read: (raw, { common, steps }) => ({
    kind: 'repeat',
    ...common,
    times: raw.repeat,
    concurrency: raw.concurrency ?? 1,
    steps,
  }),
  needs: () => undefined,
  follows: () => undefined,
  canFail: () => false,
  cost: () => nothing,
  isHarmless: ({ times }) => times !== 'burst' && times <= harmlessTimesMax,
  carrier: () => undefined,
  overlaps: ({ concurrency }) => concurrency > 1,
  says: ({ times, concurrency }) =>
    `${times === 'burst' ? 'once for each session of a burst' : `${times} times`}${concurrency > 1 ? `, ${concurrency} at once` : ''}:`,
  demands: () => [],
};
