import { isObject, parseJson } from '../model/json.js';
import type { MetaPlace } from '../model/session-id.js';

/** The message with session ids in its `_meta`; several are a list. What is no request or notification stays as it is. */
export function withIds(text: string, ids: readonly string[], { key, member }: MetaPlace): string {
  const message = ids.length === 0 ? undefined : parseJson(text);
  if (!isObject(message) || typeof message['method'] !== 'string') return text;
  const params = isObject(message['params']) ? message['params'] : {};
  const meta = isObject(params['_meta']) ? params['_meta'] : {};
  const values = ids.map((id) => (member === undefined ? id : { [member]: id }));
  const value = values.length === 1 ? values[0] : values;
  return JSON.stringify({ ...message, params: { ...params, _meta: { ...meta, [key]: value } } });
}
