import type { EventSourceMessage, EventSourceParser } from 'eventsource-parser';
import { createParser } from 'eventsource-parser';
import type { Content, End, StreamEvent } from '../../model/reply.js';
import type { Limits } from '../../model/carrier.js';
import { nowMs } from '../clock.js';
import { allowance } from '../kept.js';
import type { Intake } from './intake.js';

/**
 * Server-sent events, each delivered as soon as the blank line behind it has come. A `retry` field is reported with the event
 * it came with or, if its block had no data, with the next one; at the end of the stream it becomes an event of its own,
 * with empty data. `bodyMaxBytes` bounds one event as well as all that is kept of a stream.
 */
export class Stream implements Intake {
  readonly kind = 'stream';
  readonly #limits: Limits;
  readonly #onEvent: (event: StreamEvent) => void;
  readonly #events: StreamEvent[] = [];
  readonly #decoder = new TextDecoder('utf-8');
  readonly #parser: EventSourceParser;
  #retryMs: number | undefined;
  #endedWithCr = false;
  readonly #allow: (bytes: number) => number;
  #isShut = false;
  /** Undefined until something came that is no white space. */
  #beginsAsJson: boolean | undefined;

  constructor(limits: Limits, onEvent: (event: StreamEvent) => void) {
    this.#limits = limits;
    this.#allow = allowance(limits, limits.bodyMaxBytes);
    this.#onEvent = onEvent;
    this.#parser = createParser({
      maxBufferSize: limits.bodyMaxBytes,
      onEvent: (message) => this.#take(message),
      onRetry: (retryMs) => (this.#retryMs = retryMs),
      onError: (error) => (this.#isShut ||= error.type === 'max-buffer-size-exceeded'),
    });
  }

  push(chunk: Buffer): boolean {
    if (this.#isShut) return false;
    const text = this.#decoder.decode(chunk, { stream: true });
    const [first] = text.trimStart();
    if (first !== undefined) this.#beginsAsJson ??= first === '{' || first === '[';
    this.#parser.feed(this.#withLineFeeds(text));
    return !this.#isShut;
  }

  // A line may end with CR, LF or both. The parser waits behind a CR for what comes next, which for a target that writes CR alone
  // is the event after this one.
  #withLineFeeds(text: string): string {
    if (text === '') return text;
    const rest = this.#endedWithCr && text.startsWith('\n') ? text.slice(1) : text;
    this.#endedWithCr = text.endsWith('\r');
    return rest.includes('\r') ? rest.replaceAll(/\r\n?/g, '\n') : rest;
  }

  finish(): void {
    if (this.#retryMs !== undefined) this.#take({ data: '', id: undefined, event: undefined });
    this.#isShut = true;
  }

  content(end: End): Content {
    const events = end === 'open' ? [...this.#events] : this.#events;
    const isStray = this.#beginsAsJson === true && events.length === 0;
    return { kind: 'stream', events, ...(isStray && { stray: 'json' }), end };
  }

  #take({ data, event, id }: EventSourceMessage): void {
    if (this.#isShut) return;
    const length = data.length + (id?.length ?? 0) + (event?.length ?? 0);
    this.#isShut = this.#events.length >= this.#limits.eventsMax || this.#allow(length) < length;
    if (this.#isShut) return;
    const taken: StreamEvent = {
      atMs: nowMs(),
      data,
      ...(event === undefined ? {} : { event }),
      ...(id === undefined ? {} : { id }),
      ...(this.#retryMs === undefined ? {} : { retryMs: this.#retryMs }),
    };
    this.#retryMs = undefined;
    this.#events.push(taken);
    this.#onEvent(taken);
  }
}
