import type { Json } from '../model/request.js';
import type { ExchangeStep } from '../model/suite.js';
import { filled, mentionsIn, textOf, type ValueOf } from '../model/template.js';
import { type Actor, type CheckRun, nodeOf } from './check-run.js';
import { inQuery } from './spellings.js';
import { savedValue } from './saved.js';

/** A step needs a value that no answer had, so the check cannot go on. */
export class Missing extends Error {}

/** What the names in the texts of a step stand for, while it is made. */
export function valuesOf(
  step: ExchangeStep,
  actor: Actor,
  run: CheckRun,
  {
    iteration,
    node,
    nonce,
  }: { readonly iteration: number | undefined; readonly node: number; readonly nonce: string | undefined },
): ValueOf {
  const { address } = nodeOf(run, node);
  const known: ReadonlyMap<string, string | undefined> = new Map([
    ['i', String(iteration ?? 0)],
    ['own', actor.session ?? ''],
    ['host', address.kind === 'http' ? address.url.host : ''],
    ['path', address.kind === 'http' ? address.url.pathname : ''],
    ['nonce', nonce],
    ['fresh', run.fresh],
  ]);
  return (name) => {
    if (known.has(name)) return known.get(name);
    // What stands in the arguments of a described tool is no name of ours.
    if (!run.savedNames.has(name)) return undefined;
    const value = savedValue(name, run, iteration);
    if (value === undefined)
      throw new Missing(`\`${name}\` was in no answer, and step ${step.path} needs it`);
    return value;
  };
}

/** What the names in the expectations of a step stand for. Nothing at all stands in any text. */
export function expectedValues(
  { path, require, judge }: ExchangeStep,
  valueOf: ValueOf,
): Readonly<Record<string, string>> | undefined {
  const names = new Set(mentionsIn([require, judge]).map(({ name }) => name));
  if (names.size === 0) return undefined;
  return Object.fromEntries(
    [...names].map((name) => {
      const text = textOf(valueOf(name) ?? '');
      if (text === '') throw new Missing(`\`${name}\` has no value, and step ${path} needs it`);
      return [name, text];
    }),
  );
}

/** A text that goes where bytes decide: what came from the target must not end a line there. */
export function filledLine(text: string, valueOf: ValueOf): string {
  return filled(text, (name) => {
    const value = valueOf(name);
    if (value !== undefined && !/^[\t\x20-\x7e\x80-\xff]*$/.test(textOf(value)))
      throw new Missing(`the value of \`${name}\` has a character that no header field can carry`);
    return value;
  });
}

/** A value as a query string carries it. */
export function encoded(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : inQuery(textOf(value));
}
