import type { Header, HttpRequest, Reply } from '../model/http.js';
import type { Masks } from './masks.js';

/** Fields whose values are credentials, whoever set them. */
const secretFields = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'api-key',
]);

export function maskRequest(request: HttpRequest, secrets: readonly Header[], masks: Masks): HttpRequest {
  const secret = new Set(secrets.map(([name]) => name.toLowerCase()));
  return {
    method: request.method,
    headers: request.headers.map(([name, value]) =>
      maskField([name, secret.has(name.toLowerCase()) ? '«secret»' : value], masks),
    ),
    ...(request.body !== undefined && { body: masks.hide(request.body) }),
    ...(request.query !== undefined && { query: masks.hide(request.query) }),
    ...(request.raw !== undefined && { raw: masks.hide(request.raw) }),
  };
}

export function maskReply(reply: Reply, masks: Masks): Reply {
  if (reply.kind !== 'response') return reply;
  const headers = reply.headers.map((field) => maskField(field, masks));
  const { content } = reply;
  if (content.kind === 'body')
    return { ...reply, headers, content: { ...content, text: masks.hide(content.text) } };
  const events = content.events.map((event) => ({
    ...event,
    data: masks.hide(event.data),
    // Some targets make the ids of events, and their names, out of the id of the session.
    ...(event.id !== undefined && { id: masks.hide(event.id) }),
    ...(event.event !== undefined && { event: masks.hide(event.event) }),
  }));
  return { ...reply, headers, content: { ...content, events } };
}

function maskField([name, value]: Header, masks: Masks): Header {
  const key = name.toLowerCase();
  if (secretFields.has(key)) return [name, '«secret»'];
  return [name, masks.hide(key === 'mcp-session-id' ? masks.idField(value) : value)];
}
