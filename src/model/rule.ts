import type { RawExpectation, RawMatches } from './raw-suite.js';
import type { FailReason } from './reason.js';

/** What a file may write as one value or as several. */
type Loose = 'status' | 'error' | 'contains' | 'lacks';

/** The predicates, as the schema describes them; all that are given must hold. Header fields have lower-case names. */
export interface Expectation extends Omit<RawExpectation, Loose> {
  /** Exact codes and classes such as `2xx`; any of them. */
  readonly status?: readonly Each<RawExpectation['status']>[];
  /** A JSON-RPC error that answers the request, with one of these codes and this message. */
  readonly error?: boolean | { readonly code?: readonly number[]; readonly message?: WantedText };
  readonly contains?: readonly string[];
  readonly lacks?: readonly string[];
}

type Each<T> = Exclude<T, readonly unknown[] | undefined>;

/** A text that is part of the one that came, or a pattern that it matches. */
export type WantedText = string | RawMatches;

/** How a judged step turns into an outcome. */
export type Rule =
  | { readonly kind: 'expect'; readonly expect: Expectation; readonly reason?: FailReason }
  /** A named set of the profile. */
  | { readonly kind: 'answer'; readonly set: string }
  /** The first that holds decides; if none does the outcome is a failure. */
  | { readonly kind: 'graded'; readonly grades: readonly Grade[] };

export interface Grade {
  readonly if: Expectation;
  readonly then: Outcome;
  /** Names of steps that must have been refused, or the grade is not given. */
  readonly refused: readonly string[];
  /** The same of steps that must have been served. */
  readonly served: readonly string[];
  readonly reason?: FailReason;
}

/** `warn` fails at the level SHOULD at most; `unspecified` means that no rule speaks about it. */
export const outcomes = ['pass', 'warn', 'fail', 'unspecified', 'unclear'] as const;
export type Outcome = (typeof outcomes)[number];
