import { visible } from '../visible.js';
import { headWords, type Origin } from './head.js';
import type { Call } from './call.js';
import type { Action, Script } from './script.js';
import type { Text } from './text.js';
import type { Value } from './values.js';

/** A script without dependencies that asks a server the same again, and says whether it answers as it did. */
export function renderNode({ actions, environment, nodes, remarks }: Script, origin: Origin): string {
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
    '',
    ...actions.flatMap(actionLines),
    '',
    "console.log(differs === 0 ? 'Every answer has the status that the run got.' : `${differs} answers have another status than the run got.`);",
    'process.exit(differs === 0 ? 0 : 1);',
    '',
  ].join('\n');
}

const preamble = String.raw`
let differs = 0;

function given(name, what) {
  if (process.env[name]) return process.env[name];
  console.error(name + ': set it to ' + what);
  process.exit(2);
}

/** One request. What came stands in it, as far as it came. */
function send({ method, headers, body, query, node = 0, maxMs, hangUp = false }) {
  // Node.js sends no control characters.
  if (headers.some(([, value]) => /[^\t\x20-\x7e\x80-\xff]/.test(value))) return exact(method, headers, body, maxMs);
  const call = { status: 'none', headers: [], text: '', waiting: [] };
  const told = () => call.waiting.forEach((one) => one());
  const to = new URL(urls[node]);
  if (query !== undefined) to.search = query;
  const length = body === undefined ? [] : ['Content-Length', String(Buffer.byteLength(body))];
  const sent = (to.protocol === 'https:' ? https : http)(to, { method, agent: false, setHost: false, headers: ['Host', to.host, ...headers.flat(), ...length] });
  call.whole = new Promise((resolve) => {
    const ended = () => { clearTimeout(timer); told(); resolve(); };
    const timer = setTimeout(() => sent.destroy(), hangUp ? Math.max(maxMs, 50) : maxMs);
    sent.on('response', (response) => {
      call.status = String(response.statusCode);
      for (let i = 0; i < response.rawHeaders.length; i += 2) call.headers.push([response.rawHeaders[i].toLowerCase(), response.rawHeaders[i + 1]]);
      response.setEncoding('utf8').on('data', (more) => { call.text += more; told(); }).on('close', ended).on('error', ended);
      told();
    });
    sent.on('error', ended).on('close', ended);
  });
  call.close = () => sent.destroy();
  sent.end(body);
  return call;
}

function exact(method, headers, body = '', maxMs) {
  const bytes = Buffer.from(body);
  const fields = [['Host', HOST], ...headers, ['Content-Length', bytes.length], ['Connection', 'close']];
  const head = method + ' ' + TARGET + ' HTTP/1.1\r\n' + fields.map(([name, value]) => name + ': ' + value + '\r\n').join('') + '\r\n';
  return wire(Buffer.from(head).toString('latin1') + bytes.toString('latin1'), maxMs);
}

/** Bytes as they are. */
function wire(text, maxMs) {
  const call = { status: 'none', headers: [], text: '', waiting: [] };
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const socket = url.protocol === 'https:' ? secure(port, url.hostname, { servername: url.hostname }) : connect(port, url.hostname);
  call.whole = new Promise((resolve) => {
    const timer = setTimeout(() => socket.destroy(), maxMs);
    socket.setEncoding('latin1').on('data', (more) => {
      call.text += more;
      call.status = /^HTTP\S* (\d+)/.exec(call.text)?.[1] ?? 'none';
    }).on('error', () => undefined).on('close', () => { clearTimeout(timer); resolve(); });
  });
  call.close = () => socket.destroy();
  socket.write(text, 'latin1');
  return call;
}

/** Waits until something came, for five seconds at most. */
async function soon(call, test) {
  const until = Date.now() + 5000;
  while (!test(call) && Date.now() < until) await Promise.race([sleep(50), new Promise((resolve) => call.waiting.push(resolve))]);
}

function field({ headers }, name) {
  return headers.find(([key]) => key === name)?.[1] ?? '';
}

async function eventId(call, n) {
  const ids = () => [...call.text.matchAll(/^id: ?(.*)$/gm)].map(([, id]) => id.trim());
  await soon(call, () => ids().length > n);
  return ids()[n] ?? '';
}

/** A value in the body of an answer. */
function answer({ text }, path) {
  const texts = text.startsWith('{') ? [text] : [...text.matchAll(/^data: ?(.*)$/gm)].map(([, data]) => data);
  for (const one of texts) {
    let value;
    try { value = JSON.parse(one); } catch { continue; }
    for (const key of path) value = value?.[key];
    if (value !== undefined) return String(value);
  }
  return '';
}

/** An id that looks like an issued one and is none. */
function alter(how, id) {
  const half = id.length >> 1;
  const [start, end] = [id.slice(0, half), id.slice(half)];
  const flipped = () => [...id].map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join('');
  if (how === 'truncated') return id.slice(0, -1);
  if (how === 'first-half') return start;
  if (how === 'first-eight') return id.slice(0, 8);
  if (how === 'extended') return id + '0';
  if (how === 'prefixed') return '0' + id;
  if (how === 'unhyphenated') return id.replaceAll('-', '');
  if (how === 'spaced-inside') return start + ' ' + end;
  if (how === 'case-flipped' || how === 'case-swapped') return flipped();
  if (how === 'look-alike') for (const [from, to] of ['0O', '1l', '5S', '-_']) if (end.includes(from)) return start + end.replace(from, to);
  const next = (c, i) => (id.length === 36 && half + i === 19 ? c : ('1234567890bcdefa'['0123456789abcdef'.indexOf(c)] ?? c));
  return start + [...end].map(next).join('');
}

/** What came, and whether the run got the same. */
function came(seq, call, words, wanted) {
  console.log('#' + String(seq).padEnd(4), call.status.padEnd(5), words);
  if (call.status === wanted) return;
  differs += 1;
  console.log('            the run got ' + wanted);
}

/** What would have been accepted, and the beginning of what came. */
function judged(call, acceptable) {
  console.log('            acceptable: ' + acceptable);
  if (call.text) console.log('            came: ' + call.text.slice(0, 300).replace(/[\x00-\x1f\x7f-\x9f]/g, ' '));
}`.split('\n');

function actionLines(action: Action): readonly string[] {
  switch (action.do) {
    case 'set':
      return [`const ${action.value.variable} = ${valueWords(action.value)};`];
    case 'send': {
      const { call, background } = action;
      return [
        `const call${call.seq} = ${callWords(call, background)};`,
        ...(background ? [] : [`await call${call.seq}.whole;`, ...cameLines(call)]),
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
  if (raw !== undefined) return `wire(${words(raw)}, ${call.maxMs})`;
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

function waitWords({ seq, until }: Call): string {
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
