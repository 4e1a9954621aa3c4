/** Functions that every script for Node.js has. */
export const preamble = String.raw`
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
    const timer = setTimeout(() => { call.late = true; sent.destroy(); }, hangUp ? Math.max(maxMs, 50) : maxMs);
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
    const timer = setTimeout(() => { call.late = true; socket.destroy(); }, maxMs);
    socket.setEncoding('latin1').on('data', (more) => {
      call.text += more;
      call.status = /^HTTP\S* (\d+)/.exec(call.text)?.[1] ?? 'none';
    }).on('error', () => undefined).on('close', () => { clearTimeout(timer); resolve(); });
  });
  call.close = () => socket.destroy();
  call.sent = new Promise((resolve) => {
    socket.on('close', resolve);
    socket.write(text, 'latin1', resolve);
  });
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

/** For scripts of a finding: what an answer is, and what was found. */
export const judging = String.raw`
function hasStatus({ status }, ...codes) {
  return codes.some((code) => status === code || (code.endsWith('xx') && status[0] === code[0] && status !== 'none'));
}

/** Bytes that were sent as they are bring the head along. */
function bodyOf({ text, headers }) {
  return headers.length === 0 && text.startsWith('HTTP/') ? text.slice(text.indexOf('\r\n\r\n') + 4) : text;
}

/** What answers a request: result, tool-error, error or none. */
function isKind(call, id, ...kinds) {
  return kinds.includes(kindOf(answerIn(call, id)));
}

function kindOf(answer) {
  if (answer === undefined) return 'none';
  if (answer.result === undefined) return 'error';
  return answer.result?.isError === true ? 'tool-error' : 'result';
}

function answerIn(call, id) {
  const text = bodyOf(call);
  const texts = /^\s*[[{]/.test(text) ? [text] : [...text.matchAll(/^data: ?(.*)$/gm)].map(([, data]) => data);
  const isOne = (one) => (one?.result !== undefined || one?.error !== undefined) && (id === '' || JSON.stringify(one.id) === id || (one.error !== undefined && one.id == null));
  for (const one of texts) {
    try {
      const found = [JSON.parse(one)].flat().find(isOne);
      if (found !== undefined) return found;
    } catch { /* no JSON answers nothing */ }
  }
  return undefined;
}

function hasCode(call, ...codes) {
  return codes.includes(String(answerIn(call, '')?.error?.code));
}

function isField(call, name, ...values) {
  return values.includes(field(call, name));
}

function isVisible(call, name) {
  return /^[!-~]+$/.test(field(call, name));
}

function isStream({ headers }) {
  return headers.some(([name, value]) => name === 'content-type' && /^text\/event-stream/i.test(value));
}

function isEmpty(call) {
  return bodyOf(call) === '';
}

function says(call, ...texts) {
  const inJson = (text) => JSON.stringify(text).slice(1, -1);
  return texts.some((text) => call.text.includes(text) || call.text.includes(inJson(text)));
}

/** The classes of answers that profiles know. */
function isClass(call, kind, id, nonce, sent, ...classes) {
  return classes.includes(classOf(call, kind, id, nonce, sent));
}

function classOf(call, kind, id, nonce, sent) {
  const { status, late } = call;
  if (status === 'none') return late ? 'no-answer' : 'dropped';
  if (['400', '401', '403', '404', '405', '409'].includes(status)) return status;
  if (/^[45]/.test(status)) return status[0] + 'xx';
  if (!status.startsWith('2')) return 'other';
  const what = kindOf(answerIn(call, kind === 'request' || kind === 'initialize' ? id : ''));
  const accepted = status === '202' || status === '204';
  if (kind === 'get' && isStream(call)) return 'served';
  if (what === 'error') return nonce !== '' && says(call, nonce) && kind !== 'get' ? 'served' : 'error';
  if (kind === 'get') return accepted ? 'accepted' : 'other';
  if (kind === 'delete' || kind === 'notification') return accepted ? 'accepted' : 'served';
  if (what === 'none') return accepted ? 'accepted' : late ? 'no-answer' : 'other';
  if (kind === 'request') return 'served';
  const named = field(call, 'mcp-session-id');
  return named === '' ? 'no-session' : named === sent ? 'adopted' : 'new-session';
}

const seen = { unmet: [], faulty: [], open: [] };
const saw = (seq, acceptable) => '#' + seq + ' got ' + calls[seq].status + (calls[seq].status === 'none' ? '' : ' with ' + kindOf(answerIn(calls[seq], ''))) + '; acceptable: ' + acceptable;
const met = () => undefined;
const accepted = () => undefined;
const unmet = (seq, acceptable) => seen.unmet.push(saw(seq, acceptable));
const faulty = (seq, acceptable) => seen.faulty.push(saw(seq, acceptable));
const open = (seq, acceptable) => seen.open.push(saw(seq, acceptable));
function look(seq, words) {
  seen.open.push((seq < 0 ? '' : '#' + seq + ': ') + words);
  if (calls[seq]?.text) console.log('#' + seq + ' in the end: ' + calls[seq].text.slice(0, 1000).replace(/[\x00-\x1f\x7f-\x9f]+/g, ' '));
}

function conclude() {
  const end = (words, lines, exit) => {
    console.log(words);
    for (const line of lines) console.log('  ' + line);
    process.exit(exit);
  };
  if (seen.unmet.length > 0) end('undecided: what has to succeed before did not', seen.unmet, 2);
  if (seen.faulty.length > 0) end('reproduced', seen.faulty, 1);
  if (seen.open.length > 0) end('undecided: a script cannot tell; look at', seen.open, 2);
  end('no longer reproduced', [], 0);
}`.split('\n');
