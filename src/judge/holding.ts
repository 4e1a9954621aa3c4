import type { FailReason } from '../model/reason.js';
import type { Exchange } from '../model/transcript.js';

/** What an invariant says about one exchange; `skip` says nothing and does not count. */
export type Holding =
  | { readonly kind: 'good' | 'skip' }
  | { readonly kind: 'bad'; readonly reason: FailReason; readonly says: string };

/** Looks at one exchange of a group, beside all of the group. */
export type InvariantTest = (exchange: Exchange, all: readonly Exchange[]) => Holding;

export const good: Holding = { kind: 'good' };
export const skip: Holding = { kind: 'skip' };
