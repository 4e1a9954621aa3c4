import type { Address } from './carrier.js';
import type { Header } from './framing.js';
import { isRevision } from './revision.js';

/** What must not be written down, found in whatever spelling it comes. */
export interface Secrets {
  readonly hide: (text: string) => string;
  /** The data with every text in it hidden; the data itself where there is nothing to hide. */
  readonly hideIn: <T>(data: T) => T;
}

const hiddenSecret = '«secret»';

export function createSecrets(values: readonly string[]): Secrets {
  // The longest first, so that nothing of a longer one is left beside a shorter one.
  const sorted = [...new Set(values)].filter((value) => value !== '').toSorted((a, b) => b.length - a.length);
  if (sorted.length === 0) return { hide: (text) => text, hideIn: (data) => data };
  const pattern = new RegExp(sorted.map(spelled).join('|'), 'g');
  const hide = (text: string) => text.replace(pattern, hiddenSecret);
  return { hide, hideIn: (data) => hiddenIn(data, hide) };
}

function hiddenIn<T>(data: T, hide: (text: string) => string): T {
  // A copy of plain data has its type, but for its texts, which stay texts.
  const copy: T = JSON.parse(JSON.stringify(free(data, hide)) ?? 'null');
  return copy;
}

function free(value: unknown, hide: (text: string) => string): unknown {
  if (typeof value === 'string') return hide(value);
  if (Array.isArray(value)) return value.map((item: unknown) => free(item, hide));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [hide(key), ours.has(key) ? item : free(item, hide)]),
  );
}

/** What stands here are words of ours: a secret that is one of them (`X-Client: sessionspec`) must not spoil them. */
const ours: ReadonlySet<string> = new Set([
  'format',
  'tool',
  'startedAt',
  'kind',
  'id',
  'suite',
  'suites',
  'check',
  'checks',
  'step',
  'suspects',
  'leftOut',
  'selection',
  'policy',
  'profile',
  'profiles',
  'revision',
  'revisions',
  'negotiates',
  'replies',
  'needsMet',
  'notAsked',
  'verdict',
  'reason',
  'level',
  'source',
  'title',
  'tags',
  'requirement',
  'controls',
  'link',
  'standing',
  'finding',
  'covers',
  'excused',
  'expires',
  'failed',
  'undecided',
  // Its secrets are hidden where they are captured.
  'transcript',
  'transcripts',
  'plan',
]);

/**
 * The secrets of a run, as they may come back in an answer: the values of header fields, with and without their scheme, their
 * parameters and cookies one by one, and what an address says besides a place. A short one (`X-Mode: json`) stands in any answer by
 * chance, and hiding it there would make the answer unreadable.
 */
export function secretValues(headers: readonly Header[], urls: readonly URL[] = []): readonly string[] {
  const values = [
    ...headers.flatMap(([name, value]) => [...ofField(name, value), ...ofField(name, asUtf8(value))]),
    ...urls.flatMap(ofAddress),
  ];
  return [...new Set(values)].filter((value) => value.length >= secretLengthMin && !isRevision(value));
}

const secretLengthMin = 8;

function ofField(name: string, value: string): readonly string[] {
  const [, scheme = '', bare = value] = /^([^\s=,;"]+)\s+(\S.*)$/s.exec(value) ?? [];
  const parts = name.toLowerCase() === 'cookie' ? value.split(';') : bare.split(',');
  const assigned = parts.flatMap((part) => {
    const [, text = ''] = /^[^=]+=(.+)$/s.exec(part.trim()) ?? [];
    return [text, text.replace(/^"(.*)"$/s, '$1')];
  });
  return [value, bare, ...assigned, ...(/^basic$/i.test(scheme) ? ofBasic(bare) : [])];
}

/** As a target reads it that takes the bytes of a field for UTF-8. */
function asUtf8(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8');
}

/** User and password, and the password alone. */
function ofBasic(encoded: string): readonly string[] {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? [] : [text, text.slice(colon + 1)];
}

function ofAddress({ username, password, search }: URL): readonly string[] {
  const values = [...new URLSearchParams(search).values()].filter(isSecretLike);
  const credentials = [username, password].flatMap((text) => [text, decoded(text)]);
  return [...credentials, ...values, ...(values.length > 0 ? [search.slice(1)] : [])];
}

/** A value of a query may be a word such as `streamable-http` or a date, which stand in answers for other reasons. */
function isSecretLike(value: string): boolean {
  return (
    value.length >= 24 ||
    (/\d/.test(value) && /[a-z]/i.test(value)) ||
    (/[a-z]/.test(value) && /[A-Z]/.test(value))
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The same of a target. */
export function secretsAt(headers: readonly Header[], address: Address): readonly string[] {
  return address.kind === 'http'
    ? secretValues(headers, [address.url])
    : secretValues([...headers, ...address.given]);
}

/** An address as it may be shown: without credentials, and with the names of its query but not their values; a command without what it assigns. */
export function shownAddress(address: Address): string {
  return address.kind === 'http' ? shownUrl(address.url) : withoutAssigned(address.command);
}

function shownUrl(url: URL): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  shown.search = '';
  return `${shown.href}${shownQuery(url.search)}`;
}

function shownQuery(search: string): string {
  return search.replaceAll(/([?&][^=&]*=)[^&#]+/g, `$1${hiddenSecret}`);
}

/** The same of a text that may not be a whole address yet, since `{port}` is still in it. */
export function shownTemplate(text: string): string {
  const start = text.indexOf('?');
  return start < 0 ? text : `${text.slice(0, start)}${shownQuery(text.slice(start))}`;
}

/** A command may begin with variables that hold secrets. */
export function withoutAssigned(command: string): string {
  return command.replaceAll(/(\b\w*(?:TOKEN|SECRET|PASSWORD|KEY)\w*=)\S+/gi, '$1…');
}

/**
 * A text as a pattern: as it is, in a URL or in HTML, and as JSON has it, JSON in JSON included. At each depth of JSON a character has
 * spellings that differ soon, so that no text makes the search try the same thing twice.
 */
function spelled(text: string): string {
  const characters = Array.from(text);
  return [0, 1, 2, 3].map((depth) => characters.map((one) => spelledAt(one, depth)).join('')).join('|');
}

function spelledAt(character: string, depth: number): string {
  const literal = escapedForPattern(character);
  const bytes = [...new TextEncoder().encode(character)].map((byte) => anyCase(hexByte(byte)));
  const anywhere = [
    bytes.map((byte) => `%${byte}`).join(''),
    bytes.map((byte) => `%25${byte}`).join(''),
    ...(character === ' ' ? ['\\+'] : []),
  ];
  const spellings = depth === 0 ? [literal, ...inHtml(character)] : inJson(character, literal, depth);
  return `(?:${[...spellings, ...anywhere].join('|')})`;
}

function inHtml(character: string): readonly string[] {
  const code = character.codePointAt(0) ?? 0;
  const named = htmlNames.get(character);
  return [`&#(?:${code}|[xX]${anyCase(code.toString(16))});`, ...(named === undefined ? [] : [`&${named};`])];
}

/** Each time that JSON is put into JSON, its backslashes double. */
function inJson(character: string, literal: string, depth: number): readonly string[] {
  const slashes = `\\\\{${2 ** (depth - 1)}}`;
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  const coded = units.map((unit) => `${slashes}u${anyCase(unit.toString(16).padStart(4, '0'))}`).join('');
  if (character === '\\') return [`\\\\{${2 ** depth}}`, coded];
  if (character === '"') return [`\\\\{${2 ** depth - 1}}"`, coded];
  const short = shortEscapes.get(character);
  if (short !== undefined) return [`${slashes}${short}`, coded];
  return character === '/' ? [literal, `${slashes}/`, coded] : [literal, coded];
}

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['\t', 't'],
  ['\n', 'n'],
  ['\r', 'r'],
  ['\b', 'b'],
  ['\f', 'f'],
]);
const htmlNames: ReadonlyMap<string, string> = new Map([
  ['"', 'quot'],
  ["'", 'apos'],
  ['&', 'amp'],
  ['<', 'lt'],
  ['>', 'gt'],
]);

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

function anyCase(hex: string): string {
  return hex.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function escapedForPattern(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
}
