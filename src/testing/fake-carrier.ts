import type { Header, HttpRequest } from '../model/framing.js';
import type { End, Reply, StreamEvent } from '../model/reply.js';
import { sessionHeader } from '../model/session-id.js';
import { frameHttp } from '../carriers/http/http.js';
import type { Call, Carrier, Connection, SendOptions } from '../model/carrier.js';

/** A request as it reached the target. */
export interface Arrived {
  readonly request: HttpRequest;
  /** Which connection, from 1. */
  readonly connection: number;
  readonly options: SendOptions;
}

/** What a target does with a request: answers, now or later, opens a stream, or says nothing at all. */
export type Answer = Reply | FakeStream | 'silence';
export type Target = (arrived: Arrived) => Answer | Promise<Answer>;

export interface FakeCarrier extends Carrier {
  readonly arrived: readonly Arrived[];
  /** The most requests that were under way at the same moment. */
  readonly mostAtOnce: () => number;
  /** Connections that are still open. */
  readonly open: () => number;
  readonly connections: () => number;
}

/** A stream in the hands of the test. */
export class FakeStream {
  readonly events: StreamEvent[] = [];
  end: End = 'open';
  readonly watchers = new Set<() => void>();

  constructor(readonly headers: readonly Header[] = []) {}

  push(data: string, more: Partial<StreamEvent> = {}): void {
    if (this.end !== 'open') return;
    this.events.push({ atMs: performance.now(), data, ...more });
    this.changed();
  }

  finish(end: End = 'complete'): void {
    if (this.end === 'open') this.end = end;
    this.changed();
  }

  reply(): Reply {
    return {
      kind: 'response',
      frame: {
        carrier: 'http',
        status: 200,
        headers: [['Content-Type', 'text/event-stream'], ...this.headers],
      },
      content: { kind: 'stream', events: [...this.events], end: this.end },
    };
  }

  private changed(): void {
    for (const watcher of this.watchers) watcher();
  }
}

/** A carrier without sockets: what is sent goes to `target`, and every bound is kept. */
export function fakeCarrier(target: Target): FakeCarrier {
  const arrived: Arrived[] = [];
  const open = new Set<number>();
  const under = { way: 0, most: 0 };
  let made = 0;
  return {
    arrived,
    mostAtOnce: () => under.most,
    open: () => open.size,
    connections: () => made,
    close: async () => open.clear(),
    idPlace: sessionHeader,
    frame: (outgoing) => frameHttp(outgoing, sessionHeader),
    connect(): Connection {
      made += 1;
      const connection = made;
      open.add(connection);
      const calls: Call[] = [];
      return {
        send(request, options) {
          if (request.carrier !== 'http') throw new TypeError('only HTTP is played here');
          if (!open.has(connection)) throw new Error('sent on a closed connection');
          const one = { request, connection, options };
          arrived.push(one);
          under.way += 1;
          under.most = Math.max(under.most, under.way);
          const call = fakeCall(
            () => target(one),
            options,
            () => (under.way -= 1),
          );
          calls.push(call);
          return call;
        },
        async close() {
          for (const call of calls) call.abort();
          open.delete(connection);
        },
      };
    },
  };
}

function fakeCall(
  target: () => Answer | Promise<Answer>,
  { timeoutMs, until }: SendOptions,
  left: () => void,
): Call {
  const startedMs = performance.now();
  let stream: FakeStream | undefined;
  let last: Reply | undefined;
  const now = (): Reply =>
    last ?? stream?.reply() ?? { kind: 'timeout', afterMs: performance.now() - startedMs };
  const watchers = new Set<() => void>();
  const changed = () => {
    for (const watcher of watchers) watcher();
  };
  const isSettled = () => {
    if (last !== undefined) return true;
    if (stream === undefined) return false;
    return (
      until === 'head' || stream.end !== 'open' || (typeof until === 'function' && stream.events.some(until))
    );
  };
  const isOver = () => last !== undefined || (stream !== undefined && stream.end !== 'open');
  const waitFor = (holds: () => boolean, ms: number) =>
    new Promise<boolean>((resolve) => {
      const look = () => {
        if (holds()) finish(true);
        else if (isOver()) finish(false);
      };
      const finish = (held: boolean) => {
        clearTimeout(timer);
        watchers.delete(look);
        resolve(held);
      };
      const timer = setTimeout(() => finish(holds()), ms);
      watchers.add(look);
      look();
    });
  const take = async (): Promise<void> => {
    const answer = await target();
    if (last !== undefined || answer === 'silence') return;
    if (answer instanceof FakeStream) {
      stream = answer;
      answer.watchers.add(changed);
    } else last = answer;
    changed();
  };
  // A target that throws is a mistake of the test, which must not look like silence.
  const broken = Promise.resolve()
    .then(take)
    .then(() => new Promise<never>(() => undefined));
  const settled = Promise.race([broken, waitFor(isSettled, timeoutMs)]).then((held) => {
    left();
    if (!held && stream === undefined) last ??= { kind: 'timeout', afterMs: timeoutMs };
    if (!held) stream?.finish('aborted');
    return now();
  });
  return {
    settled,
    snapshot: now,
    waitFor: (test, ms) => waitFor(() => test(now()), ms),
    abort() {
      if (stream === undefined) last ??= { kind: 'aborted', afterMs: performance.now() - startedMs };
      stream?.finish('aborted');
      changed();
    },
  };
}
