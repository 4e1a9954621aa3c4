import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines, lastWords } from '../../model/last-words.js';

/** What a process says, as far as it is kept. */
export interface Words {
  /** A few lines of standard error: the cause mostly comes first, a summary last. */
  readonly last: () => readonly string[];
  /** The last lines of both, since some say on standard output where they listen. */
  readonly all: () => readonly string[];
  /** Resolves when all that it wrote has come, or after a moment: a child of its own may hold the pipe open. */
  readonly heard: () => Promise<void>;
}

const charsMax = 2_000;
const heardMs = 500;

/** Listens to a process. Reading also keeps its pipes from filling up. */
export function listenTo({ stdout, stderr }: ChildProcess): Words {
  let [head, tail, out] = ['', '', ''];
  stdout?.setEncoding('utf8').on('data', (more: string) => (out = (out + more).slice(-charsMax)));
  stderr?.setEncoding('utf8').on('data', (more: string) => {
    if (head.length < charsMax) head += more.slice(0, charsMax - head.length);
    tail = (tail + more).slice(-charsMax);
  });
  const last = () => lastWords(head, tail);
  return {
    last,
    all: () => [...last(), ...lastLines(out)],
    async heard() {
      if (stderr === null || stderr.closed) return;
      await Promise.race([new Promise((resolve) => stderr.once('close', resolve)), sleep(heardMs)]);
    },
  };
}
