import { headerValues, type Sent, type HttpRequest } from './framing.js';
import { answerOf, firstText, textsOf, toolErrorOf } from './message.js';
import { plural } from './plural.js';
import type { FailReason } from './reason.js';
import { replyHeader, statusOf, type Reply } from './reply.js';
import { revisions } from './revision.js';
import type { Exchange } from './transcript.js';

/** One line for what was sent: `POST ping, mcp-session-id: «session alice»`. */
export function describeSent({ sent, asked, node }: Exchange): string {
  const field = sent.carrier === 'http' ? 'mcp-session-id' : 'session id';
  const session =
    asked.session.length === 0
      ? 'no session id'
      : asked.session.map((id) => `${field}: ${clip(id)}`).join(', ');
  return (
    [...openingOf(sent, asked.method)].filter(Boolean).join(' ') +
    ['', session, ...(sent.carrier === 'http' ? remarkable(sent) : [])].join(', ') +
    (node === undefined || node === 0 ? '' : `, at node ${node + 1}`)
  );
}

function openingOf(sent: Sent, method: string | undefined): readonly string[] {
  if (sent.carrier === 'stdio') return [method ?? (sent.line === undefined ? 'listened' : 'a line')];
  if (sent.raw !== undefined) return ['raw bytes', method ?? ''];
  return [sent.method, method ?? (sent.method === 'POST' ? 'a body' : '')];
}

/** Fields that the harness sends only where they decide, or with these values where they do not. */
const usual: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['origin', []],
  ['last-event-id', []],
  ['accept', ['application/json, text/event-stream', 'text/event-stream']],
  ['content-type', ['application/json']],
  ['mcp-protocol-version', revisions],
]);

function remarkable({ headers }: HttpRequest): readonly string[] {
  return headers.flatMap(([name, value]) => {
    const key = name.toLowerCase();
    return usual.get(key)?.includes(value) === false ? [`${key}: ${clip(value)}`] : [];
  });
}

/** One line for what came: `404 with JSON-RPC error -32001 "Session not found"`. */
export function describeCame(exchange: Exchange): string {
  const { reply } = exchange;
  if (reply.kind !== 'response') return describeNothing(reply);
  const named = exchange.named.length > 0 ? `, mcp-session-id: ${exchange.named.map(clip).join(', ')}` : '';
  const pages = welcome(exchange);
  return [statusOf(reply), `${describeContent(exchange, reply)}${named}${pages}`].filter(Boolean).join(' ');
}

/** To a request from a page: whether pages may read the answer. */
function welcome({ sent, reply }: Exchange): string {
  if (sent.carrier !== 'http' || headerValues(sent.headers, 'origin').length === 0) return '';
  const [allowed] = replyHeader(reply, 'access-control-allow-origin');
  return allowed === undefined ? '' : `, access-control-allow-origin: ${clip(allowed)}`;
}

function describeNothing(reply: Exclude<Reply, { kind: 'response' }>): string {
  switch (reply.kind) {
    case 'timeout':
      return `nothing within ${Math.round(reply.afterMs)} ms`;
    case 'dropped':
      return `no answer: ${reply.says}`;
    case 'aborted':
      return 'the check hung up, as planned';
  }
}

/** Whether such words say that a proper answer did not come: none, half of one, or an error of the server. */
export function tellsOfNone(came: string): boolean {
  return /^(?:no answer: |nothing within |5\d\d\b)|then no answer in time|\((?:truncated|aborted)\)$/.test(
    came,
  );
}

function describeContent(exchange: Exchange, reply: Extract<Reply, { kind: 'response' }>): string {
  const answer = answerOf(exchange);
  if (answer?.error)
    return `with JSON-RPC error ${answer.error.code} ${JSON.stringify(clip(answer.error.message))}`;
  const failed = toolErrorOf(exchange);
  if (failed !== undefined)
    return `with an error of the tool ${JSON.stringify(clip(firstText(failed) ?? ''))}`;
  if (answer?.result !== undefined) return 'with a result';
  if (reply.content.kind === 'stream')
    return describeStream(exchange, reply.content.events.length, reply.content.end);
  if (reply.content.bytes === 0) return 'without a body';
  return `with ${JSON.stringify(clip(reply.content.text))}${reply.content.end === 'complete' ? '' : ` (${reply.content.end})`}`;
}

function describeStream({ asked, reply }: Exchange, events: number, end: string): string {
  const count = plural(events, 'event');
  if (asked.kind === 'get' || reply.kind !== 'response') return `with a stream (${count})`;
  return end === 'complete'
    ? `with a stream that ended without an answer (${count})`
    : `and then no answer in time (${count})`;
}

/** Reasons for which the content of an answer decides; for the others its status or its frame does. */
const byContent: ReadonlySet<FailReason> = new Set<FailReason>([
  'wrong-body',
  'crossed-reply',
  'shared-state',
  'lost-state',
  'leaked-id',
  'stray-message',
]);
const contentCharsMax = 200;

/** The content of an answer, where it is the reason for a failure: `: {"count":2}`. */
export function decisiveContent(reason: FailReason, exchange: Exchange): string {
  if (!byContent.has(reason)) return '';
  const answer = answerOf(exchange);
  // An error is shown as it is, with its code and its message.
  if (answer?.error !== undefined) return '';
  const result = answer?.result;
  const text = result === undefined ? textsOf(exchange.reply).join(' ') : JSON.stringify(result);
  if (text === '') return '';
  return `: ${text.length > contentCharsMax ? `${text.slice(0, contentCharsMax - 1)}…` : text}`;
}

function clip(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
