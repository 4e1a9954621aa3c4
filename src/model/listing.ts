import type { Json } from './request.js';
import { headerValues, type Sent } from './framing.js';
import { isList, isObject, parseJson, type JsonObject } from './json.js';
import { answerOf } from './message.js';
import type { Exchange } from './transcript.js';

/** What a list must not depend on, in the words of a report. */
export const dependences = {
  connection: 'what is listed depends on the connection',
  before: 'what is listed depends on what the same client asked before',
  'session-id': 'what is listed depends on the session id that the request brings',
  'client-name': 'what is listed depends on the name of the client',
} as const;
export type Dependence = keyof typeof dependences;

/** One answer that lists something, and by what it may have been decided. */
export interface Listing {
  readonly exchange: Exchange;
  /** What may be compared: the same list, asked for by the same principal. */
  readonly of: string;
  /** What is listed, in the order in which it was. */
  readonly content: string;
  /** The same in an order of our own. */
  readonly sorted: string;
  readonly by: Readonly<Record<Dependence, string>>;
}

const lists: ReadonlyMap<string, string> = new Map([
  ['tools/list', 'tools'],
  ['resources/list', 'resources'],
  ['prompts/list', 'prompts'],
  ['resources/templates/list', 'resourceTemplates'],
]);

/** The answers that list something, of exchanges in the order in which they were sent. `clientOf` says which connection each had. */
export function listingsIn<T>(
  all: readonly T[],
  exchangeOf: (one: T) => Exchange,
  clientOf: (one: T) => string,
): readonly (Listing & { readonly at: T })[] {
  const before = new Map<string, string>();
  return all.flatMap((at) => {
    const exchange = exchangeOf(at);
    const client = clientOf(at);
    const { method = exchange.asked.kind } = exchange.asked;
    const last = before.get(client) ?? '';
    before.set(client, method);
    const items = itemsOf(exchange);
    if (items === undefined) return [];
    const params = paramsOf(exchange.sent);
    const by = {
      connection: client,
      before: last,
      'session-id': exchange.asked.session.join(' '),
      'client-name': nameIn(params),
    };
    const texts = items.map((item) => JSON.stringify(item));
    const of = [method, JSON.stringify(params['cursor'] ?? ''), ...principalOf(exchange.sent)].join(' ');
    const [content, sorted] = [texts.join(), texts.toSorted().join()];
    return [{ at, exchange, of, content, sorted, by }];
  });
}

/** A list that changes may change by the clock. So often must it have come back to what it was for the same cause to say that this decides. */
const returnsMin = 3;

/**
 * What decides what is listed: where it is the same, what is listed is the same each time, although something else was listed in between.
 * `time` where it changes by nothing of these; undefined where it does not change.
 */
export function dependenceOf(
  listings: readonly Listing[],
  among: readonly Dependence[],
): Dependence | 'time' | undefined {
  const [first] = listings;
  if (first === undefined || listings.every(({ sorted }) => sorted === first.sorted)) return undefined;
  return among.find((dependence) => isDecidedBy(listings, dependence)) ?? 'time';
}

function isDecidedBy(listings: readonly Listing[], dependence: Dependence): boolean {
  const known = new Map<string, { readonly sorted: string; changes: number }>();
  let changes = 0;
  let returns = 0;
  let last: string | undefined;
  for (const { sorted, by } of listings) {
    if (last !== undefined && last !== sorted) changes += 1;
    last = sorted;
    const earlier = known.get(by[dependence]);
    if (earlier === undefined) {
      known.set(by[dependence], { sorted, changes });
      continue;
    }
    if (earlier.sorted !== sorted) return false;
    if (changes > earlier.changes) returns += 1;
    earlier.changes = changes;
  }
  return returns >= returnsMin;
}

function itemsOf(exchange: Exchange): readonly Json[] | undefined {
  const key = lists.get(exchange.asked.method ?? '');
  const result = key === undefined ? undefined : answerOf(exchange)?.result;
  const items = key !== undefined && isObject(result) ? result[key] : undefined;
  return isList(items) ? items : undefined;
}

/** The parameters of a request as it was sent. */
export function paramsOf(sent: Sent): JsonObject {
  const text = (sent.carrier === 'http' ? sent.body : sent.line) ?? '';
  const message = parseJson(text);
  const params = isObject(message) ? message['params'] : undefined;
  return isObject(params) ? params : {};
}

/** `_meta` of a request as it was sent. */
export function metaSent(sent: Sent): JsonObject {
  const meta = paramsOf(sent)['_meta'];
  return isObject(meta) ? meta : {};
}

function nameIn(params: JsonObject): string {
  const meta = params['_meta'];
  const info = isObject(meta) ? meta['io.modelcontextprotocol/clientInfo'] : undefined;
  const name = isObject(info) ? info['name'] : undefined;
  return typeof name === 'string' ? name : '';
}

function principalOf(sent: Sent): readonly string[] {
  return sent.carrier === 'http' ? headerValues(sent.headers, 'authorization') : [];
}
