import type { Json } from '../../model/request.js';
import { filled, onlyName, textOf } from '../../model/template.js';

/** Filled in while a check runs: iteration, fresh word, the actor's own id, and what a raw request needs of the target's address. */
export const runtimeNames: readonly string[] = ['i', 'nonce', 'fresh', 'own', 'host', 'path'];

export type Arguments = Readonly<Record<string, Json>>;

/** What is left of the text that the uses of a file may expand to. */
export interface ExpansionBudget {
  left: number;
}

export const expandedMax = 1 << 20;
/** What a step costs beside its text, because it is examined too. */
export const stepCost = 256;

/** The value with its arguments filled in. Once the budget is spent the rest is left out, and `left` is negative. */
export function substituted(value: unknown, args: Arguments, budget: ExpansionBudget): unknown {
  budget.left -= 1;
  if (budget.left < 0) return null;
  if (typeof value === 'string') return inserted(value, args, budget);
  if (Array.isArray(value)) return value.map((item: unknown) => substituted(item, args, budget));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, item]: [string, unknown]) => [key, substituted(item, args, budget)] as const,
  );
  return Object.fromEntries(entries);
}

function inserted(text: string, args: Arguments, budget: ExpansionBudget): unknown {
  const only = onlyName(text);
  const whole = only !== undefined && Object.hasOwn(args, only) ? args[only] : undefined;
  // Copied, not shared, so that arguments within arguments spend the budget too.
  if (whole !== undefined) return substituted(whole, {}, budget);
  budget.left -= text.length;
  return filled(text, (name) => {
    const value = Object.hasOwn(args, name) && budget.left > 0 ? args[name] : undefined;
    if (value === undefined) return undefined;
    const said = textOf(value);
    budget.left -= said.length;
    return said;
  });
}
