import type { Generator } from './generator.js';

/** One guess for the id issued next. */
export interface Prediction {
  readonly next: string;
  readonly generator: Generator;
  /** How many places in a block lead to this guess, of those that explain the ids. */
  readonly alignments: number;
}

/** Adds up guesses for the same id, the most likely first. */
export function ranked(guesses: readonly Prediction[]): readonly Prediction[] {
  const byId = new Map<string, Prediction>();
  for (const guess of guesses) {
    const same = byId.get(guess.next);
    byId.set(guess.next, same ? { ...same, alignments: same.alignments + guess.alignments } : guess);
  }
  return [...byId.values()].sort((one, other) => other.alignments - one.alignments);
}
