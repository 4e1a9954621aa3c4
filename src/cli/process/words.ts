import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

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
const lineCharsMax = 300;

/** Listens to a process. Reading also keeps its pipes from filling up. */
export function listenTo({ stdout, stderr }: ChildProcess): Words {
  let [head, tail, out] = ['', '', ''];
  stdout?.setEncoding('utf8').on('data', (more: string) => (out = (out + more).slice(-charsMax)));
  stderr?.setEncoding('utf8').on('data', (more: string) => {
    if (head.length < charsMax) head += more.slice(0, charsMax - head.length);
    tail = (tail + more).slice(-charsMax);
  });
  const last = () => chosen(linesOf(head), linesOf(tail));
  return {
    last,
    all: () => [...last(), ...linesOf(out).slice(-linesMax)],
    async heard() {
      if (stderr === null || stderr.closed) return;
      await Promise.race([new Promise((resolve) => stderr.once('close', resolve)), sleep(heardMs)]);
    },
  };
}

const linesMax = 3;

function chosen([first]: readonly string[], lines: readonly string[]): readonly string[] {
  if (first === undefined) return [];
  const last = lines.slice(lines.at(-linesMax - 1) === first ? -linesMax - 1 : -linesMax);
  // Node prints the place of a throw before the error itself, and a stack behind it.
  const cause = lines.find((line) => /\b\w*(Error|Exception)\b.*:/.test(line)) ?? first;
  return last.includes(cause) ? last : [cause, '…', ...last];
}

/** Where in the code something was thrown, and what Node adds to an error that says the same. */
const isPlace =
  /^at .*(:\d+:\d+\)?|<anonymous>\))( \{)?$|^Node\.js v\d+(\.\d+)*$|^(code|errno|syscall|requireStack): |^node:internal\/|^throw \w+;$|^Emitted 'error' event/;

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) =>
    line
      .replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
      .trim()
      .slice(0, lineCharsMax),
  );
  return lines.filter((line) => /\w/.test(line) && !isPlace.test(line));
}
