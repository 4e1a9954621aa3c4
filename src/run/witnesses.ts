import { askBehind, attend, type Attending } from '../execute/witness.js';
import type { ExecutorDeps } from '../execute/check-run.js';
import type { Transcript } from '../model/transcript.js';
import type { PlannedWitness } from '../model/plan.js';

/** All witnesses of a run. */
export interface Witnesses {
  /** Told when a check has ended. */
  readonly checkEnded: () => void;
  /** Resolves when none of them has a request under way; a check that runs alone waits for it. */
  readonly rest: () => Promise<void>;
  /** Ends them, once, and gives what they saw. */
  readonly end: () => Promise<readonly Transcript[]>;
  /** Behind all checks, when no session of the run is left: asks for one more, where some was refused for want of room. */
  readonly behind: () => Promise<readonly Transcript[]>;
}

/** Opens their sessions. */
export async function startWitnesses(
  witnesses: readonly PlannedWitness[],
  deps: ExecutorDeps,
): Promise<Witnesses> {
  // One after the other: which session is the oldest is then no matter of chance.
  const attending: { readonly every: number; readonly one: Attending }[] = [];
  for (const { witness, facts } of witnesses.filter((one) => !isBehind(one)))
    attending.push({ every: witness.every, one: await attend(witness, facts, deps) });
  let checks = 0;
  let ended: Promise<readonly Transcript[]> | undefined;
  return {
    checkEnded() {
      checks += 1;
      if (ended !== undefined) return;
      for (const { every, one } of attending) if (checks % every === 0) one.beside();
    },
    rest: async () => void (await Promise.all(attending.map(({ one }) => one.rest()))),
    end: () => (ended ??= Promise.all(attending.map(({ one }) => one.end()))),
    async behind() {
      const last = witnesses.find(isBehind);
      return last === undefined || !deps.places.isInDoubt()
        ? []
        : [await askBehind(last.witness, last.facts, deps)];
    },
  };
}

/** It has no session beside the checks. */
function isBehind({ witness: { before, beside } }: PlannedWitness): boolean {
  return before.length === 0 && beside === undefined;
}
