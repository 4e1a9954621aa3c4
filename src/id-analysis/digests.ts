import { createHash } from 'node:crypto';

/**
 * What ids are digests of, where that can be searched for: a counter, alone or behind a usual word, or a clock. An id counts as
 * found by its first 48 bits, so that truncated ones are found, and those on which the marks of a UUID were put.
 */
export function digestOf(texts: readonly string[], nowMs: number): string | undefined {
  const digests = texts.map(digitsOf);
  if (digests.some((digits) => digits === undefined)) return undefined;
  const wanted = new Set(digests.map((digits) => digits?.slice(0, comparedDigits)));
  const width = Math.min(...[...wanted].map((digits) => digits?.length ?? 0));
  const isFound = (digest: string) => wanted.has(digest.slice(0, width));
  const salts = digests.every((digits) => /^.{12}[35]/.test(digits ?? '')) ? namespaces : [none];
  for (const algorithm of algorithms)
    for (const { says, inputs } of guesses(nowMs)) {
      let found = 0;
      for (const input of inputs) {
        if (salts.some((salt) => isFound(createHash(algorithm).update(salt).update(input).digest('hex'))))
          found += 1;
        if (found === enough) return `${algorithm} of ${says}`;
      }
    }
  return undefined;
}

// As many bits are never met by chance, and fewer than eight digits tell nothing.
const comparedDigits = 12;
const digitsMin = 8;
/** One id may be found by chance where it is short. */
const enough = 3;

/** Of UUIDs that are made of names, as RFC 9562 has them: for hosts, addresses, object identifiers and directories. */
const namespaces = ['0', '1', '2', '4'].map((digit) =>
  Buffer.from(`6ba7b81${digit}9dad11d180b400c04fd430c8`, 'hex'),
);
const none = Buffer.of();

const algorithms = ['md5', 'sha1', 'sha256'] as const;

/** Hexadecimal digits of what an id spells in hexadecimal, or in base64 of either alphabet. */
function digitsOf(text: string): string | undefined {
  if (/^[0-9a-f]+$/i.test(text)) return text.length < digitsMin ? undefined : text.toLowerCase();
  const bytes = /^[\w+/-]+=*$/.test(text) ? Buffer.from(text, 'base64') : undefined;
  return bytes === undefined || bytes.length * 2 < digitsMin ? undefined : bytes.toString('hex');
}

// More sessions than a run opens on a server that was started for it, and more words than were seen in public code.
const countersMax = 4096;
const behindWordMax = 2048;
const words = ['session', 'session-', 'session_', 'mcp-session-', 'client-', 'user'];
/** The ids were issued one after the other, right before they are looked at. */
const clockMs = 6_000;
const clockSeconds = 60;

interface Guess {
  readonly says: string;
  readonly inputs: Iterable<string>;
}

function guesses(nowMs: number): readonly Guess[] {
  const seconds = Math.floor(nowMs / 1000);
  return [
    { says: 'a counter', inputs: counting('', 0, countersMax) },
    ...words.map((word) => ({ says: `"${word}" and a counter`, inputs: counting(word, 0, behindWordMax) })),
    { says: 'a clock (milliseconds)', inputs: counting('', nowMs - clockMs, nowMs + 1) },
    { says: 'a clock (seconds)', inputs: counting('', seconds - clockSeconds, seconds + 1) },
  ];
}

function* counting(word: string, from: number, to: number): Generator<string> {
  for (let n = from; n < to; n += 1) yield `${word}${n}`;
}

/** What ids say in plain text, where all of them are base64 or hexadecimal digits of such. */
export function plainTexts(ids: readonly string[]): readonly string[] | undefined {
  for (const encoding of ['hex', 'base64'] as const) {
    if (!ids.every((id) => spelled[encoding].test(id))) continue;
    const texts = ids.map((id) => Buffer.from(id, encoding).toString('latin1'));
    if (texts.every((text) => /^[\x20-\x7e]{2,}$/.test(text))) return texts;
  }
  return undefined;
}

const spelled = { hex: /^(?:[0-9a-f]{2})+$/i, base64: /^[\w+/-]+={0,2}$/ } as const;
