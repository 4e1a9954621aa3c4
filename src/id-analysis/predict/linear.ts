import { callsPerBlock } from './generator.js';
import { LinearSystem } from './gf2.js';
import type { Observed } from './observe.js';
import type { Prediction } from './prediction.js';
import { cutThatReproduces, idAtStep, placesOf, stepOfId } from './schedule.js';
import type { Place, Schedule } from './schedule.js';
import { stateFrom, symbolicGenerator } from './symbolic.js';
import type { SymbolicState } from './symbolic.js';
import type { State } from './xorshift.js';

/** Calls of Math.random for something else between two ids, at most. */
const otherCallsMax = 10;

const generators = ['v8-52', 'v8-53'] as const;

/**
 * Guesses for V8 up to 13.6, where a number is the top of s0, so every bit of an id is one linear equation in the 128
 * bits of the state. Where the ids lie in their block is not known, so every place is tried; a wrong one contradicts
 * itself once there are more equations than unknowns.
 */
export function linearGuesses(observed: readonly Observed[]): readonly Prediction[] {
  const after = symbolicGenerator();
  for (let callsPerId = 1; callsPerId <= otherCallsMax + 1; callsPerId += 1) {
    const guesses: Prediction[] = [];
    for (let firstCall = 0; firstCall < callsPerBlock; firstCall += 1) {
      const schedule = { firstCall, callsPerId };
      const places = placesOf(observed, schedule);
      const start = solve(places, after);
      if (start) guesses.push(...guessesFrom(start, places, schedule));
    }
    if (guesses.length > 0) return guesses;
  }
  return [];
}

function solve(places: readonly Place[], after: (step: number) => SymbolicState): State | undefined {
  const system = new LinearSystem();
  for (const { step, bits } of places) {
    for (const [index, row] of after(step).s0.entries()) {
      const sum = bits[index];
      if (sum === undefined) break;
      if (!system.add({ row, sum })) return undefined;
    }
  }
  const solution = system.solution();
  return solution && stateFrom(solution);
}

/** Four ids fit both widths once in sixteen times, so both are kept. */
function guessesFrom(start: State, places: readonly Place[], schedule: Schedule): readonly Prediction[] {
  const nextStep = stepOfId(places.length, schedule);
  return generators.flatMap((generator) => {
    const lengthMax = cutThatReproduces(start, places, generator);
    if (lengthMax === undefined) return [];
    return [{ next: idAtStep(start, nextStep, generator, lengthMax), generator, alignments: 1 }];
  });
}
