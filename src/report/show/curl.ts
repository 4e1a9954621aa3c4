import type { ValuePath } from '../../model/value-path.js';
import { quoted } from '../evidence.js';
import { visible } from '../visible.js';
import { conclusionLines, type Writing } from './conclusion.js';
import { alterPreamble, preamble, rawPreamble } from './curl-functions.js';
import { judging } from './curl-judging.js';
import { headWords, type Origin } from './head.js';
import { heldMs, type Call } from './call.js';
import type { Question } from './question.js';
import type { Action, Script } from './script.js';
import type { Text } from './text.js';
import type { Value } from './values.js';

/** A POSIX shell script that asks a server the same again with curl, and says whether it answers as it did. */
export function renderCurl(script: Script, origin: Origin): string {
  const { actions, environment, judged, nodes, remarks } = script;
  const others = Array.from({ length: nodes }, (_, i) => `URL${i + 2}`);
  return [
    '#!/bin/sh',
    ...headWords(origin, 'sh THIS.sh [URL]', remarks).map((line) => `# ${line}`),
    '',
    `URL=\${1:-${quoted(origin.url)}}`,
    ...others.map((name) => `: "\${${name}:?set it to the address of another node of the server}"`),
    ...environment
      .filter((name) => !['HOST', 'TARGET'].includes(name))
      .map((name) => `: "\${${name}:?set it to the value of this header field}"`),
    ...preamble,
    ...(actions.some(isRaw) ? rawPreamble : []),
    ...(actions.some((one) => one.do === 'set' && one.value.origin.from === 'changed') ? alterPreamble : []),
    ...(judged === undefined ? [] : judging),
    '',
    ...actions.flatMap(actionLines),
    '',
    'if [ "$differs" -eq 0 ]; then echo "Every answer has the status that the run got."; else echo "$differs answers have another status than the run got."; fi',
    ...(judged === undefined ? ['[ "$differs" -eq 0 ]'] : conclusionLines(judged, writing)),
    '',
  ].join('\n');
}

const writing: Writing = {
  comment: '#',
  text: quoted,
  asks: ({ ask, not, words: asked }: Question, seq) =>
    [...(not === true ? ['!'] : []), ask, String(seq), ...asked.map(words)].join(' '),
  all: (conditions) => conditions.join(' && '),
  call: (name, ...given) => [name, ...given].join(' '),
  choice: (branches, otherwise) => [
    ...branches.map(({ if: condition, does }, i) => `${i === 0 ? 'if' : 'elif'} ${condition}; then ${does}`),
    `else ${otherwise}; fi`,
  ],
};

function isRaw(action: Action): boolean {
  return action.do === 'send' && action.call.raw !== undefined;
}

function actionLines(action: Action): readonly string[] {
  switch (action.do) {
    case 'set':
      return [`${action.value.variable}=${valueWords(action.value)}`];
    case 'send':
      return [
        ...sendLines(action.call, action.background),
        ...(action.background ? [] : cameLines(action.call)),
      ];
    case 'wait':
      return [...waitLines(action.call), ...cameLines(action.call)];
    case 'close':
      return [`kill "$pid_${action.seq}" 2> /dev/null`];
    case 'sleep':
      return [`sleep ${(action.ms / 1000).toFixed(2)}`];
    case 'tell':
      return action.values.map(
        ({ token, variable }) => `printf 'issued: %s  %s\\n' "$${variable}" ${quoted(visible(token))}`,
      );
    case 'operate': {
      const name = action.what.toUpperCase();
      return [`eval "\${${name}:?set it to a command that does this to the process of the server}"`];
    }
  }
}

function valueWords({ origin }: Value): string {
  switch (origin.from) {
    case 'header':
      return `$(field ${origin.seq} ${origin.header})`;
    case 'event':
      return `$(event ${origin.seq} ${origin.event + 1})`;
    case 'answer':
      return `$(answer ${origin.seq} ${quoted(keyOf(origin.path))})`;
    case 'literal':
      return quoted(origin.text);
    case 'changed':
      return `$(alter ${origin.change} "$${origin.of}")`;
  }
}

/** Without a reader of JSON the last name of a path has to do. */
function keyOf({ keys }: ValuePath): string {
  return keys.findLast((key) => typeof key === 'string') ?? '';
}

function sendLines(call: Call, background: boolean): readonly string[] {
  const { seq, raw, body, until } = call;
  const end = background ? [`pid_${seq}=$!; streams="$streams $!"`] : [];
  const aside = background ? ' &' : '';
  if (raw !== undefined) {
    const { format, values } = printed(raw);
    const bytes = [`printf ${format}`, ...values].join(' ');
    const hold = seconds(heldMs(call, background));
    return [
      `{ ${bytes}; sleep ${hold}; } 2> /dev/null | wire ${seq} ${hold}${aside}`,
      ...end,
      // What comes next must not overtake it.
      ...(background ? [`soon ${seq}.log 'Connected\\|depth'; sleep 0.3`] : []),
    ];
  }
  const isLong = body !== undefined && lengthOf(body) > argumentMax;
  const url = call.node === 0 ? 'URL' : `URL${call.node + 1}`;
  const parts = [
    `${background ? 'begin' : 'send'} ${seq} -X ${quoted(call.method)} ${call.query === undefined ? `"$${url}"` : `"\${${url}%%\\?*}?"${words(call.query)}`}`,
    `--max-time ${seconds(until === 'hang-up' ? Math.max(call.maxMs, 50) : background && until !== 'whole' ? streamMs : call.maxMs)}`,
    ...headerWords(call),
    ...(body === undefined
      ? []
      : [isLong ? `--data-binary "@$work/${seq}.sent"` : `--data-raw ${words(body)}`]),
  ];
  return [
    ...(isLong ? [`printf %s ${words(body)} > "$work/${seq}.sent"`] : []),
    `${parts.join(' \\\n  ')}${aside}`,
    ...end,
  ];
}

/** A stream is ended by the script, and not by its time. */
const streamMs = 600_000;

/** Longer ones do not fit into one argument of a command. */
const argumentMax = 100_000;

/** curl adds fields of its own where they are not given. */
function headerWords({ headers, body }: Call): readonly string[] {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  return [
    ...headers.map(([name, text]) =>
      isBlank(text) ? `-H ${quoted(`${name};`)}` : `-H ${words([`${name}: `, ...text])}`,
    ),
    ...(names.has('accept') ? [] : [`-H 'Accept:'`]),
    ...(body === undefined || names.has('content-type') ? [] : [`-H 'Content-Type:'`]),
  ];
}

/** curl takes a field without a value for one to leave out, unless it is written in this way; blanks around a value mean nothing. */
function isBlank(text: Text): boolean {
  return text.every((part) => typeof part === 'string' && part.trim() === '');
}

function waitLines({ seq, until, raw }: Call): readonly string[] {
  if (raw !== undefined && until === 'hang-up') return [`kill "$pid_${seq}" 2> /dev/null`];
  if (until === 'head') return [`soon ${seq}.head '^HTTP'`];
  if (until === 'event') return [`soon ${seq}.body '^data'`];
  return [`wait "$pid_${seq}"`];
}

function cameLines({ seq, actor, says, status, acceptable }: Call): readonly string[] {
  const what = quoted(visible(`${actor}: ${says}`));
  return [
    status === undefined ? `echo "#${seq}    hung up"` : `came ${seq} ${what} ${status}`,
    ...(acceptable === undefined ? [] : [`judged ${seq} ${quoted(visible(acceptable))}`]),
  ];
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}

function lengthOf(text: Text): number {
  return text.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0);
}

/** One word of a shell. */
function words(text: Text): string {
  const parts = joined(text).map((part) => (typeof part === 'string' ? quoted(part) : `"$${part.variable}"`));
  return parts.length === 0 ? "''" : parts.join('');
}

/** With no two strings side by side. */
function joined(text: Text): Text {
  const parts: Text[number][] = [];
  for (const part of text) {
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else parts.push(part);
  }
  return parts;
}

/** Bytes as `printf` writes them: what is no plain character as its number. */
function printed(text: Text): { readonly format: string; readonly values: readonly string[] } {
  const format = text.map((part) =>
    typeof part === 'string'
      ? part.replaceAll(/[^ -~]|[%\\]/g, (char) =>
          char === '%' ? '%%' : `\\${(char.codePointAt(0) ?? 0).toString(8).padStart(3, '0')}`,
        )
      : '%s',
  );
  return {
    format: `'${format.join('').replaceAll("'", String.raw`\047`)}'`,
    values: text.flatMap((part) => (typeof part === 'string' ? [] : [`"$${part.variable}"`])),
  };
}
