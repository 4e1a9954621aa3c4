import { isObject, parseJson } from '../model/json.js';

/** The message with session ids under a key of its `_meta`; several are a list. What is no request or notification stays as it is. */
export function withIds(text: string, ids: readonly string[], key: string): string {
  const message = ids.length === 0 ? undefined : parseJson(text);
  if (!isObject(message) || typeof message['method'] !== 'string') return text;
  const params = isObject(message['params']) ? message['params'] : {};
  const meta = isObject(params['_meta']) ? params['_meta'] : {};
  const id = ids.length === 1 ? ids[0] : ids;
  return JSON.stringify({ ...message, params: { ...params, _meta: { ...meta, [key]: id } } });
}
