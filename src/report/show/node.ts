import { visible } from '../visible.js';
import { headWords, type Origin } from './head.js';
import { heldMs, type Call } from './call.js';
import { conclusionLines, type Writing } from './conclusion.js';
import { judging, preamble } from './node-functions.js';
import type { Question } from './question.js';
import type { Action, Script } from './script.js';
import type { Text } from './text.js';
import type { Value } from './values.js';

/** A script without dependencies that asks a server the same again, and says whether it answers as it did. */
export function renderNode({ actions, environment, judged, nodes, remarks }: Script, origin: Origin): string {
  const outside = environment.filter((name) => !['HOST', 'TARGET'].includes(name));
  const others = Array.from(
    { length: nodes },
    (_, i) => `given('URL${i + 2}', 'the address of another node of the server')`,
  );
  return [
    ...headWords(origin, 'node THIS.mjs [URL]', remarks).map((line) => `// ${line}`),
    "import { request as http } from 'node:http';",
    "import { request as https } from 'node:https';",
    "import { connect } from 'node:net';",
    "import { connect as secure } from 'node:tls';",
    "import { execSync } from 'node:child_process';",
    "import { setTimeout as sleep } from 'node:timers/promises';",
    '',
    `const url = new URL(process.argv[2] ?? ${JSON.stringify(origin.url)});`,
    `const urls = [${['url', ...others].join(', ')}].map((one) => new URL(one));`,
    'const [HOST, TARGET] = [url.host, url.pathname + url.search];',
    ...outside.map((name) => `const ${name} = given('${name}', 'the value of this header field');`),
    ...preamble,
    ...(judged === undefined ? [] : judging),
    '',
    ...actions.flatMap(actionLines),
    '',
    "console.log(differs === 0 ? 'Every answer has the status that the run got.' : `${differs} answers have another status than the run got.`);",
    ...(judged === undefined
      ? ['process.exit(differs === 0 ? 0 : 1);']
      : [callsLine(actions), ...conclusionLines(judged, writing)]),
    '',
  ].join('\n');
}

function callsLine(actions: readonly Action[]): string {
  const seqs = actions.flatMap((one) => (one.do === 'send' ? [one.call.seq] : []));
  return `const calls = { ${seqs.map((seq) => `${seq}: call${seq}`).join(', ')} };`;
}

const writing: Writing = {
  comment: '//',
  text: JSON.stringify,
  asks: ({ ask, not, words: asked }: Question, seq) =>
    `${not === true ? '!' : ''}${ask}(${[`call${seq}`, ...asked.map(words)].join(', ')})`,
  all: (conditions) => conditions.join(' && '),
  call: (name, ...given) => `${name}(${given.join(', ')});`,
  choice: (branches, otherwise) => [
    ...branches.map(({ if: condition, does }, i) => `${i === 0 ? '' : 'else '}if (${condition}) ${does}`),
    `else ${otherwise}`,
  ],
};

function actionLines(action: Action): readonly string[] {
  switch (action.do) {
    case 'set':
      return [`const ${action.value.variable} = ${valueWords(action.value)};`];
    case 'send': {
      const { call, background } = action;
      return [
        `const call${call.seq} = ${callWords(call, background)};`,
        ...(background ? sentLines(call) : [`await call${call.seq}.whole;`, ...cameLines(call)]),
      ];
    }
    case 'wait':
      return [waitWords(action.call), ...cameLines(action.call)];
    case 'close':
      return [`call${action.seq}.close();`];
    case 'sleep':
      return [`await sleep(${action.ms});`];
    case 'tell':
      return action.values.map(
        ({ token, variable }) =>
          `console.log('issued: ' + ${variable} + '  ' + ${JSON.stringify(visible(token))});`,
      );
    case 'operate':
      return [
        `execSync(given('${action.what.toUpperCase()}', 'a command that does this to the process of the server'), { stdio: 'inherit' });`,
      ];
  }
}

/** What comes next must not overtake bytes that are to hold it up. */
function sentLines({ seq, raw }: Call): readonly string[] {
  return raw === undefined ? [] : [`await call${seq}.sent;`, 'await sleep(50);'];
}

function valueWords({ origin }: Value): string {
  switch (origin.from) {
    case 'header':
      return `field(call${origin.seq}, ${JSON.stringify(origin.header)})`;
    case 'event':
      return `await eventId(call${origin.seq}, ${origin.event})`;
    case 'answer':
      return `answer(call${origin.seq}, ${JSON.stringify([origin.path.root, ...origin.path.keys])})`;
    case 'literal':
      return JSON.stringify(origin.text);
    case 'changed':
      return `alter(${JSON.stringify(origin.change)}, ${origin.of})`;
  }
}

function callWords(call: Call, background: boolean): string {
  const { method, headers, body, query, raw, node, until, maxMs } = call;
  if (raw !== undefined) return `wire(${words(raw)}, ${heldMs(call, background)})`;
  const fields = headers.map(([name, text]) => `[${JSON.stringify(name)}, ${words(text)}]`);
  const parts = [
    `method: ${JSON.stringify(method)}`,
    `headers: [${fields.join(', ')}]`,
    ...(body === undefined ? [] : [`body: ${words(body)}`]),
    ...(query === undefined ? [] : [`query: ${words(query)}`]),
    ...(node === 0 ? [] : [`node: ${node}`]),
    `maxMs: ${background && (until === 'head' || until === 'event') ? streamMs : maxMs}`,
    ...(until === 'hang-up' ? ['hangUp: true'] : []),
  ];
  return `send({\n  ${parts.join(',\n  ')},\n})`;
}

/** A stream is ended by the script, and not by its time. */
const streamMs = 600_000;

function waitWords({ seq, until, raw }: Call): string {
  if (raw !== undefined && until === 'hang-up') return `call${seq}.close();`;
  if (until === 'head') return `await soon(call${seq}, ({ status }) => status !== 'none');`;
  if (until === 'event') return `await soon(call${seq}, ({ text }) => text.includes('data:'));`;
  return `await call${seq}.whole;`;
}

function cameLines({ seq, actor, says, status, acceptable }: Call): readonly string[] {
  return [
    status === undefined
      ? `console.log('#${seq}    hung up');`
      : `came(${seq}, call${seq}, ${JSON.stringify(visible(`${actor}: ${says}`))}, '${status}');`,
    ...(acceptable === undefined ? [] : [`judged(call${seq}, ${JSON.stringify(visible(acceptable))});`]),
  ];
}

/** An expression; a text without a variable is a literal. */
function words(text: Text): string {
  const parts = text.map((part) => (typeof part === 'string' ? JSON.stringify(part) : part.variable));
  return parts.length === 0 ? "''" : parts.join(' + ');
}
