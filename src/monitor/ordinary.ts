import type { Header, HttpRequest } from '../model/framing.js';
import { mediaType } from '../model/message.js';
import { sessionHeader } from '../model/session-id.js';
import type { Exchange } from '../model/transcript.js';
import type { Seen } from './history.js';

/** What tells a use of a session that is as it should be from one that is not. */
export interface Known {
  readonly number: number;
  readonly negotiated: string | undefined;
  readonly opening: Exchange;
}

/**
 * A request of the session's own client, framed as any client frames it, with the revision that was negotiated and with the same other
 * header fields as the one that opened the session: a live session has no reason to refuse it.
 */
export function isOrdinary(
  { session, own, exchange }: Seen,
  { number, negotiated, opening }: Known,
): boolean {
  const { sent, asked } = exchange;
  if (
    session !== number ||
    own !== number ||
    (asked.method === undefined && asked.kind !== 'get' && asked.kind !== 'delete')
  )
    return false;
  if (sent.carrier === 'stdio') return true;
  if (sent.raw !== undefined || sent.query !== undefined) return false;
  return isFramed(sent) && isRevision(sent.headers, negotiated) && sameBesides(sent.headers, opening);
}

const idHeader = sessionHeader.in === 'header' ? sessionHeader.name : '';

function isFramed({ method, headers }: HttpRequest): boolean {
  return headers.every(([name, value]) => {
    switch (name.toLowerCase()) {
      case 'accept':
        return (
          value.includes('text/event-stream') && (method !== 'POST' || value.includes('application/json'))
        );
      case 'content-type':
        return mediaType(value) === 'application/json';
      case 'mcp-session-id':
        return name === idHeader;
      case 'last-event-id':
        return false;
      default:
        return true;
    }
  });
}

function isRevision(headers: readonly Header[], negotiated: string | undefined): boolean {
  const named = headers.filter(([name]) => name.toLowerCase() === 'mcp-protocol-version');
  if (named.length === 0) return negotiated === '2025-03-26';
  return named.length === 1 && named[0]?.[1] === negotiated;
}

const framing = new Set([
  'accept',
  'content-type',
  'content-length',
  'mcp-session-id',
  'mcp-protocol-version',
]);

function sameBesides(headers: readonly Header[], { sent }: Exchange): boolean {
  return sent.carrier === 'http' && besides(headers) === besides(sent.headers);
}

function besides(headers: readonly Header[]): string {
  return headers
    .filter(([name]) => !framing.has(name.toLowerCase()))
    .map(([name, value]) => `${name.toLowerCase()}: ${value}`)
    .toSorted()
    .join('\n');
}
