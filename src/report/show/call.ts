import { describeCame, describeSent } from '../../model/describe-exchange.js';
import type { HttpRequest } from '../../model/framing.js';
import { isStream, statusOf } from '../../model/reply.js';
import type { Exchange } from '../../model/transcript.js';
import { variableOf, withVariables, type Text } from './text.js';
import type { Value } from './values.js';

/** A request as a script sends it. */
export interface Call {
  readonly seq: number;
  readonly actor: string;
  /** What is sent and what the run got, in words. */
  readonly says: string;
  readonly came: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, Text])[];
  readonly query?: Text;
  readonly body?: Text;
  readonly raw?: Text;
  /** Which of several nodes, from 0. */
  readonly node: number;
  /** What it waits for: the whole answer, its head, its first event, or nothing since the client hangs up. */
  readonly until: 'whole' | 'head' | 'event' | 'hang-up';
  readonly maxMs: number;
  /** The status that came, or `none`; absent where the client hung up. */
  readonly status?: string;
  /** What would have been accepted, where it was judged. */
  readonly acceptable?: string;
}

/** What is known of a run besides its exchanges. */
export interface CallContext {
  readonly url: string;
  /** Actors that have credentials of their own. */
  readonly principals: readonly string[];
  /** What would have been accepted, by sequence number. */
  readonly acceptable: ReadonlyMap<number, string>;
}

/** What had come when a request was sent. */
export function knownTo(
  { startedMs }: Exchange,
  exchanges: readonly Exchange[],
  values: readonly Value[],
): readonly Value[] {
  const settled = new Map(exchanges.map(({ seq, settledMs }) => [seq, settledMs]));
  return values.filter(
    ({ origin }) => !('seq' in origin) || (settled.get(origin.seq) ?? Infinity) <= startedMs,
  );
}

export function callOf(
  exchange: Exchange,
  values: readonly Value[],
  { acceptable, principals, url }: CallContext,
): Call {
  const { seq, actor, sent, reply, node = 0 } = exchange;
  if (sent.carrier !== 'http') throw new Error('only requests of HTTP make a script');
  const accepted = acceptable.get(seq);
  const status = statusOf(reply);
  return {
    seq,
    actor,
    node,
    says: describeSent(exchange),
    came: describeCame(exchange),
    method: sent.method,
    headers: sent.headers.map(([name, value]) => [name, headerText(name, value, actor, values, principals)]),
    ...partsOf(sent, values, url),
    until: untilOf(exchange),
    maxMs: maxMsOf(exchange),
    ...(reply.kind !== 'aborted' && { status: status === undefined ? 'none' : String(status) }),
    ...(accepted !== undefined && { acceptable: accepted }),
  };
}

/** As long as the run waited in vain; else long enough. Bytes get no answer after which the connection ends by itself. */
function maxMsOf({ reply, sent, settledMs, startedMs }: Exchange): number {
  const waitedMs =
    reply.kind === 'timeout' || reply.kind === 'aborted' ? Math.round(reply.afterMs) : undefined;
  // What waits beside it gives up first, as in the run.
  if (sent.carrier === 'http' && sent.raw !== undefined) return (waitedMs ?? 1_000) + 1_000;
  if (waitedMs !== undefined) return waitedMs;
  return Math.round(Math.max(10_000, 3 * (settledMs - startedMs)));
}

function partsOf(
  { query, body, raw }: HttpRequest,
  values: readonly Value[],
  url: string,
): Pick<Call, 'query' | 'body' | 'raw'> {
  const text = (words: string) => withVariables(words, values);
  return {
    ...(query !== undefined && { query: text(query) }),
    ...(body !== undefined && { body: text(body) }),
    ...(raw !== undefined && { raw: withVariables(placed(raw, url), [...values, ...places]) }),
  };
}

/** Bytes name host and path themselves, and a script may be pointed elsewhere. */
function placed(raw: string, url: string): string {
  const { host, pathname, search } = new URL(url);
  return raw.replace(` ${pathname}${search} `, ' «target» ').replaceAll(host, '«host»');
}

const places = [
  { token: '«target»', variable: 'TARGET' },
  { token: '«host»', variable: 'HOST' },
];

/** A credential that was masked is the reader's to give, in a variable of the field's name. */
function headerText(
  name: string,
  value: string,
  actor: string,
  values: readonly Value[],
  principals: readonly string[],
): Text {
  const owner = principals.includes(actor) ? `${actor} ` : '';
  const variable = variableOf(`${owner}${name}`).toUpperCase();
  return withVariables(value, [...values, { token: '«secret»', variable }]);
}

function untilOf({ reply, asked }: Exchange): Call['until'] {
  if (reply.kind === 'aborted') return 'hang-up';
  if (!isStream(reply) || reply.kind !== 'response' || reply.content.end === 'complete') return 'whole';
  return asked.kind === 'get' ? 'head' : 'event';
}
