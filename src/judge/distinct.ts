import type { Json } from '../model/request.js';
import { isList, isObject } from '../model/json.js';

/** Whether no two items are equal, in a time that grows with the length of the list and however deep it is nested. */
export function isDistinct(list: readonly Json[]): boolean {
  const numbers = new Map<string, number>();
  const items = list.map((item) => numberOf(item, numbers));
  return new Set(items).size === items.length;
}

interface Open {
  readonly value: Json;
  /** The parts that are looked at first, then one number for each. */
  readonly parts: readonly Json[];
  readonly done: number[];
}

/** Equal values have equal numbers: a value is written with the numbers of its parts, and what is written for the first time is counted. */
function numberOf(root: Json, numbers: Map<string, number>): number {
  // A stack of its own, because a target can nest deeper than calls may.
  const stack: Open[] = [opened(root)];
  for (;;) {
    const top = stack.at(-1);
    if (top === undefined) throw new Error('the stack holds the root until it is counted');
    const next = top.parts[top.done.length];
    if (next !== undefined) {
      stack.push(opened(next));
      continue;
    }
    const text = spelled(top);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    stack.pop();
    const parent = stack.at(-1);
    if (parent === undefined) return number;
    parent.done.push(number);
  }
}

function opened(value: Json): Open {
  if (isList(value)) return { value, parts: value, done: [] };
  return {
    value,
    parts: isObject(value) ? sortedKeys(value).map((name) => value[name] ?? null) : [],
    done: [],
  };
}

function spelled({ value, done }: Open): string {
  if (isList(value)) return `[${done.join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${sortedKeys(value)
    .map((name, index) => `${JSON.stringify(name)}:${done[index]}`)
    .join()}}`;
}

function sortedKeys(value: object): readonly string[] {
  return Object.keys(value).toSorted();
}
