import type { Header } from '../../model/framing.js';

/** undici hands out names and values in turn, as bytes. Latin-1 keeps every byte, in both directions. */
export function readHeaders(raw: readonly Buffer[]): readonly Header[] {
  const headers: Header[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at];
    const value = raw[at + 1];
    if (name !== undefined && value !== undefined)
      headers.push([name.toString('latin1'), value.toString('latin1')]);
  }
  return headers;
}

export function flatten(own: readonly Header[], added: readonly Header[]): string[] {
  const flat: string[] = [];
  for (const [name, value] of own) flat.push(name, value);
  for (const [name, value] of added) flat.push(name, value);
  return flat;
}
