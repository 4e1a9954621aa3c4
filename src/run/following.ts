import type { Call, Carrier, Connection, SendOptions } from '../model/carrier.js';
import type { HttpRequest, Sent } from '../model/framing.js';
import { eventsOf, isStream, type Reply } from '../model/reply.js';
import type { Traffic } from './traffic.js';

/**
 * A carrier that polls, as a client does: a server may close the stream of a request before the answer, once an event with an id was
 * sent, and gives the rest to a GET that names it (2025-11-25, Streamable HTTP). All that came is one reply.
 */
export function following(carrier: Carrier, traffic: Traffic): Carrier {
  return {
    ...carrier,
    connect() {
      const connection = carrier.connect();
      return { ...connection, send: (sent, options) => send(connection, sent, options, traffic) };
    },
  };
}

/** So often one answer is asked for again; a server that closes each stream at once gives no more. */
const pollsMax = 50;
const retryMaxMs = 1_000;

function send(connection: Connection, sent: Sent, options: SendOptions, traffic: Traffic): Call {
  const first = connection.send(sent, options);
  const { until } = options;
  if (sent.carrier !== 'http' || sent.method !== 'POST' || typeof until !== 'function') return first;
  // Most answers are whole, and a signal is dear.
  let stopped: AbortController | undefined;
  let isHungUp = false;
  let call = first;
  let before: Reply | undefined;
  let isOver = false;
  let turn: Turn | undefined;

  const goesOn = (reply: Reply) =>
    !isOver && hasEnded(reply) && lastIdOf(reply) !== undefined && !isAnswered(reply);
  const isAnswered = (reply: Reply) => eventsOf(reply).some(until);
  const whole = (): Reply => {
    const reply = joined(before, call.snapshot());
    return goesOn(reply) ? stillOpen(reply) : reply;
  };
  const next = async (): Promise<boolean> => {
    const reply = joined(before, call.snapshot());
    const last = lastIdOf(reply);
    if (last === undefined || isHungUp || !goesOn(reply)) return false;
    const retryMs = eventsOf(reply).findLast((event) => event.retryMs !== undefined)?.retryMs ?? 0;
    stopped ??= new AbortController();
    if (!(await traffic.wait(Math.min(retryMs, retryMaxMs), stopped.signal))) return false;
    if ((await traffic.turn()) !== undefined) return false;
    const polled = connection.send(resuming(sent, last), options);
    if (!(await polled.waitFor(isStream, options.timeoutMs))) {
      polled.abort();
      return false;
    }
    before = reply;
    call = polled;
    turn?.end();
    turn = undefined;
    return true;
  };
  const settle = async (): Promise<Reply> => {
    await call.settled;
    for (let polls = 0; polls < pollsMax && (await next()); polls += 1) await call.settled;
    isOver = true;
    turn?.end();
    return whole();
  };
  const settled = settle();
  return {
    ...first,
    settled,
    snapshot: whole,
    async waitFor(test, timeoutMs) {
      for (;;) {
        const now = call;
        if (await now.waitFor(() => test(whole()), timeoutMs)) return true;
        if (now !== call) continue;
        if (isOver || !hasEnded(now.snapshot())) return test(whole());
        await (turn ??= createTurn()).ended;
      }
    },
    abort() {
      isHungUp = true;
      stopped?.abort();
      call.abort();
    },
  };
}

/** The time until the next stream is there, or none is to come. */
interface Turn {
  readonly ended: Promise<void>;
  readonly end: () => void;
}

function createTurn(): Turn {
  const waiting: (() => void)[] = [];
  return {
    ended: new Promise((resolve) => waiting.push(resolve)),
    end: () => {
      for (const wake of waiting) wake();
    },
  };
}

function lastIdOf(reply: Reply): string | undefined {
  return eventsOf(reply).findLast(({ id }) => id !== undefined && id !== '')?.id;
}

/** The rest is still to come. */
function stillOpen(reply: Reply): Reply {
  return reply.kind === 'response' ? { ...reply, content: { ...reply.content, end: 'open' } } : reply;
}

function hasEnded(reply: Reply): boolean {
  return reply.kind === 'response' && reply.content.end === 'complete';
}

/** The GET that goes on behind an event, with the fields of the request but those of its body. */
function resuming({ headers, query }: HttpRequest, lastEventId: string): HttpRequest {
  const ofBody = new Set(['content-type', 'accept']);
  return {
    carrier: 'http',
    method: 'GET',
    headers: [
      ['Accept', 'text/event-stream'],
      ...headers.filter(([name]) => !ofBody.has(name.toLowerCase())),
      ['Last-Event-ID', lastEventId],
    ],
    ...(query !== undefined && { query }),
  };
}

function joined(before: Reply | undefined, now: Reply): Reply {
  if (before?.kind !== 'response' || now.kind !== 'response') return before ?? now;
  if (before.content.kind !== 'stream' || now.content.kind !== 'stream') return before;
  return {
    ...before,
    content: { ...now.content, events: [...before.content.events, ...now.content.events] },
  };
}
