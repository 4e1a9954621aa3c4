import { idOf, stepOfCall } from './generator.js';
import type { Generator } from './generator.js';
import { longestOf } from './observe.js';
import type { Observed } from './observe.js';
import { advance } from './xorshift.js';
import type { State } from './xorshift.js';

/** At which calls of Math.random the ids were made; call 0 is the first of the block that holds the first id. */
export interface Schedule {
  readonly firstCall: number;
  readonly callsPerId: number;
}

/** An id with the step of the generator that made it. */
export interface Place extends Observed {
  readonly step: number;
}

/** Where the generator must have made each id, in the order it made them, which is not the order of issue. */
export function placesOf(observed: readonly Observed[], schedule: Schedule): readonly Place[] {
  return observed
    .map(({ id, bits }, index) => ({ id, bits, step: stepOfId(index, schedule) }))
    .sort((one, other) => one.step - other.step);
}

/** The step that makes the id with this index. */
export function stepOfId(index: number, { firstCall, callsPerId }: Schedule): number {
  return stepOfCall(firstCall + index * callsPerId);
}

/** The id made by a step, given the state before step 0. Step -1 is the one that led to that state. */
export function idAtStep(start: State, step: number, generator: Generator, lengthMax: number): string {
  return idOf(advance(start, step + 1), generator, lengthMax);
}

/**
 * The length to which the generator's ids must be cut to be exactly these: Infinity when they are whole, undefined when
 * the generator does not give them at all from this state before step 0.
 */
export function cutThatReproduces(
  start: State,
  places: readonly Place[],
  generator: Generator,
): number | undefined {
  const longest = longestOf(places.map(({ id }) => id));
  return [Infinity, longest].find((lengthMax) => reproduces(start, places, generator, lengthMax));
}

function reproduces(
  start: State,
  places: readonly Place[],
  generator: Generator,
  lengthMax: number,
): boolean {
  let state = start;
  let stepsDone = 0;
  return places.every(({ id, step }) => {
    state = advance(state, step + 1 - stepsDone);
    stepsDone = step + 1;
    return idOf(state, generator, lengthMax) === id;
  });
}
