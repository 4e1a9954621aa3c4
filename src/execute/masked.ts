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
  const events = content.events.map((event) => Object.assign({}, event, { data: masks.hide(event.data) }));
  return { ...reply, headers, content: { ...content, events } };
}

function maskField([name, value]: Header, masks: Masks): Header {
  return [name, secretFields.has(name.toLowerCase()) ? '«secret»' : masks.hide(value)];
}
