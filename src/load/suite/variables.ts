import type { DocPath } from '../yaml/problem.js';

/** Filled in while a check runs: iteration, fresh word, the actor's own id, and what a raw request needs of the target's address. */
export const runtimeVariables: readonly string[] = ['i', 'nonce', 'own', 'host', 'path'];

const variable = /\$\{([^${}]*)\}/g;

export interface Mention {
  readonly name: string;
  readonly at: DocPath;
}

/** Every `${name}` in the strings of a value, but not in its keys. */
export function mentionsIn(value: unknown, at: DocPath = []): readonly Mention[] {
  if (typeof value === 'string') return [...value.matchAll(variable)].map(([, name = '']) => ({ name, at }));
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => mentionsIn(item, [...at, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) => mentionsIn(item, [...at, key]));
}

export type Arguments = Readonly<Record<string, unknown>>;

/** What is left of the text that the uses of a file may expand to. */
export interface Budget {
  left: number;
}

export const expandedMax = 1 << 20;

/** What a step costs beside its text, because it is examined too. */
export const stepCost = 256;

/** The value with its arguments filled in. Once the budget is spent the rest is left out, and `left` is negative. */
export function substituted(value: unknown, args: Arguments, budget: Budget): unknown {
  budget.left -= 1;
  if (budget.left < 0) return null;
  if (typeof value === 'string') return filled(value, args, budget);
  if (Array.isArray(value)) return value.map((item: unknown) => substituted(item, args, budget));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, item]: [string, unknown]) => [key, substituted(item, args, budget)] as const,
  );
  return Object.fromEntries(entries);
}

function filled(text: string, args: Arguments, budget: Budget): unknown {
  const whole = /^\$\{([^${}]*)\}$/.exec(text)?.[1];
  // Copied, not shared, so that arguments within arguments spend the budget too.
  if (whole !== undefined && Object.hasOwn(args, whole)) return substituted(args[whole], {}, budget);
  budget.left -= text.length;
  return text.replaceAll(variable, (mention, name: string) => {
    const inserted = Object.hasOwn(args, name) && budget.left > 0 ? textOf(args[name]) : mention;
    budget.left -= inserted.length;
    return inserted;
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
