import type { Dispatcher } from 'undici';
import type { HttpRequest } from '../model/http.js';
import type { Connection, SendOptions } from '../model/wire.js';
import { bytesOf, isPlain, isPlainMethod } from './exact.js';
import type { Host } from './exchange.js';
import { Exchange } from './exchange.js';
import { flatten } from './headers.js';
import type { Lane } from './lane.js';
import { openLane } from './lane.js';
import type { Route } from './route.js';

/** An exchange under way: what it was sent as, and over what. */
interface Attempt {
  readonly request: Dispatcher.DispatchOptions;
  readonly lane: Lane;
  readonly origin: 'fresh' | 'reused' | 'alone';
}

/**
 * Lanes are kept by hand and not in undici's Pool: the Pool takes one for busy until a turn of the event loop after its
 * answer, so requests that follow each other would be spread over two connections, now and then.
 */
export function createConnection(route: Route, onClose: () => void): Connection {
  const addsPlain = isPlain(route.headers);
  const busy = new Map<Exchange, Attempt>();
  const idle: Lane[] = [];
  const closing = new Set<Promise<void>>();
  let isClosed = false;

  const begin = (exchange: Exchange, attempt: Attempt): Exchange => {
    busy.set(exchange, attempt);
    attempt.lane.dispatch(attempt.request, exchange);
    return exchange;
  };

  const close = (lane: Lane): void => {
    const closed = lane.close().finally(() => closing.delete(closed));
    closing.add(closed);
  };

  const host: Host = {
    over: (exchange, isComplete) => {
      const attempt = busy.get(exchange);
      busy.delete(exchange);
      if (attempt === undefined) return;
      if (isComplete && attempt.origin !== 'alone') idle.push(attempt.lane);
      else close(attempt.lane);
    },
    again: (exchange) => {
      const attempt = busy.get(exchange);
      if (attempt?.origin !== 'reused') return false;
      close(attempt.lane);
      begin(exchange, { ...attempt, lane: openLane(route), origin: 'fresh' });
      return true;
    },
    hangUp: (exchange) => busy.get(exchange)?.lane.hangUp(),
    isBroken: (exchange) => busy.get(exchange)?.lane.isBroken() ?? false,
  };

  const share = (request: HttpRequest, options: SendOptions): Exchange => {
    const headers = flatten(request.headers, route.headers);
    const { method, body = null } = request;
    const lane = idle.pop();
    return begin(new Exchange(route.limits, options, host), {
      request: { path: route.path, method, headers, body },
      lane: lane ?? openLane(route),
      origin: lane === undefined ? 'fresh' : 'reused',
    });
  };

  const sendAlone = (request: HttpRequest, options: SendOptions): Exchange => {
    const lane = openLane(route, bytesOf(request, route));
    return begin(new Exchange(route.limits, options, host), {
      request: standIn(request),
      lane,
      origin: 'alone',
    });
  };

  const neverSent = (options: SendOptions): Exchange => {
    const exchange = new Exchange(route.limits, options, host);
    exchange.abort();
    return exchange;
  };

  return {
    send: (request, options) => {
      if (isClosed) return neverSent(options);
      return addsPlain && canShare(request, options) ? share(request, options) : sendAlone(request, options);
    },
    close: async () => {
      isClosed = true;
      onClose();
      for (const exchange of busy.keys()) exchange.abort();
      for (const lane of idle.splice(0)) close(lane);
      await Promise.all(closing);
    },
  };
}

function canShare(request: HttpRequest, options: SendOptions): boolean {
  if (request.raw !== undefined || options.abortWhenSent === true) return false;
  return isPlainMethod(request.method) && isPlain(request.headers);
}

/**
 * What undici is given where every byte on the wire is ours, so that its parser reads the answer and it has nothing to
 * object to. Only the method matters: it tells whether an answer has a body.
 */
function standIn({ method }: HttpRequest): Dispatcher.DispatchOptions {
  return { path: '/', method: isPlainMethod(method) ? method : 'POST', reset: true };
}
