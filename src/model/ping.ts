import { isObject, parseJson } from './json.js';

/** The id of a ping that a server sends on a stream to see whether its client is there; it says nothing else. */
export function pingIn(data: string): number | string | undefined {
  if (!data.includes('"ping"')) return undefined;
  const message = parseJson(data);
  if (!isObject(message) || message['method'] !== 'ping') return undefined;
  const { id } = message;
  return typeof id === 'number' || typeof id === 'string' ? id : undefined;
}
