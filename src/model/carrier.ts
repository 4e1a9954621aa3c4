import type { Mirrored } from './mirrored.js';
import type { Header, Sent, Exit } from './framing.js';
import type { Reply, StreamEvent } from './reply.js';
import type { IdPlace, MetaPlace } from './session-id.js';

/** Where a target is. */
export type Address = HttpAddress | StdioAddress;

export interface HttpAddress {
  readonly kind: 'http';
  readonly url: URL;
}

export function atUrl(url: URL): HttpAddress {
  return { kind: 'http', url };
}

/** A command for a shell, which is started for each client. */
export interface StdioAddress {
  readonly kind: 'stdio';
  readonly command: string;
  /** All variables of its environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Those that the user gave, whose values may be secrets. */
  readonly given: readonly Header[];
}

/** What a client wants to say, before a carrier gives it a frame. */
export interface Outgoing {
  /** To bring a message, to open a channel for what the server says by itself, or to end a session. */
  readonly does: 'message' | 'listen' | 'end';
  /** The message; a check may give any text. */
  readonly text?: string;
  /** Session ids to carry. */
  readonly ids: readonly string[];
  /** The negotiated revision, where it is to be named. */
  readonly revision?: string;
  /** Header fields repeat what the message asks for, as 2026-07-28 wants it. */
  readonly modern?: true;
  /** And arguments of calls, of tools that want that. */
  readonly mirrored?: Mirrored;
  /** The event behind which a channel goes on. */
  readonly resumes?: string;
  /** Credentials and the like. */
  readonly added: readonly Header[];
  /** What a check wants of HTTP itself; another carrier cannot say it. */
  readonly http?: {
    /** Added; one that belongs to the frame is replaced, `null` removes it. */
    readonly headers: Readonly<Record<string, string | null>>;
    readonly query?: string;
    readonly raw?: string;
  };
}

/** Why a carrier has no frame for something. */
export interface Unsayable {
  readonly because: string;
}

/** How messages travel. Nothing is opened before the first is sent. */
export interface Carrier {
  readonly idPlace: IdPlace;
  /** As a client of MCP frames it. */
  frame(outgoing: Outgoing): Sent | Unsayable;
  connect(): Connection;
  /** Closes what is still open. */
  close(): Promise<void>;
}

/** The channel of one client: kept between requests, which may overlap. */
export interface Connection {
  send(sent: Sent, options: SendOptions): Call;
  /** How its process ended by itself, on a carrier that has one, and what it said last. */
  ended?(): Ended | undefined;
  /** Ends its process by closing its input, and after `withinMs` by signals. Undefined where there is no process. */
  endInput?(withinMs: number): Promise<Closing | undefined>;
  /** Ends what is under way and all that belongs to it. */
  close(): Promise<void>;
}

export interface Ended extends Exit {
  readonly atMs: number;
  /** The end of its standard error. */
  readonly stderr: string;
}

/** How a process ended that was to end. */
export interface Closing extends Ended {
  /** Besides that its input was closed. */
  readonly needed: 'nothing' | 'SIGTERM' | 'SIGKILL';
  readonly afterMs: number;
  /** What it wrote to standard output that belongs to no request, a line each. */
  readonly lines?: readonly string[];
}

export interface SendOptions {
  /** Time for the first sign of an answer, and again for what settles it. */
  readonly timeoutMs: number;
  /**
   * What settles the exchange: `head` for a stream that stays open, `end` for a whole answer, or the test that tells the event
   * which answers a request inside a stream (a body that is no stream settles at its end).
   */
  readonly until: 'head' | 'end' | ((event: StreamEvent) => boolean);
  /** How much of a body is kept, where it is read and not recorded. */
  readonly bodyKeptBytes?: number;
  /** Drops the connection as soon as the request has been written, without reading the answer. */
  readonly abortWhenSent?: true;
  /** Its turn before the request goes once more, on a new connection; without it no request does. */
  readonly turn?: Turn;
  /** The request opens a session. */
  readonly room?: Room;
  /** Writes no more than the first half of the head, or the head and half of the body. */
  readonly stopIn?: 'head' | 'body';
}

/** The room for one session more, at a target that refused one for want of it. */
export interface Room {
  /** Told that waiting did not help. */
  readonly refused: () => void;
  /** False where waiting makes none: those who ask hold all that there is, or others do for the whole run. */
  readonly mayCome: () => boolean;
  /** Others of us hold some, and end their sessions by and by. */
  readonly isHeld?: () => boolean;
  /** Resolves when some was made. */
  readonly comes: () => Promise<void>;
}

/** A request under way. */
export interface Call {
  /** Never rejects: what the target does is a value. */
  readonly settled: Promise<Reply>;
  /** All that came until now; a stream goes on growing after it settled. */
  snapshot(): Reply;
  /** What came to the same request before, for which it was sent again. */
  earlier?(): readonly Reply[];
  /** When it was sent for the last time, where that was not at once. */
  startedMs?(): number | undefined;
  /** Resolves true once `test` holds for the snapshot, false after `timeoutMs`; looked at after each event and at the end. */
  waitFor(test: (reply: Reply) => boolean, timeoutMs: number): Promise<boolean>;
  /** Drops the exchange and what it alone uses; what came stays readable. */
  abort(): void;
}

/** Waits until one request more may be sent. Undefined where it may; else why it must not be. */
export type Turn = () => Promise<'budget' | 'interrupted' | undefined>;

/** Bounds of one exchange, and of all of a run. The carrier enforces each of them. */
export interface Limits {
  readonly bodyMaxBytes: number;
  readonly bodyKeptBytes: number;
  readonly headersMaxBytes: number;
  readonly eventsMax: number;
  /** What all answers of a run may keep together, besides a little of each; there is no such bound without it. */
  readonly kept?: Kept;
}

/** Room that the answers of a run share. */
export interface Kept {
  /** Takes so many bytes, or what is left. */
  readonly take: (bytes: number) => number;
}

export const defaultLimits: Limits = {
  bodyMaxBytes: 8 << 20,
  // Lists of tools are larger than one would think, and are judged by what they say.
  bodyKeptBytes: 256 << 10,
  headersMaxBytes: 64 << 10,
  eventsMax: 10_000,
};

/** Of all answers of a run; what does not fit is cut off, which makes a judgement inconclusive. */
export const keptMaxBytes = 48 << 20;

export interface HttpOptions {
  readonly url: URL;
  /** Added to each request behind its own fields. */
  readonly headers: readonly Header[];
  readonly limits: Limits;
  /** PEM text of additional certificate authorities. */
  readonly ca?: string;
  /** Accepts any certificate. */
  readonly insecure?: true;
  /** `http://host:port` of a forward proxy. */
  readonly proxy?: string;
}

export interface StdioOptions {
  readonly command: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly limits: Limits;
  readonly idPlace: MetaPlace;
  /** So much longer is waited for until a process has said something, since it may still be starting. */
  readonly startingMs?: number;
}
