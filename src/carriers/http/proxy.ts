import { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { Client, connect } from './undici.js';
import { isOwnCode } from '../../model/reply.js';
import { codeOf, HttpError } from './dropped.js';

type Connector = buildConnector.connector;

const tunnelTimeoutMs = 10_000;

/**
 * Connections through a tunnel (CONNECT) that a forward proxy opens. undici's own ProxyAgent does the same, but turns the
 * header fields into an object first, and so loses repeated ones.
 */
export function throughProxy(proxy: URL, direct: Connector): Connector {
  return (options, callback) => {
    const client = new Client(proxy.origin, { connect: direct, headersTimeout: tunnelTimeoutMs });
    const { hostname, host = hostname, port, protocol } = options;
    const authority = port === '' ? `${host}:${protocol === 'https:' ? 443 : 80}` : host;
    const request = {
      origin: proxy.origin,
      path: authority,
      headers: proxyHeaders(proxy, authority),
    };
    connect.call(client, request, (error, tunnel) => {
      if (error !== null) {
        void client.destroy();
        return callback(unreachable(error), null);
      }
      void client.close();
      const { socket, statusCode } = tunnel;
      if (!(socket instanceof Socket))
        return callback(new HttpError('PROXY', 'the proxy gave no socket'), null);
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy();
        return callback(
          new HttpError('PROXY', `the proxy answered ${statusCode} instead of opening a tunnel`),
          null,
        );
      }
      if (protocol !== 'https:') return callback(null, socket);
      direct({ ...options, httpSocket: socket }, callback);
    });
  };
}

// Wrapped, because undici takes some of its own errors for a reason to connect again, for ever.
function unreachable(error: Error): HttpError {
  if (isOwnCode(codeOf(error))) return new HttpError(codeOf(error), error.message);
  return new HttpError('PROXY', `no tunnel through the proxy: ${error.message.slice(0, 200) || error.name}`);
}

function proxyHeaders({ username, password }: URL, host: string): Record<string, string> {
  if (username === '') return { host };
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  return { host, 'proxy-authorization': `Basic ${credentials.toString('base64')}` };
}
