import { nothing, type Kind } from './kind.js';

export const pause: Kind<'pause-ms'> = {
  read: (raw, { common }) => ({ kind: 'pause-ms', ...common, forMs: raw['pause-ms'] }),
  needs: () => undefined,
  follows: () => undefined,
  canFail: () => false,
  cost: () => nothing,
  isHarmless: () => true,
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
  overlaps: () => false,
  says: ({ times }) => `waits ${times} times the idle timeout`,
  demands: () => [],
};
