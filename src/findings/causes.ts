import type { FailReason } from '../model/reason.js';

/** A cause that makes other checks fail in ways that say nothing of their own. */
export interface Cause {
  /** What a failure shows that has this cause. */
  readonly shownBy: FailReason;
  /** What fails for no other reason. */
  readonly explains: readonly FailReason[];
}

/** The farther reaching first: what one of them explains is no cause any more. */
export const causes: readonly Cause[] = [
  // The check that ends the process sees no answer either.
  { shownBy: 'process-ended', explains: ['dropped', 'no-answer'] },
  {
    // Two clients of one session meet in each other's checks.
    shownBy: 'duplicate-id',
    explains: [
      'shared-state',
      'lost-state',
      'crossed-reply',
      'stray-message',
      'repeated-message',
      'repeated-event-id',
      'session-still-usable',
      'served',
      'refused',
      'leaked-id',
      'wrong-session',
      'wrong-status',
      'stream-open',
      'told-apart',
      'no-answer',
    ],
  },
  {
    // Every check begins with a fresh session, and its first request comes at once.
    shownBy: 'refused-at-first',
    explains: ['refused', 'wrong-session'],
  },
  {
    // A client reads what was meant for another one, and waits for its own in vain.
    shownBy: 'crossed-reply',
    explains: [
      'no-answer',
      'wrong-body',
      'refused',
      'stray-message',
      'leaked-id',
      'lost-state',
      'shared-state',
      'wrong-rpc-id',
    ],
  },
  {
    // A client waits for an answer that it cannot recognise.
    shownBy: 'wrong-rpc-id',
    explains: ['no-answer', 'wrong-body'],
  },
];
