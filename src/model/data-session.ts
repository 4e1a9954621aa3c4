import type { Json, Probe } from './request.js';
import { isList, isObject, type JsonObject } from './json.js';

// Sessions in the data layer: made by a method, carried in `_meta`, whatever carries the messages. No revision has them; two
// descriptions of them are spoken by servers.

/** `v2-demo`: a cookie that the server owns, as in the demos of fast-agent. `wg-2026-03`: an id and a token, as the transports working group wrote down. */
export type DataDialect = 'v2-demo' | 'wg-2026-03';

/** How a tool refuses a call without the cookie that it needs: by an error of the protocol, or by a result with `isError`. */
export type Refusal = 'error' | 'tool-error';

/** What was found of tools that know data-layer sessions. */
export interface DataProbe {
  /** It is served with a cookie. */
  readonly call: Probe;
  /** What it does without one. */
  readonly without: 'refused' | 'creates' | 'serves';
  readonly revoke?: Probe;
  readonly renew?: Probe;
  readonly refusal?: Refusal;
}

/** What a target announces of them. */
export interface DataSessions {
  readonly dialect: DataDialect;
  /** Which of its methods it says that it has: `create`, `list`, `delete`. */
  readonly features: readonly string[];
}

interface Dialect {
  /** Where in `_meta` the cookie is. */
  readonly key: string;
  readonly create: string;
  readonly delete: string;
  /** The name of the id in a cookie. */
  readonly id: string;
  /** The cookie in what was created. */
  readonly cookieIn: (result: JsonObject) => Json | undefined;
}

const dialects: Readonly<Record<DataDialect, Dialect>> = {
  'v2-demo': {
    key: 'mcp/session',
    create: 'session/create',
    delete: 'session/delete',
    id: 'id',
    cookieIn: (result) => {
      const { _meta: meta, id, expiry, data } = result;
      const told = isObject(meta) ? meta['mcp/session'] : undefined;
      if (told !== undefined || typeof id !== 'string') return told;
      return { id, ...(expiry !== undefined && { expiry }), ...(data !== undefined && { data }) };
    },
  },
  'wg-2026-03': {
    key: 'io.modelcontextprotocol/session',
    create: 'sessions/create',
    delete: 'sessions/delete',
    id: 'sessionId',
    cookieIn: ({ session }) => {
      if (!isObject(session)) return undefined;
      const { sessionId = '', state } = session;
      return { sessionId, ...(state !== undefined && { state }) };
    },
  },
};

/** The features that no `version` is needed for: a description that has no list of them has these two. */
const alwaysOffered = ['create', 'delete'];

/** What a target announces in its capabilities; nothing where it has neither kind. */
export function announcedIn(capabilities: Json | undefined): DataSessions | undefined {
  if (!isObject(capabilities)) return undefined;
  const { experimental, sessions } = capabilities;
  const announced = isObject(experimental) ? experimental['session'] : undefined;
  if (isObject(announced) && announced['version'] === 2) {
    const features = isList(announced['features']) ? announced['features'] : [];
    return { dialect: 'v2-demo', features: features.filter((feature) => typeof feature === 'string') };
  }
  return isObject(sessions) ? { dialect: 'wg-2026-03', features: alwaysOffered } : undefined;
}

export function offers(sessions: DataSessions | undefined, feature: string): boolean {
  return sessions?.features.includes(feature) === true;
}

/** Creates a session, where that is offered. */
export function creating(sessions: DataSessions | undefined): Probe | undefined {
  return sessions !== undefined && offers(sessions, 'create')
    ? { method: dialects[sessions.dialect].create }
    : undefined;
}

/** Ends the session of a cookie, where that is offered. */
export function ending(sessions: DataSessions | undefined, cookie: Json): Probe | undefined {
  return sessions !== undefined && offers(sessions, 'delete')
    ? { method: dialects[sessions.dialect].delete, params: withCookie({}, sessions, cookie) }
    : undefined;
}

export function createdIn({ dialect }: DataSessions, result: Json | undefined): Json | undefined {
  const cookie = isObject(result) ? dialects[dialect].cookieIn(result) : undefined;
  return isObject(cookie) ? cookie : undefined;
}

/** What a result says of the cookie: another one in its place, null where there is none any more, nothing where it stays. */
export function cookieIn({ dialect }: DataSessions, result: Json | undefined): Json | undefined {
  const meta = isObject(result) ? result['_meta'] : undefined;
  return isObject(meta) ? meta[dialects[dialect].key] : undefined;
}

/** Of a cookie, or of all that stands in `_meta`. */
export function idIn({ dialect }: DataSessions, cookie: Json | undefined): string | undefined {
  const { key, id } = dialects[dialect];
  const own = isObject(cookie) && isObject(cookie[key]) ? cookie[key] : cookie;
  const found = isObject(own) ? own[id] : undefined;
  return typeof found === 'string' ? found : undefined;
}

/** Parameters that carry a cookie; one that is there already stays. */
export function withCookie(params: Json | undefined, { dialect }: DataSessions, cookie: Json): Json {
  const own = isObject(params) ? params : {};
  const meta = isObject(own['_meta']) ? own['_meta'] : {};
  return { ...own, _meta: { [dialects[dialect].key]: cookie, ...meta } };
}
