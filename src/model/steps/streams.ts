import { nothing, type Kind } from './kind.js';

const waits = {
  event: 'an event on',
  end: 'the end of',
  answer: 'the answer of',
  request: 'a request of the server during',
} as const;
const defaultWithinMs = 2000;

export const awaited: Kind<'await'> = {
  read: (raw, { common }) => ({
    kind: 'await',
    ...common,
    stream: raw.await,
    until: raw.until,
    withinMs: raw['within-ms'] ?? defaultWithinMs,
    ...(raw.require && { require: raw.require }),
    ...(raw.judge && raw.reason && { judge: { came: raw.judge.came, reason: raw.reason } }),
  }),
  needs: () => undefined,
  follows: ({ stream }) => stream,
  canFail: ({ judge }) => judge !== undefined,
  cost: () => nothing,
  isHarmless: () => true,
  carrier: () => undefined,
  overlaps: () => false,
  says: ({ withinMs, until, stream }) => `waits up to ${withinMs} ms for ${waits[until]} ${stream}`,
  demands: ({ judge }) =>
    judge === undefined ? [] : [`judged: it must ${judge.came ? '' : 'not '}come, else ${judge.reason}`],
};

export const quiet: Kind<'quiet'> = {
  read: (raw, { common }) => ({
    kind: 'quiet',
    ...common,
    stream: raw.quiet,
    forMs: raw['for-ms'],
    reason: raw.reason ?? 'stray-message',
  }),
  needs: () => undefined,
  follows: ({ stream }) => stream,
  canFail: () => true,
  cost: () => nothing,
  isHarmless: () => true,
  carrier: () => undefined,
  overlaps: () => false,
  says: ({ stream, forMs }) => `watches ${stream} for ${forMs} ms, during which nothing may come`,
  demands: ({ reason }) => [`judged: else ${reason}`],
};

export const close: Kind<'close'> = {
  read: (raw, { common }) => ({ kind: 'close', ...common, target: raw.close }),
  needs: () => undefined,
  follows: ({ target }) => target,
  canFail: () => false,
  cost: () => nothing,
  isHarmless: () => true,
  carrier: () => undefined,
  overlaps: () => false,
  says: ({ target }) => `closes ${target}`,
  demands: () => [],
};
