import { headerValues, type Header, type HttpFrame, type StdioFrame } from './framing.js';

/** One event of a stream: a server-sent event, or a line. `id` is absent where it carried none. */
export interface StreamEvent {
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

/** The text in which messages came: all at once, or one event after the other. */
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
  | {
      readonly kind: 'stream';
      readonly events: readonly StreamEvent[];
      /** No event came; what did come begins as JSON does, so it is no stream of events. */
      readonly stray?: 'json';
      readonly end: End;
    };

/** What the carrier puts around the messages. */
export type Frame = HttpFrame | StdioFrame;

/** What came back. Nothing at all is a reply too. */
export type Reply =
  | { readonly kind: 'response'; readonly frame: Frame; readonly content: Content }
  | { readonly kind: 'timeout'; readonly afterMs: number }
  | { readonly kind: 'dropped'; readonly code: string; readonly says: string }
  | { readonly kind: 'aborted'; readonly afterMs: number };

/** There was more than is kept, so that what is kept says nothing as a whole. */
export function isCut(reply: Reply): boolean {
  if (reply.kind !== 'response') return false;
  const { content } = reply;
  return content.end === 'limit' || (content.kind === 'body' && content.digest !== undefined);
}

/** The events of a stream, wherever it came; a body has none. */
export function eventsOf(reply: Reply | undefined): readonly StreamEvent[] {
  return reply?.kind === 'response' && reply.content.kind === 'stream' ? reply.content.events : [];
}

export function isStream(reply: Reply | undefined): boolean {
  return reply?.kind === 'response' && reply.content.kind === 'stream';
}

/** The status of an HTTP response; no other carrier has one. */
export function statusOf(reply: Reply | undefined): number | undefined {
  return reply?.kind === 'response' && reply.frame.carrier === 'http' ? reply.frame.status : undefined;
}

/** The header fields of an HTTP response. */
export function headersOf(reply: Reply | undefined): readonly Header[] {
  return reply?.kind === 'response' && reply.frame.carrier === 'http' ? reply.frame.headers : [];
}

/** The values of one header field of a reply. */
export function replyHeader(reply: Reply | undefined, name: string): readonly string[] {
  return headerValues(headersOf(reply), name);
}

/** Something came, and its frame refuses nothing: a success of HTTP, or a carrier that can only refuse in a message. */
export function isSuccess(reply: Reply | undefined): boolean {
  if (reply?.kind !== 'response') return false;
  return reply.frame.carrier !== 'http' || (reply.frame.status >= 200 && reply.frame.status < 300);
}

/** A refusal for load. */
export function isBusy(reply: Reply | undefined): boolean {
  const status = statusOf(reply);
  return status === 429 || status === 503;
}

/** A server error that is not just a refusal for load. */
export function isFault(reply: Reply): boolean {
  const status = statusOf(reply);
  return status !== undefined && status >= 500 && status !== 503;
}

/** The coding of a body that came compressed though each request says that it takes none. */
export function codingOf(reply: Reply | undefined): string | undefined {
  return replyHeader(reply, 'content-encoding').find((coding) => coding.toLowerCase() !== 'identity');
}

/** What the system calls it when this machine has no descriptor, port or memory left for a connection: no fault of a target. */
const ownCodes: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'ENOMEM']);

/** True where nothing was sent because of a limit of ours. */
export function isOwnLimit(reply: Reply | undefined): boolean {
  return reply?.kind === 'dropped' && isOwnCode(reply.code);
}

export function isOwnCode(code: string): boolean {
  return ownCodes.has(code);
}
