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
