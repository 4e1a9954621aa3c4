import type { Header } from '../model/framing.js';
import type { Reply, StreamEvent } from '../model/reply.js';
import type { Json } from '../model/request.js';
import type { Asked, Entry, Exchange, Transcript } from '../model/transcript.js';

/** Transcripts made by hand. */
export function transcript(entries: readonly Entry[], cut?: Transcript['cut']): Transcript {
  return { check: 'demo.one', revision: '2025-11-25', entries, ...(cut && { cut }) };
}

interface Changes extends Partial<Omit<Exchange, 'kind' | 'seq' | 'step' | 'asked' | 'reply'>> {
  readonly asked?: Partial<Asked>;
}

let seq = 0;

/** A ping of alice in her own session, answered with `reply`, unless changed. */
export function exchange(step: string, reply: Reply, { asked, ...changes }: Changes = {}): Exchange {
  seq += 1;
  return {
    kind: 'exchange',
    seq,
    step,
    actor: 'alice',
    asked: {
      kind: 'request',
      method: 'ping',
      rpcId: 1,
      session: ['«session alice»'],
      own: '«session alice»',
      ...asked,
    },
    sent: { carrier: 'http', method: 'POST', headers: [['Mcp-Session-Id', '«session alice»']], body: '{}' },
    named: [],
    mentions: [],
    reply,
    startedMs: seq * 10,
    settledMs: seq * 10 + 5,
    ...changes,
  };
}

/** A successful opening, at the step 0 unless told. */
export function opened(step = '0', actor = 'alice', changes: Changes = {}): Exchange {
  return exchange(step, result(initializeResult), {
    actor,
    named: [`«session ${actor}»`],
    ...changes,
    asked: { kind: 'initialize', method: 'initialize', session: [], ...changes.asked },
  });
}

export const initializeResult: Json = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  serverInfo: { name: 'fake', version: '1' },
};

export function body(status: number, text: string, headers: readonly Header[] = []): Reply {
  return {
    kind: 'response',
    frame: { carrier: 'http', status, headers },
    content: { kind: 'body', text, bytes: Buffer.byteLength(text), end: 'complete' },
  };
}

export const empty = (status: number, headers: readonly Header[] = []): Reply => body(status, '', headers);

export function result(value: Json, id: number | string = 1): Reply {
  return body(200, JSON.stringify({ jsonrpc: '2.0', id, result: value }));
}

export function failure(status: number, id: number | string | null = 1): Reply {
  return body(status, JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32000, message: 'no' } }));
}

export function stream(
  events: readonly Partial<StreamEvent>[],
  end: 'complete' | 'open' | 'aborted' | 'truncated' = 'complete',
): Extract<Reply, { readonly kind: 'response' }> {
  return {
    kind: 'response',
    frame: { carrier: 'http', status: 200, headers: [['Content-Type', 'text/event-stream']] },
    content: { kind: 'stream', events: events.map((event) => ({ atMs: 0, data: '', ...event })), end },
  };
}

/** What came over stdio. */
export function lines(...events: readonly Partial<StreamEvent>[]): Reply {
  return { ...stream(events), frame: { carrier: 'stdio' } };
}

/** One event with a JSON-RPC result. */
export const resultEvent = (value: Json, id: number | string = 1): Partial<StreamEvent> => ({
  data: JSON.stringify({ jsonrpc: '2.0', id, result: value }),
});

export const silence: Reply = { kind: 'timeout', afterMs: 1000 };
export const reset: Reply = { kind: 'dropped', code: 'ECONNRESET', says: 'connection reset' };
export const abandoned: Reply = { kind: 'aborted', afterMs: 5 };
export const alive: Reply = empty(200);
