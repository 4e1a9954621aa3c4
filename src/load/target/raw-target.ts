/* oxlint-disable max-lines -- written by a test from the JSON Schema; `npx vitest run src/load/schema -u` writes it again */
import type { Json } from '../../model/request.js';

export interface RawTarget {
  readonly url?: string;
  readonly server?: string;
  readonly stdio?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly as?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly revision?: 'auto' | 'all' | '2026-07-28' | '2025-11-25' | '2025-06-18' | '2025-03-26';
  readonly profile?: 'spec' | 'interop' | 'strict-400' | 'strict-4xx';
  readonly suites?: readonly string[];
  readonly mutants?: readonly RawMutant[];
  readonly baseline?: string | readonly RawEntry[];
  readonly 'idle-timeout'?: number;
  readonly replicas?: readonly string[];
  readonly burst?: number;
  readonly 'time-scale'?: number;
  readonly ca?: string;
  readonly insecure?: boolean;
  readonly tools?: {
    readonly state?: {
      readonly write: RawCall;
      readonly read: RawCall;
      readonly shows: 'number' | 'marks';
      readonly 'count-at'?: string;
    };
    readonly identity?: RawCall;
    readonly slow?: RawCall;
    readonly update?: { readonly uri: string; readonly change: RawCall };
    readonly handle?: {
      readonly create: RawCall;
      readonly 'id-at'?: string;
      readonly read: RawCall;
      readonly write?: RawCall;
      readonly end?: RawCall;
    };
    readonly ask?: RawCall;
    readonly notify?: RawCall;
    readonly 'data-session'?: { readonly call?: RawCall; readonly refusal?: 'error' | 'tool-error' };
  };
  readonly hooks?: { readonly stop: string; readonly kill: string; readonly start: string };
}

export interface RawMutant {
  readonly name: string;
  readonly server: string;
  readonly kills?: readonly string[];
}

export interface RawEntry {
  readonly finding?: string;
  readonly check?: string;
  readonly requirement?: string;
  readonly verdict: 'fail';
  readonly reason:
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
  readonly harm?: true;
  readonly revision?: '2026-07-28' | '2025-11-25' | '2025-06-18' | '2025-03-26';
  readonly profile?: 'spec' | 'interop' | 'strict-400' | 'strict-4xx';
  readonly note: string;
  readonly expires: string;
}

export interface RawCall {
  readonly name: string;
  readonly arguments?: Readonly<Record<string, Json>>;
}
