import type { Dispatcher } from 'undici';
import type { HttpRequest } from '../../model/framing.js';
import type { Connection, SendOptions } from '../../model/carrier.js';
import { bytesOf, isPlain, isPlainMethod } from './exact.js';
import { HttpExchange } from './exchange.js';
import { flatten } from './undici.js';
import { Lanes } from './lanes.js';
import { pathOf, type Route } from './route.js';

export function connectHttp(route: Route, onClose: () => void): Connection {
  const lanes = new Lanes(route);
  const addsPlain = isPlain(route.headers);
  let isClosed = false;
  return {
    send: (request, options) => {
      if (request.carrier !== 'http') throw new TypeError('only HTTP requests go over HTTP');
      const payload =
        addsPlain && isPlainRequest(request, options)
          ? undefined
          : firstPart(bytesOf(request, route), options);
      const exchange = new HttpExchange(route.limits, options, lanes);
      if (isClosed) exchange.abort();
      else if (payload === undefined) lanes.begin(exchange, dispatchable(request, route));
      else lanes.beginAlone(exchange, standIn(request), payload);
      return exchange;
    },
    close: async () => {
      isClosed = true;
      onClose();
      await lanes.close();
    },
  };
}

function firstPart(bytes: Buffer, { stopIn }: SendOptions): Buffer {
  if (stopIn === undefined) return bytes;
  const headEnd = bytes.indexOf('\r\n\r\n') + 4;
  return bytes.subarray(0, stopIn === 'head' ? headEnd >> 1 : (headEnd + bytes.length) >> 1);
}

/** True where undici writes it as it is. A connection that is to be dropped is not shared either. */
function isPlainRequest({ method, headers, raw }: HttpRequest, { abortWhenSent }: SendOptions): boolean {
  return raw === undefined && abortWhenSent !== true && isPlainMethod(method) && isPlain(headers);
}

function dispatchable(
  { method, headers, body, query }: HttpRequest,
  route: Route,
): Dispatcher.DispatchOptions {
  return { path: pathOf(route, query), method, headers: flatten(headers, route.headers), body: body ?? null };
}

/**
 * What undici is given where every byte on the wire is ours, so that its parser reads the answer and it has nothing to
 * object to. Only the method matters: it tells whether an answer has a body.
 */
function standIn({ method }: HttpRequest): Dispatcher.DispatchOptions {
  return { path: '/', method: isPlainMethod(method) ? method : 'POST', reset: true };
}
