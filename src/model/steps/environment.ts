import { nothing, type Kind } from './kind.js';

export const pause: Kind<'pause-ms'> = {
  read: (raw, { common }) => ({ kind: 'pause-ms', ...common, forMs: raw['pause-ms'] }),
  needs: () => undefined,
  follows: () => undefined,
  canFail: () => false,
  cost: () => nothing,
  isHarmless: () => true,
  carrier: () => undefined,
  overlaps: () => false,
  says: ({ forMs }) => `waits ${forMs} ms`,
  demands: () => [],
};

export const idleTimeouts: Kind<'idle-timeouts'> = {
  read: (raw, { common }) => ({ kind: 'idle-timeouts', ...common, times: raw['idle-timeouts'] }),
  needs: () => ({ key: 'idle-timeouts', need: 'idle-timeout' }),
  follows: () => undefined,
  canFail: () => false,
  cost: () => nothing,
  isHarmless: () => true,
  carrier: () => undefined,
  overlaps: () => false,
  says: ({ times }) => `waits ${times} times the idle timeout`,
  demands: () => [],
};

export const endInput: Kind<'end-input'> = {
  read: (raw, { common }) => ({
    kind: 'end-input',
    ...common,
    as: raw['end-input'],
    withinMs: raw['within-ms'] ?? defaultStopMs,
    ...(raw.reason && { judge: { reason: raw.reason } }),
  }),
  needs: () => undefined,
  follows: () => undefined,
  canFail: ({ judge }) => judge !== undefined,
  cost: () => nothing,
  isHarmless: () => true,
  carrier: () => ({ carrier: 'stdio', does: 'closes the input of a process' }),
  overlaps: () => false,
  says: ({ as }) => `${as} closes the input of its process`,
  demands: ({ judge, withinMs }) =>
    judge === undefined
      ? []
      : [`judged: the process must end by itself within ${withinMs} ms, else ${judge.reason}`],
};

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
  carrier: () => ({ carrier: 'http', does: 'is about the one process that all clients share' }),
  overlaps: () => false,
  says: ({ does }) => operations[does],
  demands: () => [],
};
