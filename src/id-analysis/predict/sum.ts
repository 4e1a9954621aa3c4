import { runsOf } from './carry.js';
import type { Run } from './carry.js';
import { callsPerBlock } from './generator.js';
import { LinearSystem } from './gf2.js';
import type { Observed } from './observe.js';
import type { Prediction } from './prediction.js';
import { cutThatReproduces, idAtStep, placesOf, stepOfId } from './schedule.js';
import type { Place } from './schedule.js';
import { stateFrom, symbolicGenerator } from './symbolic.js';
import type { State } from './xorshift.js';

const generator = 'v8-sum-53';

/** A bounded search: its end and its choices come from the caller, so a seed replays it. */
export interface Search {
  readonly budgetMs: number;
  readonly random: () => number;
  readonly nowMs: () => number;
}

/** That the ids are the numbers of consecutive calls, the first of them this one of its block. */
interface Hypothesis {
  readonly firstCall: number;
  /** How often it is tried, compared with the others. */
  readonly share: number;
  readonly places: readonly Place[];
  /** The longest first. */
  readonly runs: readonly Run[];
}

/**
 * Guesses for V8 from 14.6, where a number is the top of s0 + s1. The carries give equations that are wrong at times, so
 * this solves one random choice of the surer ones after the other until a state reproduces every id (information-set
 * decoding). It takes all ids for consecutive calls.
 */
export function sumGuesses(observed: readonly Observed[], search: Search): readonly Prediction[] {
  const endMs = search.nowMs() + search.budgetMs;
  const hypotheses = hypothesesFor(observed);
  for (let tries = triesFirst; ; tries *= 2) {
    for (const hypothesis of hypotheses) {
      for (let done = 0; done < tries * hypothesis.share; done += 1) {
        if (search.nowMs() >= endMs) return [];
        const start = attempt(hypothesis, search.random);
        const guesses = start ? guessesFrom(start, hypothesis) : [];
        if (guesses.length > 0) return guesses;
      }
    }
  }
}

// Small, so that the hypotheses take turns before much of the budget is gone; it doubles with each round.
const triesFirst = 16;

// With 24 ids a block that does not end among them is 41 times as likely as one that ends at a given id. Tries shared out by
// the square root of that waste the fewest.
const unbrokenShare = 6;

/**
 * Where a block may end: right after the last id, or after any before it. Should it end later, that is the first case
 * with another state.
 */
function hypothesesFor(observed: readonly Observed[]): readonly Hypothesis[] {
  const after = symbolicGenerator();
  return observed.map((_, index) => {
    const firstCall = callsPerBlock - (observed.length - index);
    const places = placesOf(observed, { firstCall, callsPerId: 1 });
    const runs = places
      .flatMap(({ bits, step }) => runsOf(bits, after(step)))
      .sort((one, other) => other.length - one.length);
    return { firstCall, share: index === 0 ? unbrokenShare : 1, places, runs };
  });
}

/** Solves a random choice of the equations, the surest first and those of long runs before others; no matter if some are wrong. */
function attempt({ places, runs }: Hypothesis, random: () => number): State | undefined {
  const skippedShare = places.length < manyIds ? 0.35 : 0.5;
  const system = new LinearSystem();
  for (let depth = trustedDepth; depth >= 1; depth -= 1) {
    for (const { length, equations } of runs) {
      if (length < depth || system.isDetermined) break;
      if (random() < skippedShare) continue;
      for (const equation of equations) {
        if (Math.min(equation.depth, trustedDepth) === depth) system.add(equation);
      }
    }
  }
  const solution = system.solution();
  return solution && stateFrom(solution);
}

// With 24 ids, 40 sequences and 15 000 attempts each, depth 3 found 37 with 0.35 of the runs skipped and 39 with 0.5. With fewer
// ids there are fewer runs to do without; 0.35 found 18 of 20 with 16 ids in 3 s, and 0.2 found 15.
const trustedDepth = 3;
const manyIds = 20;

function guessesFrom(start: State, { firstCall, places }: Hypothesis): readonly Prediction[] {
  const lengthMax = cutThatReproduces(start, places, generator);
  if (lengthMax === undefined) return [];
  const guess = (step: number, alignments: number): Prediction => ({
    next: idAtStep(start, step, generator, lengthMax),
    generator,
    alignments,
  });
  const inNewBlock = guess(stepOfId(places.length, { firstCall, callsPerId: 1 }), 1);
  const roomBefore = callsPerBlock - places.length;
  return firstCall === roomBefore ? [guess(-1, roomBefore), inNewBlock] : [inNewBlock];
}
