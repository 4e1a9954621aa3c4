import type { Address } from '../carrier.js';
import type { Need } from '../need.js';
import type { RawNotify, RawStepByKind } from '../raw-suite.js';
import type { Expectation } from '../rule.js';
import type { Common, Exchanging, ExchangeStep, Step, StepKind } from '../suite.js';

/** All that is known of a kind of step but how it is executed and judged: those two tables are in `execute` and `judge`. */
export interface Kind<K extends StepKind> {
  /** The step from the way in which it is written. */
  readonly read: (raw: RawStepByKind[K], reading: StepReading) => Step<K>;
  /** The fact without which it cannot be done, and the key of the file that makes it so. */
  readonly needs: (step: Step<K>) => Needed | undefined;
  /** The name of the earlier step whose exchange it is about. */
  readonly follows: (step: Step<K>) => string | undefined;
  /** A check that has it can fail by it. */
  readonly canFail: (step: Step<K>) => boolean;
  readonly cost: (step: Step<K>) => Cost;
  /** It does no more than open, use and end sessions of its own, as an ordinary client does, without calling a tool. */
  readonly isHarmless: (step: Step<K>) => boolean;
  /** The one carrier over which it can be said, and in words what it does there. */
  readonly carrier: (step: Step<K>) => Bound | undefined;
  /** It shows nothing unless requests are under way at the same time. */
  readonly overlaps: (step: Step<K>) => boolean;
  /** What it does, as one would tell it. */
  readonly says: (step: Step<K>) => string;
  /** What it demands, a line each. */
  readonly demands: (step: Step<K>, phrases: Phrases) => readonly string[];
}

export interface Bound {
  readonly carrier: Address['kind'];
  readonly does: string;
}

export interface Needed {
  readonly key: string;
  readonly need: Need;
}

/** What reading a step takes besides the step itself. */
export interface StepReading {
  readonly common: Common;
  /** The steps inside, read already. */
  readonly steps: readonly Step[];
  /** Reads the options that all requests have. */
  readonly request: (raw: RawOptions) => Exchanging;
}

/** The options that all requests have. */
export type RawOptions = Omit<RawNotify, 'notify' | 'params' | 'name' | 'when'>;

/** What a step asks of a target, not counting the steps inside. */
export interface Cost {
  readonly requests: number;
  /** Requests that follow once it has opened a session. */
  readonly onceOpened?: number;
  /** What such a request is counted as, where it is more than one among many. */
  readonly as?: 'opened' | 'deleted' | 'streams' | 'raw';
}

export const nothing: Cost = { requests: 0 };

/** How the stages word what a step accepts. */
export interface Phrases {
  readonly expectation: (expectation: Expectation) => string;
  readonly judged: (step: ExchangeStep) => string;
}
