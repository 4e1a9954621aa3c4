import type { CountAt } from './count.js';
import type { Refusal } from './data-session.js';

/** One request, ready to be sent: a JSON-RPC method with its parameters. `${nonce}` in a string is replaced for each use. */
export interface Probe {
  readonly method: string;
  readonly params?: Json;
  /** How long its answer took when it was tried, where that is longer than a slow probe should take: deadlines grow by it. */
  readonly takesMs?: number;
  /** How long behind its answer comes what it waits for, where that comes by itself. */
  readonly behindMs?: number;
}
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** How to write and read state of a session; `read` may be the write itself (a counter). */
export interface StateProbe {
  readonly write: Probe;
  readonly read: Probe;
  /**
   * `number`: the first integer in the answer counts the writes. `marks`: each write leaves its nonce in the answer of `read`. `word`:
   * only the last one does.
   */
  readonly shows: 'number' | 'marks' | 'word';
  /** Where the number stands, if it is another. Only `read` shows it, and reading changes nothing. */
  readonly count?: CountAt;
  /** For how long a reading did not show what had been written before, where it came from a cache. */
  readonly staleMs?: number;
}

/** How to hear of a resource, and how to make it change. */
export interface UpdateProbe {
  readonly subscribe: Probe;
  readonly change: Probe;
}

/** A call of a tool, as it is described in `sessionspec.yaml`. */
export interface ToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, Json>>;
}

/** What tools are for that discovery cannot recognise by itself. */
export interface DescribedTools {
  readonly state?: {
    readonly write: ToolCall;
    readonly read: ToolCall;
    readonly shows: 'number' | 'marks';
    readonly countAt?: CountAt['keys'];
  };
  readonly identity?: ToolCall;
  readonly slow?: ToolCall;
  readonly notify?: ToolCall;
  readonly update?: { readonly uri: string; readonly change: ToolCall };
  readonly handle?: DescribedHandle;
  readonly ask?: ToolCall;
  /** A call that needs the cookie of a data-layer session, and how it is refused without one. */
  readonly dataSession?: { readonly call?: ToolCall; readonly refusal?: Refusal };
}

/** Tools whose arguments have `${handle}` where the id goes that `create` answers with. */
export interface DescribedHandle {
  readonly create: ToolCall;
  /** Under which keys of the result the id stands. */
  readonly idAt?: readonly (string | number)[];
  readonly read: ToolCall;
  readonly write?: ToolCall;
  readonly end?: ToolCall;
}
