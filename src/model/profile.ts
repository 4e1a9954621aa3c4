import type { FailReason } from './reason.js';
import type { Demand } from './requirement.js';
import type { Outcome } from './rule.js';

export const profileNames = ['spec', 'interop', 'strict-400', 'strict-4xx'] as const;
export type ProfileName = (typeof profileNames)[number];

/**
 * The class of an answer. The order is the columns' order of the tables.
 * `served`: a result, an open stream or an acceptance where one was asked for. `error`: HTTP success with a JSON-RPC error.
 * `accepted`: 202 or 204 to something that wants an answer. `adopted`, `new-session`, `no-session`: an initialize that succeeded
 * with the id that was sent, with another id, with none. `no-answer`: nothing within the deadline. `other`: anything else.
 */
export const answerClasses = [
  'served',
  'error',
  'accepted',
  'adopted',
  'new-session',
  'no-session',
  '400',
  '401',
  '403',
  '404',
  '405',
  '409',
  '4xx',
  '5xx',
  'no-answer',
  'dropped',
  'other',
] as const;
export type AnswerClass = (typeof answerClasses)[number];

export const requestKinds = ['request', 'notification', 'get', 'delete', 'initialize'] as const;
export type RequestKind = (typeof requestKinds)[number];

/** A named set: for each kind of request, the outcome that each class of answer earns. */
export interface AnswerSet {
  /** What the set stands for, where that is not the check's own requirement. */
  readonly requirement?: Demand;
  /** The reason a failure has when the request was served. */
  readonly served: FailReason;
  readonly rows: Readonly<Partial<Record<RequestKind, Readonly<Record<AnswerClass, Outcome>>>>>;
}

/** A named table of accepted answers. */
export interface Profile {
  readonly profile: ProfileName;
  readonly title: string;
  /** Who demands what its answer sets demand; absent: as the check's requirement says. */
  readonly source?: 'brief';
  readonly answers: Readonly<Record<string, AnswerSet>>;
}
