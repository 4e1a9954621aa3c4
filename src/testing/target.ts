import type { Json } from '../model/request.js';
import { headerValues, type Header } from '../model/framing.js';
import { type Reply } from '../model/reply.js';
import { isList, isObject, parseJson, type JsonObject } from '../model/json.js';
import type { Answer, Arrived, Target } from './fake-carrier.js';

/** What a scripted server does with one request; `undefined` leaves it to the ordinary server. */
export type Deviation = (asked: Asked) => Answer | Promise<Answer> | undefined;

export interface Asked extends Arrived {
  readonly message: JsonObject;
  readonly method: string;
  readonly session: string | undefined;
}

export interface Scripted {
  readonly target: Target;
  readonly issued: readonly string[];
  /** Sessions that are open. */
  readonly alive: ReadonlySet<string>;
}

/** A small MCP server that does everything right, but for what `deviate` answers itself. */
export function scripted(
  deviate: Deviation = () => undefined,
  idOf = (n: number) => `issued-${n}-5f0c9d1e7ab3`,
): Scripted {
  const issued: string[] = [];
  const alive = new Set<string>();
  const target: Target = (arrived) => {
    const body = parseJson(arrived.request.body ?? '');
    // A batch of one is answered like its message.
    const parsed = isList(body) ? body[0] : body;
    const message = isObject(parsed) ? parsed : {};
    const method = typeof message['method'] === 'string' ? message['method'] : arrived.request.method;
    const [session] = headerValues(arrived.request.headers, 'mcp-session-id');
    return deviate({ ...arrived, message, method, session }) ?? ordinary(method, message, session);
  };
  const ordinary = (method: string, message: JsonObject, session: string | undefined): Reply => {
    if (method === 'initialize') {
      const id = idOf(issued.length);
      issued.push(id);
      alive.add(id);
      return answer(message, initialized(message), [['Mcp-Session-Id', id]]);
    }
    if (session === undefined) return plain(400);
    if (!alive.has(session)) return plain(404);
    if (method === 'DELETE') {
      alive.delete(session);
      return plain(200);
    }
    if (method === 'GET') return plain(405);
    if (message['id'] === undefined) return plain(202);
    return serve(method, message);
  };
  return { target, issued, alive };
}

function serve(method: string, message: JsonObject): Reply {
  const params = isObject(message['params']) ? message['params'] : {};
  if (method === 'ping') return answer(message, {});
  if (method === 'tools/list') return answer(message, { tools: [] });
  return refuse(message, `no ${method} ${JSON.stringify(params['name'] ?? '')}`);
}

export function initialized(message: JsonObject): Json {
  const params = isObject(message['params']) ? message['params'] : {};
  return {
    protocolVersion: params['protocolVersion'] ?? '',
    capabilities: { tools: {} },
    serverInfo: { name: 'scripted', version: '1' },
  };
}

export function answer({ id = null }: JsonObject, result: Json, headers: readonly Header[] = []): Reply {
  return plain(200, JSON.stringify({ jsonrpc: '2.0', id, result }), headers);
}

export function refuse({ id = null }: JsonObject, says: string, status = 200): Reply {
  return plain(status, JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32602, message: says } }));
}

export function plain(status: number, text = '', headers: readonly Header[] = []): Reply {
  return {
    kind: 'response',
    frame: { carrier: 'http', status, headers },
    content: { kind: 'body', text, bytes: Buffer.byteLength(text), end: 'complete' },
  };
}
