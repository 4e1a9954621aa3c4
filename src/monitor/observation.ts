import type { FailReason, InconclusiveReason } from '../model/reason.js';
import type { History, Seen } from './history.js';

/** What a monitor says of one exchange of the run. */
export type Observation =
  | { readonly kind: 'good'; readonly at: Seen }
  | {
      readonly kind: 'bad';
      readonly at: Seen;
      readonly reason: FailReason;
      readonly says: string;
      /** Other exchanges that show it: whose word it was, or when the session ended. */
      readonly beside?: readonly Seen[];
    }
  /** It may be wrong, and was seen once: that convicts nobody. */
  | {
      readonly kind: 'unsure';
      readonly at: Seen;
      readonly says: string;
      readonly reason?: InconclusiveReason;
    };

/** A statement about all exchanges of a run. Pure, and in time that grows with the run and not with its square. */
export interface Statement {
  readonly demands: string;
  readonly observe: (history: History) => readonly Observation[];
}

export const good = (at: Seen): Observation => ({ kind: 'good', at });
