import { linearGuesses } from './linear.js';
import { observe } from './observe.js';
import { ranked } from './prediction.js';
import type { Prediction } from './prediction.js';
import { sumGuesses } from './sum.js';
import type { Search } from './sum.js';

export type { Prediction } from './prediction.js';

// More ids make the answer no better, and each costs time. The latest say most about the next.
const idsMax = 32;

/**
 * Candidates for the id issued directly after `ids` (in order of issue), most likely first; [] when the ids are not from
 * Math.random or too few. Pure and deterministic; takes less than 0.2 s.
 */
export function predictLinear(ids: readonly string[]): readonly Prediction[] {
  return looksLikeMathRandom(ids) ? ranked(linearGuesses(observe(ids.slice(-idsMax)))) : [];
}

/** The same for V8 from 14.6 (Node 26), where it is a random search that gives up after `budgetMs`. */
export function predictSum(ids: readonly string[], search: Search): readonly Prediction[] {
  return looksLikeMathRandom(ids) ? ranked(sumGuesses(observe(ids.slice(-idsMax)), search)) : [];
}

/** True when `Math.random().toString(36).substring(2)`, whole or cut, may have made the ids, so that trying is worth it. */
export function looksLikeMathRandom(ids: readonly string[]): boolean {
  // Without a letter beyond f among all of them the digits are decimal or hexadecimal.
  return ids.every((id) => /^[0-9a-z]{6,13}$/.test(id)) && ids.some((id) => /[g-z]/.test(id));
}
