/**
 * The shortest text that a plain pattern takes: characters, classes and groups, each with how often. Undefined where there is more to it,
 * such as what looks ahead. Without the ends of the text in it a pattern may stand anywhere, so its own text will do.
 */
export function sampleOf(pattern: string): string | undefined {
  if (pattern.length > patternMax) return undefined;
  const read = readAlternatives({ rest: pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, ''), depth: 0 });
  return read === undefined || read.rest !== '' || read.text.length > textMax ? undefined : read.text;
}

const patternMax = 200;
const textMax = 200;
const depthMax = 5;

interface At {
  readonly rest: string;
  readonly depth: number;
}
interface Read {
  readonly text: string;
  readonly rest: string;
}

/** The first of them stands for all. */
function readAlternatives(at: At): Read | undefined {
  const first = readSequence(at);
  let rest = first?.rest;
  while (rest?.startsWith('|')) rest = readSequence({ rest: rest.slice(1), depth: at.depth })?.rest;
  return first === undefined || rest === undefined ? undefined : { text: first.text, rest };
}

function readSequence({ rest: from, depth }: At): Read | undefined {
  let [text, rest] = ['', from];
  while (rest !== '' && !rest.startsWith('|') && !rest.startsWith(')')) {
    const one = readOne({ rest, depth });
    if (one === undefined) return undefined;
    const times = quantifier.exec(one.rest)?.[0] ?? '';
    const least = leastOf(times);
    if (least * one.text.length > textMax) return undefined;
    text += one.text.repeat(least);
    rest = one.rest.slice(times.length);
  }
  return { text, rest };
}

const quantifier = /^(?:[*+?]|\{\d{1,3}(?:,\d{0,4})?\})\??/;

function leastOf(times: string): number {
  if (times === '' || times.startsWith('+')) return 1;
  return times.startsWith('{') ? Number(/\d+/.exec(times)?.[0]) : 0;
}

function readOne({ rest, depth }: At): Read | undefined {
  const [first = ''] = rest;
  if (first === '(') return readGroup({ rest, depth });
  if (first === '[') return readClass(rest);
  if (first === '\\') {
    const text = ofEscape(rest[1] ?? '');
    return text === undefined ? undefined : { text, rest: rest.slice(2) };
  }
  if (/[*+?{}^$\])]/.test(first)) return undefined;
  return { text: first === '.' ? 'a' : first, rest: rest.slice(1) };
}

function readGroup({ rest, depth }: At): Read | undefined {
  const opening = /^\((?:\?:)?/.exec(rest)?.[0] ?? '';
  if (depth === depthMax || (opening === '(' && rest.startsWith('(?'))) return undefined;
  const read = readAlternatives({ rest: rest.slice(opening.length), depth: depth + 1 });
  return read?.rest.startsWith(')') === true ? { text: read.text, rest: read.rest.slice(1) } : undefined;
}

/** The first character of a class; of one that says what is not in it, one that most do not name. */
function readClass(rest: string): Read | undefined {
  const [whole, negated, body] = /^\[(\^?)((?:\\.|[^\]\\])+)\]/.exec(rest) ?? [];
  if (whole === undefined || body === undefined || negated === '^') return undefined;
  // A digit that is no leading zero, where digits begin with one.
  const start = body.startsWith('0-9') ? '1' : body.startsWith('\\') ? ofEscape(body[1] ?? '') : body[0];
  return start === undefined ? undefined : { text: start, rest: rest.slice(whole.length) };
}

function ofEscape(char: string): string | undefined {
  if (char === 'd') return '1';
  if (char === 'w') return 'a';
  if (char === 's') return ' ';
  return /^[a-z\d]$/i.test(char) ? undefined : char;
}
