/* oxlint-disable max-lines -- written by a test from the JSON Schema; `npx vitest run src/load/schema -u` writes it again */
import type { Json } from './request.js';

export interface RawSuite extends RawWithTitle {
  readonly suite: string;
  readonly order?: number;
  readonly shared?: Readonly<Record<string, readonly RawStep[]>>;
  readonly checks?: readonly RawCheck[];
  readonly monitors?: readonly RawMonitor[];
}

export interface RawCheck extends RawWithTitle {
  readonly id: string;
  readonly requirement: RawRequirement;
  readonly harm?: RawHarm;
  readonly version?: number;
  readonly tags?: readonly string[];
  readonly needs?: RawFacts;
  readonly alone?: true;
  readonly steps: readonly RawStep[];
  readonly invariants?: readonly RawInvariant[];
}

export interface RawMonitor extends RawWithTitle {
  readonly id: string;
  readonly requirement: RawRequirement;
  readonly harm?: true | readonly RawReason[];
  readonly version?: number;
  readonly tags?: readonly string[];
  readonly needs?: RawFacts;
  readonly holds:
    | 'answers-match-their-requests'
    | 'bodies-are-as-promised'
    | 'notices-are-accepted'
    | 'ids-are-issued-once'
    | 'ids-stay-secret'
    | 'words-stay-with-their-sender'
    | 'ended-sessions-serve-nothing'
    | 'live-sessions-are-served'
    | 'state-is-its-own'
    | 'requests-are-carried-out-once'
    | 'requests-are-answered-once'
    | 'revisions-hold'
    | 'no-server-errors'
    | 'updates-reach-subscribers'
    | 'progress-was-asked-for'
    | 'requests-as-declared'
    | 'request-ids-are-used-once'
    | 'the-process-lives'
    | 'places-come-back'
    | 'output-holds-messages'
    | 'no-session-is-minted'
    | 'no-session-is-echoed'
    | 'log-messages-were-asked-for'
    | 'the-server-requests-nothing'
    | 'input-was-offered'
    | 'results-are-typed'
    | 'error-codes-are-defined'
    | 'error-codes-have-a-meaning'
    | 'lists-depend-on-what-is-asked';
  readonly over: 'run';
}

export interface RawRequirement {
  readonly keys?: readonly string[];
  readonly level?: 'house' | 'MUST' | 'MUST NOT' | 'SHOULD' | 'SHOULD NOT' | 'MAY';
  readonly says?: string;
  readonly section?: string;
}

export type RawHarm =
  | true
  | readonly (
      | RawReason
      | {
          readonly reasons?: readonly RawReason[];
          readonly step?: string;
          readonly 'where-refused'?: readonly string[];
        }
    )[];

export type RawRevisions = readonly ('2025-03-26' | '2025-06-18' | '2025-11-25' | '2026-07-28')[];

export type RawFacts = readonly (
  | 'sessions'
  | 'no-sessions'
  | 'id-required'
  | 'ping'
  | 'tools'
  | 'resources'
  | 'prompts'
  | 'delete'
  | 'get'
  | 'echo'
  | 'state'
  | 'words'
  | 'kept'
  | 'identity'
  | 'slow'
  | 'notify'
  | 'push'
  | 'wordless'
  | 'reply-notices'
  | 'log-notices'
  | 'ask'
  | 'ask-on-get'
  | 'answer-shown'
  | 'subscribe'
  | 'update'
  | 'logging'
  | 'event-ids'
  | 'reply-streams'
  | 'reply-ids'
  | 'two-principals'
  | 'idle-timeout'
  | 'replicas'
  | 'shared-sessions'
  | 'operator'
  | 'batch'
  | 'two-revisions'
  | 'subscriptions'
  | 'changes'
  | 'input'
  | 'mirrored'
  | 'handles'
  | 'handle-state'
  | 'handle-end'
  | 'tasks'
  | 'task-list'
  | 'task-cancel'
  | 'task-ends'
  | 'request-state'
  | 'request-state-elsewhere'
  | 'no-credentials'
  | 'modern'
  | 'modern-only'
  | 'dual-era'
  | 'dual-sessions'
  | 'legacy-only'
  | 'data-sessions'
  | 'data-create'
  | 'data-list'
  | 'data-delete'
  | 'wg-sessions'
  | 'data-call'
  | 'data-required'
  | 'data-lazy'
  | 'data-revoke'
  | 'data-renew'
  | 'refusal-open'
  | 'refusal-error'
  | 'refusal-tool'
)[];

export type RawReason =
  | 'session-still-usable'
  | 'served'
  | 'refused'
  | 'refused-at-first'
  | 'no-answer'
  | 'dropped'
  | 'server-error'
  | 'wrong-status'
  | 'wrong-body'
  | 'wrong-header'
  | 'wrong-session'
  | 'adopted-id'
  | 'crossed-reply'
  | 'wrong-rpc-id'
  | 'shared-state'
  | 'lost-state'
  | 'duplicate-id'
  | 'malformed-id'
  | 'guessable-id'
  | 'leaked-id'
  | 'told-apart'
  | 'stream-open'
  | 'repeated-message'
  | 'repeated-event-id'
  | 'process-ended'
  | 'still-running'
  | 'stray-message'
  | 'stray-output'
  | 'answered-twice'
  | 'carried-out-twice'
  | 'elsewhere'
  | 'ended-by-other-id'
  | 'evicted'
  | 'lost-at-once'
  | 'places-taken'
  | 'carried-over';

export interface RawExpectation {
  readonly status?:
    | readonly (number | '1xx' | '2xx' | '3xx' | '4xx' | '5xx')[]
    | number
    | '1xx'
    | '2xx'
    | '3xx'
    | '4xx'
    | '5xx';
  readonly result?: boolean | Readonly<Record<string, Json>>;
  readonly error?:
    { readonly code?: readonly number[] | number; readonly message?: RawMatches | string } | boolean;
  readonly tool?: 'ok' | 'error';
  readonly contains?: RawTexts;
  readonly lacks?: RawTexts;
  readonly equals?: Readonly<Record<string, { readonly at: string } | string | number | boolean | null>>;
  readonly body?: 'empty';
  readonly stream?: boolean;
  readonly 'session-id'?: 'present' | 'absent' | 'single' | 'own' | 'absent-or-own' | 'not-sent';
  readonly header?: Readonly<Record<string, RawMatches | 'present' | 'absent'>>;
  readonly echoes?: boolean;
  readonly 'state-count'?: number;
  readonly 'state-count-at-least'?: number;
  readonly mentions?: 'own-session';
  readonly messages?: number;
  readonly 'begins-with-id-event'?: boolean;
  readonly answered?: boolean;
  readonly idle?: boolean;
  readonly ended?: boolean;
}

export interface RawMatches {
  readonly matches: string;
}

export type RawTexts = readonly string[] | string;

export type RawOptionMeta = 'none' | Readonly<Record<string, Json>>;

export type RawOptionNode = 'first' | 'other' | 'next';

export type RawJudge = readonly RawGrade[] | { readonly answer: string } | RawExpectation;

export interface RawGrade {
  readonly if: RawExpectation;
  readonly then: 'pass' | 'warn' | 'fail' | 'unspecified' | 'unclear';
  readonly 'where-refused'?: readonly string[];
  readonly 'where-served'?: readonly string[];
  readonly reason?: RawReason;
}

export type RawSession =
  | readonly RawOneSession[]
  | { readonly joined: string; readonly ids: readonly RawOneSession[] }
  | RawOneSession;

export type RawOneSession =
  | { readonly 'named-by': string }
  | { readonly 'sent-by': string }
  | {
      readonly actor: string;
      readonly changed?:
        | 'same-form'
        | 'truncated'
        | 'first-half'
        | 'first-eight'
        | 'extended'
        | 'prefixed'
        | 'case-flipped'
        | 'case-swapped'
        | 'look-alike'
        | 'spaced-inside'
        | 'unhyphenated';
    }
  | { readonly generated: 'uuid' | 'hex32' | 'short' | 'long' }
  | { readonly text: string }
  | string;

export interface RawStepByKind {
  readonly open: RawOpen;
  readonly send: RawSend;
  readonly answer: RawAnswer;
  readonly notify: RawNotify;
  readonly post: RawPost;
  readonly listen: RawListen;
  readonly delete: RawDelete;
  readonly raw: RawRaw;
  readonly parallel: RawParallel;
  readonly repeat: RawRepeat;
  readonly await: RawAwait;
  readonly quiet: RawQuiet;
  readonly 'pause-ms': RawPauseMs;
  readonly 'idle-timeouts': RawIdleTimeouts;
  readonly process: RawProcess;
  readonly 'end-input': RawEndInput;
  readonly close: RawClose;
  readonly analyse: RawAnalyse;
  readonly use: RawUse;
}

export type RawStep = RawStepByKind[keyof RawStepByKind];

export interface RawOpen extends RawWithName, RawWithSession {
  readonly open: readonly string[] | string;
  readonly revision?: '2025-03-26' | '2025-06-18' | '2025-11-25' | '2026-07-28' | 'other';
  readonly initialized?: false;
  readonly declares?: readonly ('elicitation' | 'sampling' | 'roots')[];
  readonly meta?: RawOptionMeta;
  readonly 'within-ms'?: number;
  readonly reason?: RawReason;
}

export interface RawSend extends RawWithName, RawWithSession {
  readonly send: string;
  readonly params?: Readonly<Record<string, Json>> | readonly Json[];
  readonly 'rpc-id'?: number | string;
  readonly handle?:
    | { readonly generated: 'uuid' | 'hex32' | 'short' | 'long' }
    | {
        readonly of: string;
        readonly changed:
          | 'same-form'
          | 'truncated'
          | 'first-half'
          | 'first-eight'
          | 'extended'
          | 'prefixed'
          | 'case-flipped'
          | 'case-swapped'
          | 'look-alike'
          | 'spaced-inside'
          | 'unhyphenated'
          | 'tampered';
      }
    | string;
  readonly 'progress-token'?: string;
  readonly nonce?: true;
  readonly 'after-calls'?: number;
  readonly abort?: true | 'in-head' | 'in-body';
  readonly as?: string;
  readonly meta?: RawOptionMeta;
  readonly cookies?: string;
  readonly 'within-ms'?: number;
  readonly reason?: RawReason;
}

export interface RawAnswer extends RawWithName, RawWithSession {
  readonly answer: string;
  readonly as?: string;
  readonly cookies?: string;
  readonly 'within-ms'?: number;
  readonly reason?: RawReason;
}

export interface RawNotify extends RawWithName, RawWithSession {
  readonly notify: string;
  readonly params?: Readonly<Record<string, Json>> | readonly Json[];
  readonly as?: string;
  readonly meta?: RawOptionMeta;
  readonly cookies?: string;
  readonly 'within-ms'?: number;
  readonly reason?: RawReason;
}

export interface RawPost extends RawWithName, RawWithSession {
  readonly post: Json;
  readonly as?: string;
  readonly cookies?: string;
  readonly 'within-ms'?: number;
  readonly reason?: RawReason;
}

export interface RawListen extends RawWithName, RawWithSession {
  readonly listen: string;
  readonly resume?: string;
  readonly behind?: 'first' | 'middle';
  readonly cookies?: string;
  readonly 'within-ms'?: number;
  readonly reason?: RawReason;
}

export interface RawDelete extends RawWithName, RawWithSession {
  readonly delete: string;
  readonly cookies?: string;
  readonly 'within-ms'?: number;
  readonly reason?: RawReason;
}

export interface RawRaw extends RawWithName, RawWithSession {
  readonly raw: string;
  readonly as?: string;
  readonly 'within-ms'?: number;
  readonly reason?: RawReason;
}

export interface RawParallel extends RawWithName {
  readonly parallel: readonly RawStep[];
}

export interface RawRepeat extends RawWithName {
  readonly repeat: 'burst' | number;
  readonly concurrency?: number;
  readonly do: readonly RawStep[];
}

export interface RawAwait extends RawWithName {
  readonly await: string;
  readonly until: 'event' | 'end' | 'answer' | 'request';
  readonly 'within-ms'?: number;
  readonly require?: true;
  readonly judge?: { readonly came: boolean };
  readonly reason?: RawReason;
}

export interface RawQuiet extends RawWithName {
  readonly quiet: string;
  readonly 'for-ms': number;
  readonly reason?: RawReason;
}

export interface RawPauseMs extends RawWithName {
  readonly 'pause-ms': number;
}

export interface RawIdleTimeouts extends RawWithName {
  readonly 'idle-timeouts': number;
}

export interface RawProcess extends RawWithName {
  readonly process: 'stop' | 'kill' | 'start';
  readonly 'within-ms'?: number;
  readonly judge?: { readonly done: true };
  readonly reason?: RawReason;
}

export interface RawEndInput extends RawWithName {
  readonly 'end-input': string;
  readonly 'within-ms'?: number;
  readonly judge?: { readonly done: true };
  readonly reason?: RawReason;
}

export interface RawClose extends RawWithName {
  readonly close: string;
}

export interface RawAnalyse extends RawWithName {
  readonly analyse: 'visible-ascii' | 'uuid' | 'guessable' | 'distinct';
  readonly over: string;
  readonly value?: string;
  readonly judge: Readonly<Record<string, boolean | number>>;
  readonly reason: RawReason;
}

export interface RawUse {
  readonly use: string;
  readonly with?: Readonly<Record<string, Json>>;
  readonly each?: readonly Readonly<Record<string, Json>>[];
}

export interface RawInvariant {
  readonly holds:
    | 'each-reply-matches-its-request'
    | 'each-answer-has-its-id'
    | 'every-request-is-answered'
    | 'no-server-error'
    | 'no-foreign-id'
    | 'answered-alike'
    | 'messages-stay-in-their-session'
    | 'notices-stay-in-their-session'
    | 'words-stay-in-their-session'
    | 'updates-reach-subscribers'
    | 'messages-follow-no-other'
    | 'heard-as-before'
    | 'served-at-once'
    | 'a-call-holds-up-nobody'
    | 'a-refused-delete-ends-nothing'
    | 'served-wherever-it-comes'
    | 'each-message-once'
    | 'progress-stays-in-its-call'
    | 'each-word-once'
    | 'calls-end-alike'
    | 'resumed-streams-go-on'
    | 'event-ids-unique'
    | 'no-response-on-get'
    | 'served-only-before-the-end'
    | 'asked-where-called'
    | 'asked-as-declared'
    | 'answers-come-to-their-call'
    | 'lists-depend-on-what-is-asked'
    | 'lists-keep-their-order'
    | 'subscriptions-are-acknowledged'
    | 'subscriptions-hear-what-they-asked';
  readonly over: string;
  readonly 'at-least'?: number;
  readonly 'too-few'?: 'unclear' | 'unspecified';
}

export interface RawWithTitle {
  readonly title: string;
  readonly revisions?: RawRevisions;
}

export interface RawWithName {
  readonly name?: string;
  readonly when?: RawFacts;
}

export interface RawWithSession {
  readonly session?: RawSession;
  readonly 'revision-header'?: string;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly credentials?: 'none';
  readonly query?: string;
  readonly connection?: string;
  readonly node?: RawOptionNode;
  readonly background?: true;
  readonly require?: RawExpectation;
  readonly judge?: RawJudge;
  readonly observe?: true;
  readonly control?: string;
  readonly group?: string;
  readonly save?: Readonly<Record<string, string>>;
}
