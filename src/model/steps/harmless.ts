import { isList, isObject, parseJson } from '../json.js';
import type { Exchanging } from '../suite.js';
import type { SessionChoice } from '../session-choice.js';

/** In a read-only run no probe calls a tool; those that need one are not there. */
export const harmlessMethods: ReadonlySet<string> = new Set([
  'initialize',
  'server/discover',
  'ping',
  'tools/list',
  'prompts/list',
  'resources/list',
  'logging/setLevel',
  'probe.plain',
  'probe.echo',
  'notifications/initialized',
  'notifications/cancelled',
]);

const fields: ReadonlySet<string> = new Set(['accept', 'content-type', 'origin']);

/** Sent with an id of ours or none, to the address as it was given, and with nothing added that a server could take for more. */
export function isOrdinary({ session, headers, query, cookies }: Exchanging): boolean {
  const isAdded = Object.entries(headers).every(
    ([name, value]) => value === null || (fields.has(name.toLowerCase()) && !value.includes('${')),
  );
  return isOwn(session) && isAdded && query === undefined && cookies === undefined;
}

/** Every actor of a check is ours. */
function isOwn(session: SessionChoice): boolean {
  return (
    session.kind === 'own' ||
    session.kind === 'none' ||
    (session.kind === 'of' && session.changed === undefined)
  );
}

/** A text that is no JSON may become anything in the eyes of a lenient server. */
export function asksHarmlessly(body: string): boolean {
  const parsed = parseJson(body);
  const messages = isList(parsed) ? parsed : [parsed];
  return messages.every((message) => {
    if (!isObject(message)) return false;
    const { method } = message;
    return method === undefined || (typeof method === 'string' && harmlessMethods.has(method));
  });
}
