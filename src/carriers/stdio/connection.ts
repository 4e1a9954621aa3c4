import type { Connection, StdioOptions } from '../../model/carrier.js';
import { messagesOf, type Message, type RpcId } from '../../model/message.js';
import type { Reply, StreamEvent } from '../../model/reply.js';
import { nowMs } from '../clock.js';
import { startChild, type Child } from './child.js';
import { StdioExchange } from './exchange.js';

/** One client: its process, started with the first line, and what is under way. */
export function connectStdio(options: StdioOptions, onClose: () => void): Connection {
  const open = new Set<StdioExchange>();
  /** Ids of requests that were given up: a late answer to one of them belongs to no exchange. */
  const givenUp = new Set<RpcId>();
  let child: Child | undefined;
  let over: Reply | undefined;

  const leave = (exchange: StdioExchange): void => {
    open.delete(exchange);
    for (const id of exchange.due) givenUp.add(id);
  };
  const onLine = (data: string): void => {
    const event = { atMs: nowMs(), data };
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
    });

  return {
    send: (sent, how) => {
      if (sent.carrier !== 'stdio') throw new TypeError('only lines go over stdio');
      const exchange = new StdioExchange(sent, how, options.limits, leave);
      open.add(exchange);
      if (over === undefined) child ??= start();
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
      await child?.close();
    },
  };
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
