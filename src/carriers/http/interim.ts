import type { Socket } from 'node:net';
import { HttpError } from './dropped.js';

/** Interim answers (1xx) that are read over before an exchange is given up. */
export const interimMax = 100;

export function interimFlood(): HttpError {
  return new HttpError('INTERIM_FLOOD', 'the target sent one interim answer (1xx) after another');
}

/** What lies between a socket and the parser of answers. */
export interface InterimFilter {
  /** The next bytes begin an answer. */
  readonly expect: () => void;
}

const continues = Buffer.from('HTTP/1.1 100');
const headEnd = '\r\n\r\n';
const headMaxBytes = 16 << 10;

/**
 * Takes 100 Continue away from in front of an answer. HTTP lets a server send it unasked, and undici closes the connection at it;
 * the other interim answers it hands on.
 */
export function skipContinue(socket: Socket): InterimFilter {
  const read = socket.read.bind(socket);
  let isBeginning = true;
  let held = Buffer.alloc(0);
  let skipped = 0;
  /** What is for the parser; nothing while it is not known what begins here. */
  const pass = (chunk: Buffer): Buffer | undefined => {
    held = Buffer.concat([held, chunk]);
    while (held.subarray(0, continues.length).equals(continues)) {
      const end = held.indexOf(headEnd);
      if (end < 0 && held.length > headMaxBytes) socket.destroy(interimFlood());
      if (end < 0) return undefined;
      held = held.subarray(end + headEnd.length);
      skipped += 1;
      if (skipped > interimMax) socket.destroy(interimFlood());
    }
    if (held.equals(continues.subarray(0, held.length))) return undefined;
    isBeginning = false;
    const rest = held;
    held = Buffer.alloc(0);
    return rest;
  };
  socket.read = (...size) => {
    for (;;) {
      const chunk: unknown = read(...size);
      if (!isBeginning || !Buffer.isBuffer(chunk)) return chunk;
      const rest = pass(chunk);
      if (rest !== undefined) return rest;
    }
  };
  return {
    expect() {
      isBeginning = true;
      skipped = 0;
    },
  };
}
