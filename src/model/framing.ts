/** One header field as it stood on the wire: case, order and repetition are kept. Values are latin-1 text. */
export type Header = readonly [name: string, value: string];

export interface HttpRequest {
  readonly carrier: 'http';
  readonly method: string;
  readonly headers: readonly Header[];
  readonly body?: string;
  /** Query string to put behind the target's path, without its `?`. */
  readonly query?: string;
  /** Bytes (latin-1) to send instead of a well-formed request; method, headers and body then only describe it. */
  readonly raw?: string;
}

/** What HTTP puts around the messages of a reply. */
export interface HttpFrame {
  readonly carrier: 'http';
  readonly status: number;
  readonly headers: readonly Header[];
}

export function headerValues(headers: readonly Header[], name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
}

/** One line on the standard input of a process; none where a client only listens. */
export interface StdioRequest {
  readonly carrier: 'stdio';
  readonly line?: string;
}

/** What stdio puts around the messages of a reply: nothing, but that the process may have ended behind them. */
export interface StdioFrame {
  readonly carrier: 'stdio';
  readonly exit?: Exit;
}

/** How a process ended: by itself with a code, or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** What goes over a carrier. */
export type Sent = HttpRequest | StdioRequest;
