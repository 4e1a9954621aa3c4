import type { Dispatcher } from 'undici';
import { type Header, headerValues } from '../../model/framing.js';
import type { End, Reply, StreamEvent } from '../../model/reply.js';
import type { Call, SendOptions, Limits, Turn } from '../../model/carrier.js';
import { after, runningMs, type Wait } from '../clock.js';
import { dropped } from './dropped.js';
import { interimFlood, interimMax } from './interim.js';
import { readHeaders } from './undici.js';
import type { Intake } from './intake.js';
import { Watchers } from '../watchers.js';
import { mediaType } from '../../model/form.js';
import { Body } from './body.js';
import { Stream } from './stream.js';

/** Where exchanges live. */
export interface Host {
  /** `isComplete` where the connection can serve another. */
  over(exchange: HttpExchange, isComplete: boolean): void;
  /** True if the exchange has begun again on another connection: `fresh` where nothing had been written. */
  again(exchange: HttpExchange, kind: 'fresh' | 'again'): boolean;
  /** True where its connection had served another exchange, and not one byte has come for this one. */
  isUntouched(exchange: HttpExchange): boolean;
  /** Closes its connection once all of the request is written. */
  hangUp(exchange: HttpExchange): void;
  /** Why it still waits for a connection, where this machine has none left. */
  lacks(exchange: HttpExchange): Error | undefined;
  /** True where it had to wait for one. */
  hasWaited(exchange: HttpExchange): boolean;
  /** True where its connection failed, even if the parser accepted the answer. */
  isBroken(exchange: HttpExchange): boolean;
}

interface Head {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly intake: Intake;
}

/**
 * One request and what becomes of it, as undici's handler on one side and as the caller's view on the other. The older
 * form of undici's handler is used on purpose: it alone gives raw headers without parsing them as well, and says when a
 * request has been written.
 */
export class HttpExchange implements Call, Dispatcher.DispatchHandler {
  readonly settled: Promise<Reply>;
  readonly #limits: Limits;
  readonly #options: SendOptions;
  readonly #host: Host;
  readonly #startedMs = runningMs();
  readonly #watchers = new Watchers();
  readonly #deadline: Wait;
  #resolve: (reply: Reply) => void = ignore;
  #reject: (bug: unknown) => void = ignore;
  #isSettled = false;
  #drop: (() => void) | undefined;
  #isLeaving = false;
  #interim = 0;
  #head: Head | undefined;
  /** What came, once it is over: nothing is kept besides. */
  #whole: Reply | undefined;
  readonly #earlier: Reply[] = [];
  #end: End = 'open';

  constructor(limits: Limits, options: SendOptions, host: Host) {
    this.#limits = limits;
    this.#options = options;
    this.#host = host;
    this.settled = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#deadline = after(options.timeoutMs, () => this.#expire());
  }

  /** Before a head has come, this is what a deadline at this moment would say. */
  snapshot(): Reply {
    if (this.#whole !== undefined) return this.#whole;
    if (this.#head === undefined) return { kind: 'timeout', afterMs: this.#elapsedMs() };
    const { status, headers, intake } = this.#head;
    return {
      kind: 'response',
      frame: { carrier: 'http', status, headers },
      content: intake.content(this.#end),
    };
  }

  earlier(): readonly Reply[] {
    return this.#earlier;
  }

  waitFor(test: (reply: Reply) => boolean, timeoutMs: number): Promise<boolean> {
    if (test(this.snapshot())) return Promise.resolve(true);
    return this.#end === 'open' ? this.#watchers.add(test, timeoutMs) : Promise.resolve(false);
  }

  abort(): void {
    this.#finish('aborted', () => ({ kind: 'aborted', afterMs: this.#elapsedMs() }));
  }

  onConnect(drop: () => void): void {
    this.#drop = drop;
    // How long it waited for something of ours is not the target's time.
    if (this.#host.hasWaited(this)) this.#deadline.refresh();
    if (this.#end !== 'open') drop();
  }

  onRequestSent(): void {
    if (this.#options.abortWhenSent !== true) return;
    this.#isLeaving = true;
    this.#host.hangUp(this);
  }

  onHeaders(status: number, raw: Buffer[]): boolean {
    if (this.#isLeaving || this.#end !== 'open') return true;
    if (status < 200) return this.#countInterim();
    const headers = readHeaders(raw);
    const intake = openIntake(status, headers, this.#bounds(headers), (event) => this.#onEvent(event));
    this.#head = { status, headers, intake };
    if (!this.#isSettled) this.#deadline.refresh();
    if (this.#options.until === 'head' && intake.kind === 'stream') this.#settle();
    this.#watchers.look(() => this.snapshot());
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (this.#end === 'open' && this.#head?.intake.push(chunk) === false) this.#finish('limit');
    return true;
  }

  onComplete(): void {
    if (this.#isLeaving) return this.abort();
    this.#finish(this.#host.isBroken(this) ? 'truncated' : 'complete');
  }

  onError(error: Error): void {
    if (this.#isLeaving) return this.abort();
    const { turn } = this.#options;
    if (this.#end === 'open' && this.#drop === undefined && this.#host.again(this, 'fresh')) return;
    if (this.#end === 'open' && turn !== undefined && this.#host.isUntouched(this))
      return void this.#sendAgain(error, turn);
    this.#finish('truncated', () => dropped(error));
  }

  /**
   * A target may close a kept connection just as it is used again. That no byte of an answer came on it then says nothing, so the
   * request goes once more, on a new one.
   */
  async #sendAgain(error: Error, turn: Turn): Promise<void> {
    // The turn may take longer than an answer.
    this.#deadline.cancel();
    if ((await turn()) !== undefined) return this.#finish('truncated', () => dropped(error));
    if (this.#end !== 'open') return;
    this.#earlier.push(dropped(error));
    this.#drop = undefined;
    this.#deadline.refresh();
    this.#host.again(this, 'again');
  }

  #expire(): void {
    const lacks = this.#host.lacks(this);
    this.#finish('aborted', () =>
      lacks === undefined ? { kind: 'timeout', afterMs: this.#elapsedMs() } : dropped(lacks),
    );
  }

  #bounds(headers: readonly Header[]): Limits {
    const { bodyKeptBytes } = this.#options;
    if (isCompressed(headers)) return { ...this.#limits, bodyKeptBytes: compressedKeptBytes };
    if (bodyKeptBytes === undefined) return this.#limits;
    const { kept: _, ...own } = this.#limits;
    return { ...own, bodyKeptBytes };
  }

  #countInterim(): boolean {
    this.#interim += 1;
    if (this.#interim > interimMax) this.#finish('aborted', () => dropped(interimFlood()));
    return true;
  }

  #onEvent(event: StreamEvent): void {
    const { until } = this.#options;
    try {
      if (typeof until === 'function' && !this.#isSettled && until(event)) this.#settle();
    } catch (bug) {
      this.#reject(bug);
      this.#settle();
    }
    this.#watchers.look(() => this.snapshot());
  }

  #settle(): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#deadline.cancel();
    this.#resolve(this.snapshot());
  }

  /** `silence` is reported where no head has come. */
  #finish(end: End, silence?: () => Reply): void {
    if (this.#end !== 'open') return;
    this.#end = end;
    this.#head?.intake.finish();
    this.#whole = (this.#head === undefined ? silence?.() : undefined) ?? this.snapshot();
    this.#head = undefined;
    this.#settle();
    this.#watchers.look(() => this.snapshot());
    this.#watchers.end();
    if (end === 'aborted' || end === 'limit') this.#drop?.();
    this.#drop = undefined;
    this.#host.over(this, end === 'complete');
  }

  #elapsedMs(): number {
    return Math.round((runningMs() - this.#startedMs) * 100) / 100;
  }
}

/** It tells what came; nobody reads it. */
const compressedKeptBytes = 1 << 10;

function ignore(): void {}

function openIntake(
  status: number,
  headers: readonly Header[],
  limits: Limits,
  onEvent: (event: StreamEvent) => void,
): Intake {
  return isEventStream(status, headers) ? new Stream(limits, onEvent) : new Body(limits);
}

// A compressed stream is kept as the bytes it is: nothing is decompressed here, so no small answer can grow large.
function isEventStream(status: number, headers: readonly Header[]): boolean {
  if (status < 200 || status > 299) return false;
  const [type] = headerValues(headers, 'content-type');
  if (type === undefined || mediaType(type) !== 'text/event-stream') return false;
  return !isCompressed(headers);
}

function isCompressed(headers: readonly Header[]): boolean {
  return headerValues(headers, 'content-encoding').some((coding) => coding.toLowerCase() !== 'identity');
}
