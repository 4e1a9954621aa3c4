/* oxlint-disable max-lines -- written by a test from the JSON Schema; `npx vitest run src/load/schema -u` writes it again */

export interface RawProfile {
  readonly profile: 'spec' | 'interop' | 'strict-400' | 'strict-4xx';
  readonly title: string;
  readonly source?: 'brief';
  readonly answers: Readonly<
    Record<
      string,
      {
        readonly served: RawReason;
        readonly key?: string;
        readonly request?: RawRow;
        readonly notification?: RawRow;
        readonly get?: RawRow;
        readonly delete?: RawRow;
        readonly initialize?: RawRow;
      }
    >
  >;
}

export type RawReason =
  | 'session-still-usable'
  | 'served'
  | 'refused'
  | 'no-answer'
  | 'dropped'
  | 'server-error'
  | 'wrong-status'
  | 'wrong-body'
  | 'wrong-header'
  | 'wrong-session'
  | 'adopted-id'
  | 'crossed-reply'
  | 'shared-state'
  | 'lost-state'
  | 'duplicate-id'
  | 'malformed-id'
  | 'guessable-id'
  | 'leaked-id'
  | 'stream-open'
  | 'stray-message'
  | 'answered-twice'
  | 'carried-out-twice';

export interface RawRow {
  readonly pass?: readonly RawClass[];
  readonly warn?: readonly RawClass[];
  readonly fail?: readonly RawClass[];
  readonly unspecified?: readonly RawClass[];
  readonly unclear?: readonly RawClass[];
  readonly rest?: 'pass' | 'warn' | 'fail' | 'unspecified' | 'unclear';
}

export type RawClass =
  | 'served'
  | 'error'
  | 'accepted'
  | 'adopted'
  | 'new-session'
  | 'no-session'
  | 400
  | 401
  | 403
  | 404
  | 405
  | 409
  | '4xx'
  | '5xx'
  | 'no-answer'
  | 'dropped'
  | 'other';
