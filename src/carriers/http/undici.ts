import { createRequire } from 'node:module';
import type * as undici from 'undici';
import type { Header } from '../../model/framing.js';

// The package as a whole also loads fetch, cookies, caches and WebSocket: twice the time of its client, at each start. The version is
// pinned, and a test of the carrier fails where a file has moved.
const requirePackage = createRequire(import.meta.url);
/* oxlint-disable typescript/no-unsafe-type-assertion */
export const Client = requirePackage('undici/lib/dispatcher/client.js') as typeof undici.Client;
export const buildConnector = requirePackage('undici/lib/core/connect.js') as typeof undici.buildConnector;
export const errors = requirePackage('undici/lib/core/errors.js') as typeof undici.errors;
/** A method of the client that the package adds to it as a whole; call it on one. */
export const { connect } = requirePackage('undici/lib/api/index.js') as Pick<undici.Client, 'connect'>;

/**
 * undici hands out names and values in turn, as bytes. Latin-1 keeps every byte, in both directions. Blanks behind a value are no
 * part of it, but its parser takes off only those in front.
 */
export function readHeaders(raw: readonly Buffer[]): readonly Header[] {
  const headers: Header[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at];
    const value = raw[at + 1];
    if (name !== undefined && value !== undefined)
      headers.push(shared(name.toString('latin1'), value.toString('latin1').replace(/[\t ]+$/, '')));
  }
  return headers;
}

/** Most fields come with every answer, and thousands of answers are kept: they have them in common. */
const fields = new Map<string, Header>();
const fieldsMax = 1_000;
const sharedMaxChars = 100;

function shared(name: string, value: string): Header {
  if (name.length + value.length > sharedMaxChars) return [name, value];
  const line = `${name}:${value}`;
  const field = fields.get(line) ?? ([name, value] as const);
  if (fields.size < fieldsMax) fields.set(line, field);
  return field;
}

export function flatten(own: readonly Header[], added: readonly Header[]): string[] {
  const flat: string[] = [];
  for (const [name, value] of own) flat.push(name, value);
  for (const [name, value] of added) flat.push(name, value);
  return flat;
}
