import type { Sent, Header } from '../model/framing.js';
import type { Frame, Reply } from '../model/reply.js';
import type { Masks } from './masks.js';

/** Fields whose values are credentials, whether the user or a check set them. */
const secretFields = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'api-key',
]);

export function maskSent(sent: Sent, secrets: readonly Header[], masks: Masks): Sent {
  if (sent.carrier === 'stdio')
    return { carrier: 'stdio', ...(sent.line !== undefined && { line: masks.hide(sent.line) }) };
  const secret = new Set(secrets.map(([name]) => name.toLowerCase()));
  return {
    carrier: 'http',
    method: sent.method,
    headers: sent.headers.map(([name, value]) =>
      maskField([name, secret.has(name.toLowerCase()) ? '«secret»' : value], masks),
    ),
    ...(sent.body !== undefined && { body: masks.hide(sent.body) }),
    ...(sent.query !== undefined && { query: masks.hide(sent.query) }),
    ...(sent.raw !== undefined && { raw: masks.hide(sent.raw) }),
  };
}

export function maskReply(reply: Reply, masks: Masks): Reply {
  if (reply.kind !== 'response') return reply;
  const frame = maskFrame(reply.frame, masks);
  const { content } = reply;
  if (content.kind === 'body')
    return { kind: 'response', frame, content: { ...content, text: masks.hide(content.text) } };
  const events = content.events.map((event) => ({
    ...event,
    data: masks.hide(event.data),
    // Some targets make the ids of events, and their names, out of the id of the session.
    ...(event.id !== undefined && { id: masks.hide(event.id) }),
    ...(event.event !== undefined && { event: masks.hide(event.event) }),
  }));
  return { kind: 'response', frame, content: { ...content, events } };
}

function maskFrame(frame: Frame, masks: Masks): Frame {
  if (frame.carrier === 'stdio') return frame;
  return { ...frame, headers: frame.headers.map((field) => maskField(field, masks)) };
}

function maskField([name, value]: Header, masks: Masks): Header {
  const key = name.toLowerCase();
  if (secretFields.has(key)) return [name, '«secret»'];
  return [name, masks.hide(key === 'mcp-session-id' ? masks.idField(value) : value)];
}
