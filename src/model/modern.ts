import { allCapabilities, declaredIn } from './client-capabilities.js';
import type { Json, Probe } from './request.js';
import { isObject, parseJson, type JsonObject } from './json.js';
import { answerTo, type RpcId } from './message.js';
import type { Header } from './framing.js';
import type { Reply } from './reply.js';
import { modernRevision } from './revision.js';

// How a client without a session says who it is and what it speaks, in each of its requests.

/** What a client of the modern era asks first. */
export const discoverMethod = 'server/discover';

const prefix = 'io.modelcontextprotocol/';

/** The fields of `_meta` that say what an initialize would have said once. */
export function metaOf(hello: Json): JsonObject {
  const { protocolVersion = '', clientInfo = {}, capabilities = {} } = isObject(hello) ? hello : {};
  return {
    [`${prefix}protocolVersion`]: protocolVersion,
    [`${prefix}clientInfo`]: clientInfo,
    [`${prefix}clientCapabilities`]: capabilities,
  };
}

/** The parameters with these fields in `_meta`; what stands there already stays. */
export function withMeta(params: Json | undefined, meta: JsonObject): Json {
  const own = isObject(params) ? params : {};
  const given = isObject(own['_meta']) ? own['_meta'] : {};
  return { ...own, _meta: { ...meta, ...given } };
}

/** A request as such a client sends it. */
export function asModern({ method, params }: Probe, hello: Json): Probe {
  return { method, params: withMeta(params, metaOf(hello)) };
}

/** The header fields that repeat what a message asks for, so that what stands between need not read it. */
export function namingFields(text: string): readonly Header[] {
  const message = parseJson(text);
  if (!isObject(message) || typeof message['method'] !== 'string') return [];
  const { method, params } = message;
  const key = namedBy.get(method);
  const name = key !== undefined && isObject(params) ? params[key] : undefined;
  return [
    ['Mcp-Method', asField(method)],
    ...(typeof name === 'string' ? [['Mcp-Name', asField(name)] as const] : []),
  ];
}

const namedBy: ReadonlyMap<string, string> = new Map([
  ['tools/call', 'name'],
  ['prompts/get', 'name'],
  ['resources/read', 'uri'],
  ['tasks/get', 'taskId'],
  ['tasks/update', 'taskId'],
  ['tasks/cancel', 'taskId'],
]);

/** By which a client says that it takes a task in place of a result, and a server that it may make one. */
export const tasksExtension = 'io.modelcontextprotocol/tasks';

/** A request of a client that takes tasks, and that can be asked for all that a task may need. */
export function takingTasks({ method, params }: Probe): Probe {
  const asked = declaredIn(modernRevision, allCapabilities);
  const capabilities = { ...(isObject(asked) && asked), extensions: { [tasksExtension]: {} } };
  return { method, params: withMeta(params, { [`${prefix}clientCapabilities`]: capabilities }) };
}

/** What is more than visible ASCII, or looks like what is encoded, goes in Base64. */
export function asField(value: string): string {
  if (/^[!-~]([ -~]*[!-~])?$/.test(value) && !value.startsWith('=?base64?')) return value;
  return `=?base64?${Buffer.from(value, 'utf8').toString('base64')}?=`;
}

/** What a server says that it speaks; undefined where its reply is no answer to server/discover. */
export function versionsIn(reply: Reply | undefined, id: RpcId | undefined): readonly string[] | undefined {
  const result = answerTo(reply, id)?.result;
  const versions = isObject(result) ? result['supportedVersions'] : undefined;
  return Array.isArray(versions)
    ? versions.filter((version): version is string => typeof version === 'string')
    : undefined;
}

/** It serves clients of the modern era. */
export function speaksModern(versions: readonly string[] | undefined): boolean {
  return versions?.includes(modernRevision) === true;
}

/** How a server names itself: in its result, or in the `_meta` of it. */
export function serverInfoIn(result: JsonObject | undefined): JsonObject {
  const meta = isObject(result?.['_meta']) ? result['_meta'] : {};
  const info = result?.['serverInfo'] ?? meta[`${prefix}serverInfo`];
  return isObject(info) ? info : {};
}
