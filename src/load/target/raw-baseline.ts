/* oxlint-disable max-lines -- written by a test from the JSON Schema; `npx vitest run src/load/schema -u` writes it again */

export interface RawBaseline {
  readonly baseline: readonly RawEntry[];
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
