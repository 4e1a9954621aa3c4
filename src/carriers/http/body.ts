import { isUtf8 } from 'node:buffer';
import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { Content, End } from '../../model/reply.js';
import type { Limits } from '../../model/carrier.js';
import { allowance } from '../kept.js';
import type { Intake } from './intake.js';

/** Keeps the beginning of a body, counts all of it, and hashes it from the moment that something is left out. */
export class Body implements Intake {
  readonly kind = 'body';
  readonly #limits: Limits;
  readonly #allow: (bytes: number) => number;
  readonly #kept: Buffer[] = [];
  #bytes = 0;
  #hash: Hash | undefined;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#allow = allowance(limits, limits.bodyKeptBytes);
  }

  push(chunk: Buffer): boolean {
    const wanted = chunk.subarray(0, this.#limits.bodyMaxBytes - this.#bytes);
    const room = this.#allow(wanted.length);
    if (wanted.length > room && this.#hash === undefined) this.#hash = hashOf(this.#kept);
    this.#hash?.update(wanted);
    this.#bytes += wanted.length;
    if (room > 0) this.#kept.push(wanted.subarray(0, room));
    return wanted.length === chunk.length;
  }

  finish(): void {}

  content(end: End): Content {
    const [first] = this.#kept;
    const bytes = this.#kept.length === 1 && first !== undefined ? first : Buffer.concat(this.#kept);
    const whole = end === 'complete' && this.#hash === undefined;
    const digest = this.#hash?.copy().digest('hex');
    return {
      kind: 'body',
      ...(whole ? decodeWhole(bytes) : decodePart(bytes)),
      bytes: this.#bytes,
      ...(digest === undefined ? {} : { digest }),
      end,
    };
  }
}

function hashOf(chunks: readonly Buffer[]): Hash {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash;
}

interface Text {
  readonly text: string;
  readonly garbled?: true;
}

function decodeWhole(bytes: Buffer): Text {
  const text = bytes.toString('utf8');
  return isUtf8(bytes) ? { text } : { text, garbled: true };
}

// A cut may fall inside a character, which is no fault of the target: a streaming decoder holds the rest of it back.
function decodePart(bytes: Buffer): Text {
  try {
    return {
      text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true }),
    };
  } catch {
    return {
      text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true }),
      garbled: true,
    };
  }
}
