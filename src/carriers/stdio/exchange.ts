import type { Call, Limits, SendOptions } from '../../model/carrier.js';
import { isAnsweredBy, messagesOf, type RpcId } from '../../model/message.js';
import type { End, Reply, StreamEvent } from '../../model/reply.js';
import type { Exit, StdioRequest } from '../../model/framing.js';
import { after, runningMs, type Wait } from '../clock.js';
import { allowance } from '../kept.js';
import { Watchers } from '../watchers.js';

/** One line to a process and what comes because of it: a channel for all that answers nothing, where there was no line. */
export class StdioExchange implements Call {
  readonly settled: Promise<Reply>;
  /** True for a channel, which has no answer to wait for. */
  readonly listens: boolean;
  readonly #limits: Limits;
  readonly #options: SendOptions;
  readonly #over: (exchange: StdioExchange) => void;
  readonly #due: Set<RpcId>;
  readonly #events: StreamEvent[] = [];
  readonly #startedMs = runningMs();
  readonly #watchers = new Watchers();
  readonly #deadline: Wait;
  readonly #allow: (bytes: number) => number;
  #resolve: (reply: Reply) => void = () => undefined;
  #isSettled = false;
  #silence: Reply | undefined;
  #exit: Exit | undefined;
  #end: End = 'open';

  constructor(
    { line }: StdioRequest,
    options: SendOptions,
    limits: Limits,
    over: (exchange: StdioExchange) => void,
  ) {
    this.listens = line === undefined;
    this.#options = options;
    this.#limits = limits;
    this.#allow = allowance(limits, limits.bodyMaxBytes);
    this.#over = over;
    this.#due = new Set(line === undefined ? [] : requestsIn(line));
    this.settled = new Promise((resolve) => (this.#resolve = resolve));
    this.#deadline = after(options.timeoutMs, () => this.#expire());
  }

  /** The requests in it that nothing has answered yet. */
  get due(): ReadonlySet<RpcId> {
    return this.#due;
  }

  /** The line is on its way. */
  written(): void {
    if (this.#options.abortWhenSent) return this.abort();
    if (this.listens) this.#settle();
    else if (this.#due.size === 0) this.#finish('complete');
  }

  take(event: StreamEvent): void {
    if (this.#end !== 'open') return;
    const { length } = event.data;
    if (this.#events.length >= this.#limits.eventsMax || this.#allow(length) < length)
      return this.#finish('limit');
    if (this.#events.length === 0 && !this.#isSettled) this.#deadline.refresh();
    this.#events.push(event);
    const wasDue = this.#due.size > 0;
    for (const id of this.#due) if (isAnsweredBy(event, id)) this.#due.delete(id);
    const { until } = this.#options;
    if (wasDue && this.#due.size === 0) return this.#finish('complete');
    if (typeof until === 'function' && until(event)) this.#settle();
    this.#watchers.look(() => this.snapshot());
  }

  /** Nothing more comes, because of the target or of a bound of ours. */
  cut(end: 'truncated' | 'limit', silence: Reply | undefined, exit?: Exit): void {
    this.#exit = exit;
    this.#finish(end, silence);
  }

  snapshot(): Reply {
    if (this.#silence !== undefined) return this.#silence;
    if (this.#end === 'open' && this.#events.length === 0 && !this.listens)
      return { kind: 'timeout', afterMs: this.#elapsedMs() };
    return {
      kind: 'response',
      frame: { carrier: 'stdio', ...(this.#exit && { exit: this.#exit }) },
      content: {
        kind: 'stream',
        events: this.#end === 'open' ? [...this.#events] : this.#events,
        end: this.#end,
      },
    };
  }

  waitFor(test: (reply: Reply) => boolean, timeoutMs: number): Promise<boolean> {
    if (test(this.snapshot())) return Promise.resolve(true);
    return this.#end === 'open' ? this.#watchers.add(test, timeoutMs) : Promise.resolve(false);
  }

  abort(): void {
    this.#finish('aborted', { kind: 'aborted', afterMs: this.#elapsedMs() });
  }

  #expire(): void {
    this.#finish('aborted', { kind: 'timeout', afterMs: this.#elapsedMs() });
  }

  #settle(): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#deadline.cancel();
    this.#resolve(this.snapshot());
  }

  /** `silence` is told where nothing has come. */
  #finish(end: End, silence?: Reply): void {
    if (this.#end !== 'open') return;
    this.#end = end;
    if (this.#events.length === 0 && !this.listens) this.#silence = silence;
    this.#settle();
    this.#watchers.look(() => this.snapshot());
    this.#watchers.end();
    this.#over(this);
  }

  #elapsedMs(): number {
    return Math.round((runningMs() - this.#startedMs) * 100) / 100;
  }
}

function requestsIn(line: string): readonly RpcId[] {
  return messagesOf({ atMs: 0, data: line }).flatMap((message) =>
    message.kind === 'request' && (typeof message.id === 'number' || typeof message.id === 'string')
      ? [message.id]
      : [],
  );
}
