import type { Header, HttpRequest } from '../model/framing.js';
import { mediaType } from '../model/form.js';
import { sessionHeader } from '../model/session-id.js';
import type { Exchange } from '../model/transcript.js';
import type { Seen } from './history.js';

/**
 * Tells a request of the session's own client, framed as any client frames it, with the revision that was negotiated and with the same
 * other header fields as the one that opened the session: a live session has no reason to refuse it.
 */
export function ordinaryIn(
  number: number,
  negotiated: string | undefined,
  opening: Exchange,
): (use: Seen) => boolean {
  const others = opening.sent.carrier === 'http' ? besides(opening.sent.headers) : '';
  return ({ session, own, exchange: { sent } }) => {
    if (session !== number || own !== number) return false;
    if (sent.carrier === 'stdio') return true;
    return (
      sent.raw === undefined &&
      sent.query === undefined &&
      isFramed(sent) &&
      isRevision(sent.headers, negotiated) &&
      besides(sent.headers) === others
    );
  };
}

/** It was made of a method or a verb, and not of a text that a check gives as it is. */
export function hasMethod({ exchange: { asked } }: Seen): boolean {
  return asked.method !== undefined || asked.kind === 'get' || asked.kind === 'delete';
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

function besides(headers: readonly Header[]): string {
  return headers
    .filter(([name]) => !framing.has(name.toLowerCase()))
    .map(([name, value]) => `${name.toLowerCase()}: ${value}`)
    .toSorted()
    .join('\n');
}
