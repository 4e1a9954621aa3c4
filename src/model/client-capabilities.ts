import type { Json } from './request.js';
import { filledForm } from './filled-form.js';
import { isObject } from './json.js';
import { messagesIn, type RpcId } from './message.js';
import type { Reply } from './reply.js';
import type { Revision } from './revision.js';

/** Something that a client may declare, and that a server may ask it for then. */
interface Asking {
  /** The first revision that has it. */
  readonly since: Revision;
  readonly method: string;
  /** How it is declared. */
  readonly declared: (revision: string) => Json;
  /** What a client answers in whose place we are, with a word of its own. */
  readonly result: (params: Json | undefined, word: string) => Json;
}

export const clientCapabilities = {
  elicitation: {
    since: '2025-06-18',
    method: 'elicitation/create',
    // A mode that is not declared must not be asked for.
    declared: (revision) => (revision === '2025-06-18' ? {} : { form: {} }),
    result: (params, word) => ({
      action: 'accept',
      content: filledForm(isObject(params) ? params['requestedSchema'] : undefined, word),
    }),
  },
  sampling: {
    since: '2025-03-26',
    method: 'sampling/createMessage',
    declared: () => ({}),
    result: (_, word) => ({
      role: 'assistant',
      content: { type: 'text', text: word },
      model: 'sessionspec',
      stopReason: 'endTurn',
    }),
  },
  roots: {
    since: '2025-03-26',
    method: 'roots/list',
    declared: () => ({}),
    result: (_, word) => ({ roots: [{ uri: `file:///sessionspec/${word}`, name: word }] }),
  },
} as const satisfies Readonly<Record<string, Asking>>;

export type ClientCapability = keyof typeof clientCapabilities;

const names = Object.keys(clientCapabilities).filter(
  (name): name is ClientCapability => name in clientCapabilities,
);

export const allCapabilities: readonly ClientCapability[] = names;

/** What initialize says of these, as far as the revision has them. */
export function declaredIn(revision: string, capabilities: readonly ClientCapability[]): Json {
  return Object.fromEntries(
    capabilities
      .filter((name) => clientCapabilities[name].since <= revision)
      .map((name) => [name, clientCapabilities[name].declared(revision)]),
  );
}

/** The capability without which a server may not send a request of this method. */
export function capabilityFor(method: string): ClientCapability | undefined {
  return names.find((name) => clientCapabilities[name].method === method);
}

/** Something that a server asked a client for. */
export interface ServerRequest {
  readonly rpcId: RpcId;
  readonly method: string;
  readonly params?: Json;
  readonly atMs?: number;
}

/** What a server asks for in a reply. Its pings, by which it sees whether its client is there, ask for nothing. */
export function requestsIn(reply: Reply | undefined): readonly ServerRequest[] {
  return asksIn(reply).filter(({ method }) => method !== 'ping');
}

/** What a client answers without being told: pings, and with `roots` where it has some. */
export function routineIn(
  reply: Reply | undefined,
  declares: readonly ClientCapability[],
): readonly ServerRequest[] {
  return asksIn(reply).filter(({ method }) => method === 'ping' || isRoots(method, declares));
}

function isRoots(method: string, declares: readonly ClientCapability[]): boolean {
  return method === clientCapabilities.roots.method && declares.includes('roots');
}

/** Every request of a server in a reply. */
export function asksIn(reply: Reply | undefined): readonly ServerRequest[] {
  return messagesIn(reply).flatMap((message): readonly ServerRequest[] => {
    if (message.kind !== 'request') return [];
    const { id: rpcId, method, value, atMs } = message;
    if (typeof rpcId !== 'number' && typeof rpcId !== 'string') return [];
    const params = isObject(value) ? value['params'] : undefined;
    return [{ rpcId, method, ...(params !== undefined && { params }), ...(atMs !== undefined && { atMs }) }];
  });
}

/** The response of a client, as it travels. What it never declared it does not know. */
export function responseTo({ rpcId, method, params }: ServerRequest, word: string): string {
  const name = capabilityFor(method);
  const outcome =
    method === 'ping'
      ? { result: {} }
      : name === undefined
        ? { error: { code: -32601, message: `Method not found: ${method}` } }
        : { result: clientCapabilities[name].result(params, word) };
  return JSON.stringify({ jsonrpc: '2.0', id: rpcId, ...outcome });
}
