import type { Closing, Connection, StdioOptions } from '../../model/carrier.js';
import { isObject } from '../../model/json.js';
import { messagesOf, type Message, type RpcId } from '../../model/message.js';
import type { Reply, StreamEvent } from '../../model/reply.js';
import { nowMs } from '../clock.js';
import { startChild, type Child } from './child.js';
import { StdioExchange } from './exchange.js';
import type { Guard } from './guard.js';

/** What the clients of a command have in common. */
export interface Surroundings {
  readonly guard: () => Guard | undefined;
  readonly patience: Patience;
  readonly onClose: () => void;
}

/** How long a process has to end by itself once its input is closed: what it keeps may have to be written. */
export interface Patience {
  inputMs: number;
}

export const firstPatience: Readonly<Patience> = { inputMs: 2_000 };
/** The same where another of the command went on until a signal. */
const stubbornMs = 200;

/** Lines that belong to no request are kept up to so many. */
const strayMax = 20;

/** One client: its process, started with the first line, and what is under way. */
export function connectStdio(options: StdioOptions, { guard, patience, onClose }: Surroundings): Connection {
  const open = new Set<StdioExchange>();
  /** Ids of requests that were given up: a late answer to one of them belongs to no exchange. */
  const givenUp = new Set<RpcId>();
  let child: Child | undefined;
  let over: Reply | undefined;
  let closing: Promise<Closing | undefined> | undefined;
  let hasSpoken = false;
  /** Lines that were no message: what answers them cannot tell an id. */
  let unreadable = 0;
  /** What came while no request was under way. */
  const stray: StreamEvent[] = [];

  const leave = (exchange: StdioExchange): void => {
    open.delete(exchange);
    for (const id of exchange.due) givenUp.add(id);
  };
  const onLine = (data: string): void => {
    const event = { atMs: nowMs(), data };
    hasSpoken = true;
    if (open.size === 0 && stray.length < strayMax && !areMessages(event)) stray.push(event);
    if (unreadable > 0 && tellsNoId(event)) {
      unreadable -= 1;
      return;
    }
    for (const exchange of receivers(event, [...open], givenUp)) exchange.take(event);
  };
  const start = (): Child =>
    startChild(options, {
      onLine,
      onEnd: ({ code, says }) => {
        over ??= { kind: 'dropped', code, says };
        const exit = child?.ended();
        for (const exchange of open)
          exchange.cut('truncated', over, exit && { code: exit.code, signal: exit.signal });
      },
      onLimit: () => {
        over = { kind: 'dropped', code: 'LINE_LIMIT', says: 'a line was longer than the harness accepts' };
        for (const exchange of open) exchange.cut('limit', undefined);
      },
      guard: guard(),
    });
  const close = (withinMs = patience.inputMs) =>
    (closing ??= Promise.resolve(child?.close(withinMs)).then((how) => {
      if (how !== undefined && how.needed !== 'nothing') patience.inputMs = stubbornMs;
      return how && { ...how, lines: stray.map(({ data }) => data) };
    }));

  return {
    send: (sent, how) => {
      if (sent.carrier !== 'stdio') throw new TypeError('only lines go over stdio');
      const timeoutMs = how.timeoutMs + (hasSpoken ? 0 : (options.startingMs ?? 0));
      const exchange = new StdioExchange(sent, { ...how, timeoutMs }, options.limits, leave);
      open.add(exchange);
      // Nothing else shows it.
      for (const event of stray.splice(0)) exchange.take(event);
      if (over === undefined) child ??= start();
      if (sent.line !== undefined && !areMessages({ atMs: 0, data: sent.line })) unreadable += 1;
      if (over !== undefined) exchange.cut('truncated', over);
      else if (sent.line !== undefined && child?.write(sent.line) === false)
        exchange.cut('truncated', {
          kind: 'dropped',
          code: 'CLOSED',
          says: 'the process takes no more input',
        });
      else exchange.written();
      return exchange;
    },
    ended: () => child?.ended(),
    close: async () => {
      over ??= { kind: 'aborted', afterMs: 0 };
      for (const exchange of open) exchange.abort();
      onClose();
      await close();
    },
    async endInput(withinMs) {
      over ??= { kind: 'aborted', afterMs: 0 };
      const how = await close(withinMs);
      for (const exchange of open) exchange.abort();
      return how;
    },
  };
}

/** An error for a line that could not be read. */
function tellsNoId(event: StreamEvent): boolean {
  return messagesOf(event).some(
    ({ kind, value }) => kind === 'response' && isObject(value) && (value['id'] ?? null) === null,
  );
}

function areMessages(event: StreamEvent): boolean {
  const messages = messagesOf(event);
  return messages.length > 0 && messages.every(({ kind }) => kind !== 'other');
}

/**
 * Whose a line is: those whose requests it answers, otherwise the channel, otherwise the request that was made last. An error that could not tell an
 * id is taken for an answer to the oldest request.
 */
function receivers(
  event: StreamEvent,
  open: readonly StdioExchange[],
  givenUp: ReadonlySet<RpcId>,
): readonly StdioExchange[] {
  const answers = messagesOf(event).filter(({ kind }) => kind === 'response');
  const owners = new Set(answers.flatMap((message) => ownerOf(message, open) ?? []));
  if (owners.size > 0) return [...owners];
  if (answers.some((message) => message.kind === 'response' && isOne(message.id, givenUp))) return [];
  const rest = open.find(({ listens }) => listens) ?? open.at(-1);
  return rest === undefined ? [] : [rest];
}

function ownerOf(message: Message, open: readonly StdioExchange[]): StdioExchange | undefined {
  if (message.kind !== 'response') return undefined;
  const { id } = message;
  return id === undefined || id === null
    ? open.find(({ due }) => due.size > 0)
    : open.find(({ due }) => isOne(id, due));
}

function isOne(id: unknown, ids: ReadonlySet<unknown>): boolean {
  return ids.has(id);
}
