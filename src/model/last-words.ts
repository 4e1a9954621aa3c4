const linesMax = 3;
const lineCharsMax = 300;

/** A few lines of what a process wrote: the cause mostly comes first, a summary last. */
export function lastWords(head: string, tail = head): readonly string[] {
  return chosen(linesOf(head), linesOf(tail));
}

export function lastLines(text: string): readonly string[] {
  return linesOf(text).slice(-linesMax);
}

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
