/** One header field as it stood on the wire: case, order and repetition are kept. Values are latin-1 text. */
export type Header = readonly [name: string, value: string];

export interface HttpRequest {
  readonly method: string;
  readonly headers: readonly Header[];
  readonly body?: string;
  /** Query string to put behind the target's path, without its `?`. */
  readonly query?: string;
  /** Bytes (latin-1) to send instead of a well-formed request; method, headers and body then only describe it. */
  readonly raw?: string;
}

/** One server-sent event. `id` is absent where the event carried none. */
export interface SseEvent {
  readonly atMs: number;
  readonly data: string;
  readonly event?: string;
  readonly id?: string;
  readonly retryMs?: number;
}

/**
 * How a body or stream ended: `complete` as announced, `open` while it still runs, `aborted` by us (deadline, close, or a check
 * that wants it so), `truncated` by the target before its end, `limit` when it grew past a bound of the harness.
 */
export type End = 'complete' | 'open' | 'aborted' | 'truncated' | 'limit';

export type Content =
  | {
      readonly kind: 'body';
      /** Decoded as UTF-8; at most the first `bodyKeptBytes`. */
      readonly text: string;
      readonly bytes: number;
      /** SHA-256 of what was received, in hex; only where `text` was cut. */
      readonly digest?: string;
      /** True when the bytes were not valid UTF-8. */
      readonly garbled?: true;
      readonly end: End;
    }
  | { readonly kind: 'stream'; readonly events: readonly SseEvent[]; readonly end: End };

/** What came back. Nothing at all is a reply too. */
export type Reply =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers: readonly Header[];
      readonly content: Content;
    }
  | { readonly kind: 'timeout'; readonly afterMs: number }
  | { readonly kind: 'dropped'; readonly code: string; readonly says: string }
  | { readonly kind: 'aborted'; readonly afterMs: number };

export function headerValues(headers: readonly Header[], name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
}

/** The events of a stream, wherever it came; a body has none. */
export function eventsOf(reply: Reply | undefined): readonly SseEvent[] {
  return reply?.kind === 'response' && reply.content.kind === 'stream' ? reply.content.events : [];
}

/** A server error that is not just a refusal for load. */
export function isFault(reply: Reply): boolean {
  return reply.kind === 'response' && reply.status >= 500 && reply.status !== 503;
}
