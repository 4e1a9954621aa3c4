import type { Header, HttpRequest } from '../../model/framing.js';
import { pathOf, type Route } from './route.js';

/** Fields that undici writes by itself, wants to be consistent, or refuses: a given one is sent exactly so. */
const reserved = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;
const latin1 = /^[\0-\xff]*$/;

/** True where undici writes just these fields, in this order and case. */
export function isPlain(headers: readonly Header[]): boolean {
  return headers.every(
    ([name, value]) => token.test(name) && fieldValue.test(value) && !reserved.has(name.toLowerCase()),
  );
}

export function isPlainMethod(method: string): boolean {
  return method !== 'CONNECT' && token.test(method);
}

/** The whole request as bytes, with the same fields in front and behind that undici would add. */
export function bytesOf(request: HttpRequest, route: Route): Buffer {
  if (request.raw !== undefined) return Buffer.from(checked(request.raw), 'latin1');
  const fields = [...request.headers, ...route.headers];
  const given = new Set(fields.map(([name]) => name.toLowerCase()));
  const body = Buffer.from(request.body ?? '');
  const lines = [`${request.method} ${pathOf(route, request.query)} HTTP/1.1`];
  if (!given.has('host')) lines.push(`host: ${route.host}`);
  if (!given.has('connection')) lines.push('connection: close');
  for (const [name, value] of fields) lines.push(`${name}: ${value}`);
  const isFramed = given.has('content-length') || given.has('transfer-encoding');
  const needsLength = body.length > 0 || ['POST', 'PUT', 'PATCH'].includes(request.method);
  if (!isFramed && needsLength) lines.push(`content-length: ${body.length}`);
  return Buffer.concat([Buffer.from(checked(`${lines.join('\r\n')}\r\n\r\n`), 'latin1'), body]);
}

// Anything else would be cut down to its lowest byte without a word.
function checked(text: string): string {
  if (latin1.test(text)) return text;
  throw new RangeError('header fields are latin-1: encode other characters as bytes first');
}
