import type { Json } from '../model/request.js';
import { isObject, parseJson } from '../model/json.js';
import { answerOf } from '../model/message.js';
import type { Expectation } from '../model/rule.js';
import type { Exchange } from '../model/transcript.js';
import { readPath, valueAt } from '../model/value-path.js';
import { readable } from './readable.js';

type Wanted = Required<Expectation>['equals'][string];

/** Whether a value of the answer is a text, or another plain value, or the one at another place. */
export function isEqualAt(place: string, wanted: Wanted, exchange: Exchange): boolean {
  const came = valueIn(place, exchange);
  if (came === undefined) return false;
  if (isPlace(wanted)) return canonical(came) === canonical(valueIn(wanted.at, exchange));
  if (typeof wanted !== 'string') return came === wanted;
  const text = readable(wanted, exchange);
  if (text === undefined || came === text) return text !== undefined;
  return typeof came !== 'string' && canonical(came) === canonical(parseJson(text));
}

/** The value at a place of the answer: what stands in header fields and events is looked at by other predicates. */
function valueIn(place: string, exchange: Exchange): Json | undefined {
  const path = readPath(place);
  if (path === undefined) return undefined;
  const { root, keys } = path;
  const answer = answerOf(exchange)?.value;
  return (root === 'result' || root === 'error') && isObject(answer)
    ? valueAt(answer[root], keys)
    : undefined;
}

function isPlace(wanted: Wanted): wanted is { readonly at: string } {
  return typeof wanted === 'object' && wanted !== null;
}

/** Objects are equal whatever the order of their keys. */
export function canonical(value: Json | undefined): string | undefined {
  return value === undefined
    ? undefined
    : JSON.stringify(value, (_, part: Json) =>
        isObject(part)
          ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
          : part,
      );
}
