import { nothing, type Kind } from './kind.js';

const defaultStopMs = 5000;

const operations = {
  stop: 'stops the process of the server',
  kill: 'kills the process of the server',
  start: 'starts the server at the same address',
} as const;

export const process: Kind<'process'> = {
  read: (raw, { common }) => ({
    kind: 'process',
    ...common,
    does: raw.process,
    withinMs: raw['within-ms'] ?? defaultStopMs,
    ...(raw.reason && { judge: { reason: raw.reason } }),
  }),
  needs: () => ({ key: 'process', need: 'operator' }),
  follows: () => undefined,
  canFail: ({ judge }) => judge !== undefined,
  cost: () => nothing,
  isHarmless: () => false,
  overlaps: () => false,
  says: ({ does }) => operations[does],
  demands: () => [],
};
