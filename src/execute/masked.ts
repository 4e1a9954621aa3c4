import type { Sent, Header } from '../model/framing.js';
import type { Content, Frame, Reply, StreamEvent } from '../model/reply.js';
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
    headers: changed(sent.headers, (field) =>
      secret.has(field[0].toLowerCase()) ? [field[0], '«secret»'] : maskField(field, masks),
    ),
    ...(sent.body !== undefined && { body: masks.hide(sent.body) }),
    ...(sent.query !== undefined && { query: masks.hide(sent.query) }),
    ...(sent.raw !== undefined && { raw: masks.hide(sent.raw) }),
  };
}

/** The reply itself where there is nothing to mask: what was read of it is then known already. */
export function maskReply(reply: Reply, masks: Masks): Reply {
  if (reply.kind !== 'response') return reply;
  const frame = maskFrame(reply.frame, masks);
  const content = maskContent(reply.content, masks);
  return frame === reply.frame && content === reply.content ? reply : { kind: 'response', frame, content };
}

function maskContent(content: Content, masks: Masks): Content {
  if (content.kind === 'body') {
    const text = masks.hide(content.text);
    return text === content.text ? content : { ...content, text };
  }
  const events = changed(content.events, (event) => maskEvent(event, masks));
  return events === content.events ? content : { ...content, events };
}

function maskEvent(given: StreamEvent, masks: Masks): StreamEvent {
  const data = masks.hide(given.data);
  // Some targets make the ids of events, and their names, out of the id of the session.
  const id = given.id && masks.hide(given.id);
  const event = given.event && masks.hide(given.event);
  if (data === given.data && id === given.id && event === given.event) return given;
  return { ...given, data, ...(id !== undefined && { id }), ...(event !== undefined && { event }) };
}

function maskFrame(frame: Frame, masks: Masks): Frame {
  if (frame.carrier === 'stdio') return frame;
  const headers = changed(frame.headers, (field) => maskField(field, masks));
  return headers === frame.headers ? frame : { ...frame, headers };
}

/** The list itself where `change` leaves each item as it is. */
function changed<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  const made = items.map(change);
  return made.every((item, at) => item === items[at]) ? items : made;
}

function maskField(field: Header, masks: Masks): Header {
  const [name, value] = field;
  const key = name.toLowerCase();
  if (secretFields.has(key)) return [name, '«secret»'];
  const masked = masks.hide(key === 'mcp-session-id' ? masks.idField(value) : value);
  return masked === value ? field : [name, masked];
}
