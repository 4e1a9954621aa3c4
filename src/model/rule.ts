import type { Json } from './facts.js';
import type { FailReason } from './reason.js';

/** The predicates; all that are given must hold. */
export interface Expectation {
  /** Exact codes and classes such as `2xx`; any of them. */
  readonly status?: readonly (number | `${1 | 2 | 3 | 4 | 5}xx`)[];
  /**
   * `true`: a JSON-RPC result that answers the request, with the shape its method has. An object: a JSON Schema the result meets. What a
   * tool answers with `isError: true` is neither; `false`: nothing of the kind came, and no such answer of a tool either.
   */
  readonly result?: Json;
  /** A JSON-RPC error that answers the request, with one of these codes and this message. */
  readonly error?: boolean | { readonly code?: readonly number[]; readonly message?: WantedText };
  /** A tool was called and answered: `ok` without, `error` with `isError: true`. */
  readonly tool?: 'ok' | 'error';
  /** All of these texts stand in what came. */
  readonly contains?: readonly string[];
  /** Something came to its end, and none of these texts stands in it. */
  readonly lacks?: readonly string[];
  readonly body?: 'empty';
  /** A stream was opened. */
  readonly stream?: boolean;
  /** The session id header of the answer. */
  readonly 'session-id'?: 'present' | 'absent' | 'single' | 'own' | 'absent-or-own' | 'not-sent';
  /** Header fields of the answer, by lower-case name. */
  readonly header?: Readonly<Record<string, 'present' | 'absent' | { readonly matches: string }>>;
  /** The answer repeats the nonce of its request. */
  readonly echoes?: boolean;
  /** How many writes the state probe shows. */
  readonly 'state-count'?: number;
  readonly 'state-count-at-least'?: number;
  /** The id of the actor's own session is told in the answer. */
  readonly mentions?: 'own-session';
  /** At least that many messages came on the stream. */
  readonly messages?: number;
  /** The stream began with an event that has an id and no data. */
  readonly 'begins-with-id-event'?: boolean;
  /** Anything came at all, be it half an answer. */
  readonly answered?: boolean;
  /** The whole of it ended: no stream left open. */
  readonly ended?: boolean;
}

/** A text that is part of the one that came, or a pattern that it matches. */
export type WantedText = string | { readonly matches: string };

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
  readonly reason?: FailReason;
}

/** `warn` fails at the level SHOULD at most; `unspecified` means that no rule speaks about it. */
export const outcomes = ['pass', 'warn', 'fail', 'unspecified', 'unclear'] as const;
export type Outcome = (typeof outcomes)[number];
