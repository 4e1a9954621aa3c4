import type { Header, HttpRequest, Reply, SseEvent } from './http.js';

/** Bounds of one exchange. The wire enforces every one of them. */
export interface WireLimits {
  readonly bodyMaxBytes: number;
  readonly bodyKeptBytes: number;
  readonly headersMaxBytes: number;
  readonly eventsMax: number;
}

export interface SendOptions {
  /** Time for the head of the answer, and again for what settles it. */
  readonly timeoutMs: number;
  /**
   * What settles the exchange: `head` for a stream that stays open, `end` for a whole answer, or the test that tells the event
   * which answers a request inside a stream (a body that is no stream settles at its end).
   */
  readonly until: 'head' | 'end' | ((event: SseEvent) => boolean);
  /** How much of a body is kept, where it is more or less than the wire's limit. */
  readonly bodyKeptBytes?: number;
  /** Drops the connection as soon as the request has been written, without reading the answer. */
  readonly abortWhenSent?: true;
}

/** A request under way. */
export interface Call {
  /** Never rejects: what the target does is a value. */
  readonly settled: Promise<Reply>;
  /** All that came until now; a stream goes on growing after it settled. */
  snapshot(): Reply;
  /** Resolves true once `test` holds for the snapshot, false after `timeoutMs`; looked at after each event and at the end. */
  waitFor(test: (reply: Reply) => boolean, timeoutMs: number): Promise<boolean>;
  /** Drops the exchange and its connection; what came stays readable. */
  abort(): void;
}

/** Connections of one actor: kept alive between requests, one more wherever requests overlap. */
export interface Connection {
  send(request: HttpRequest, options: SendOptions): Call;
  /** Ends what is under way, closes every socket. */
  close(): Promise<void>;
}

export interface Wire {
  connect(): Connection;
  /** Closes what is still open. */
  close(): Promise<void>;
}

/** Waits until one request more may be sent. Undefined where it may; else why it must not be. */
export type Turn = () => Promise<'budget' | 'interrupted' | undefined>;

export interface WireOptions {
  readonly url: URL;
  /** Added to each request behind its own fields. */
  readonly headers: readonly Header[];
  readonly limits: WireLimits;
  /** PEM text of additional certificate authorities. */
  readonly ca?: string;
  /** Accepts any certificate. */
  readonly insecure?: true;
  /** `http://host:port` of a forward proxy. */
  readonly proxy?: string;
}

export const defaultLimits: WireLimits = {
  bodyMaxBytes: 8 << 20,
  bodyKeptBytes: 64 << 10,
  headersMaxBytes: 64 << 10,
  eventsMax: 10_000,
};
