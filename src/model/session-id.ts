import { type Sent, headerValues } from './framing.js';
import { isObject, parseJson, type JsonObject } from './json.js';
import { messagesIn } from './message.js';
import { replyHeader, type Reply } from './reply.js';

/** How a session id travels: in a header field of HTTP, or under a key of `_meta` in the messages themselves. */
export type IdPlace = { readonly in: 'header'; readonly name: string } | MetaPlace;

export interface MetaPlace {
  readonly in: 'meta';
  readonly key: string;
  /** Where the value under the key is an object, the member of it that is the id. */
  readonly member?: string;
}

/** As Streamable HTTP has it. */
export const sessionHeader: IdPlace = { in: 'header', name: 'Mcp-Session-Id' };

/** The session ids that a reply names, in order. */
export function idsNamed(reply: Reply | undefined, place: IdPlace): readonly string[] {
  if (place.in === 'header') return replyHeader(reply, place.name);
  return messagesIn(reply).flatMap((message) =>
    message.kind === 'response' && isObject(message.result) ? idIn(message.result, place) : [],
  );
}

/** The session ids that a request carries, in order. */
export function idsCarried(sent: Sent, place: IdPlace): readonly string[] {
  if (place.in === 'header') return sent.carrier === 'http' ? headerValues(sent.headers, place.name) : [];
  const message = parseJson((sent.carrier === 'http' ? sent.body : sent.line) ?? '');
  return isObject(message) && isObject(message['params']) ? idIn(message['params'], place) : [];
}

function idIn({ _meta }: JsonObject, { key, member }: MetaPlace): readonly string[] {
  const value = isObject(_meta) ? _meta[key] : undefined;
  const id = member !== undefined && isObject(value) ? value[member] : value;
  return typeof id === 'string' ? [id] : [];
}
