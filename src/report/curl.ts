import type { Header, HttpRequest } from '../model/framing.js';
import type { Exchange } from '../model/transcript.js';
import { invisible } from './visible.js';

/** One request as a command of a POSIX shell. */
export interface CurlCommand {
  readonly command: string;
  /** What a reader has to know or to fill in, a sentence each. */
  readonly remarks: readonly string[];
}

/** Why curl cannot send a request. */
export interface NoCurl {
  readonly because: string;
}

/** What the shell variable is called that stands for a pseudonym or a masked secret; it is asked again for the same one. */
export type NameVariable = (masked: string, field: string | undefined) => string;

/** One exchange as one curl command: fields in order, a variable for each session id and each secret that was masked. */
export function curlOf(
  { sent, node }: Pick<Exchange, 'sent' | 'node'>,
  url: string,
  nameVariable: NameVariable = createNames(),
): CurlCommand | NoCurl {
  if (sent.carrier !== 'http') return { because: 'The request went over standard input, not over HTTP.' };
  if (sent.raw !== undefined) return { because: 'curl cannot send it: it is no well-formed HTTP request.' };
  const used = new Map<string, string>();
  const word = (text: string, field?: string) =>
    shellWord(text, field === undefined ? asUtf8 : asLatin1, (masked) => {
      const name = nameVariable(masked, field);
      used.set(name, explained(name, masked, field));
      return name;
    });
  const parts = [
    `curl -sS -i -N --globoff --max-time ${secondsMax}`,
    ...(sent.method === 'GET' ? [] : [`-X ${word(sent.method)}`]),
    ...ownFields(sent).map((field) => `-H ${word(field)}`),
    ...sent.headers.map(([name, value]) => `-H ${fieldWord(name, value, word)}`),
    ...(sent.body === undefined ? [] : [`--data-raw ${word(sent.body)}`]),
    word(withQuery(url, sent.query)),
  ];
  const remarks = [...used.values(), ...limitsOf(sent, node)];
  return { command: parts.join(' \\\n  '), remarks };
}

/** A stream stays open. */
const secondsMax = 10;

/** `SESSION` for the first session id, `SESSION_2` for the next one; secrets by the field that they stood in. */
export function createNames(): NameVariable {
  const names = new Map<string, string>();
  const taken = new Map<string, number>();
  return (masked, field) => {
    const isSecret = masked === secret;
    const key = isSecret ? `${masked} ${field?.toLowerCase() ?? ''}` : masked;
    const known = names.get(key);
    if (known !== undefined) return known;
    const stem = isSecret ? (secretNames[field?.toLowerCase() ?? ''] ?? 'SECRET') : 'SESSION';
    const count = (taken.get(stem) ?? 0) + 1;
    taken.set(stem, count);
    const name = count === 1 ? stem : `${stem}_${count}`;
    names.set(key, name);
    return name;
  };
}

const secret = '«secret»';
const secretNames: Readonly<Record<string, string>> = { authorization: 'TOKEN', cookie: 'COOKIE' };

function explained(name: string, masked: string, field: string | undefined): string {
  if (masked !== secret) return `${name} stands for ${masked}.`;
  return `${name} stands for a value that was masked${field === undefined ? '' : ` in ${field}`}.`;
}

/** Fields that curl adds by itself and that were not sent. */
function ownFields({ headers, body }: HttpRequest): readonly string[] {
  const sent = new Set(headers.map(([name]) => name.toLowerCase()));
  return ['User-Agent', 'Accept', ...(body === undefined ? [] : ['Content-Type'])]
    .filter((name) => !sent.has(name.toLowerCase()))
    .map((name) => `${name}:`);
}

/** curl takes a field without a value for one that is to be left out, unless a semicolon stands in place of the colon. */
function fieldWord(name: string, value: string, word: (text: string, field?: string) => string): string {
  return isBlank([name, value]) ? word(`${name};`) : word(`${name}: ${value}`, name);
}

function isBlank([, value]: Header): boolean {
  return /^[ \t]*$/.test(value);
}

function withQuery(url: string, query: string | undefined): string {
  return query === undefined ? url : `${url.replace(/[?#].*$/s, '')}?${query}`;
}

function limitsOf({ headers, body = '' }: HttpRequest, node: number | undefined): readonly string[] {
  return [
    ...(node === undefined || node === 0 ? [] : [`It went to node ${node + 1}: put its address in.`]),
    ...(headers.some((field) => isBlank(field) && field[1] !== '')
      ? ['curl sends the field of blanks without a value.']
      : []),
    ...(body.includes('\0') ? ['A shell cannot pass the zero byte of the body.'] : []),
  ];
}

/**
 * A word that a POSIX shell reads back as the text: in single quotes, but for variables and for what has to be given byte by byte, which
 * `printf` does.
 */
function shellWord(text: string, how: Encoding, variableOf: (masked: string) => string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  const pieces = text.split(how.special).filter((piece) => piece !== '');
  return pieces.map((piece) => shellPiece(piece, how, variableOf)).join('');
}

interface Encoding {
  /** Pseudonyms and masked secrets, and runs of what cannot be written as it is. */
  readonly special: RegExp;
  readonly bytesOf: (text: string) => readonly number[];
}

// A line break may stand in quotes.
const asUtf8: Encoding = {
  special: new RegExp(`(«[^«»]{1,200}»|(?:(?!\\n)${invisible})+)`, 'u'),
  bytesOf: (text) => [...new TextEncoder().encode(text)],
};
/** As the values of header fields are kept: a character is a byte. */
const asLatin1: Encoding = {
  special: new RegExp(`(«[^«»]{1,200}»|(?:${invisible}|[\\u0080-\\u00ff])+)`, 'u'),
  bytesOf: (text) => [...Buffer.from(text, 'latin1')],
};

function shellPiece(piece: string, how: Encoding, variableOf: (masked: string) => string): string {
  if (/^«[^«»]+»$/.test(piece)) return `"$${variableOf(piece)}"`;
  if (how.special.test(piece)) return `"$(printf '${octal(how.bytesOf(piece))}')"`;
  return `'${piece.replaceAll("'", `'\\''`)}'`;
}

/** A shell has no zero byte. */
function octal(bytes: readonly number[]): string {
  return bytes
    .filter((byte) => byte !== 0)
    .map((byte) => `\\${byte.toString(8).padStart(3, '0')}`)
    .join('');
}
