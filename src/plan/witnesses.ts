import type { Facts } from '../model/facts.js';
import type { PlannedWitness } from '../model/plan.js';
import { eraOf } from '../model/revision.js';
import { stepsOf, type Witness } from '../model/witness.js';
import { requestsAtWorst, requestsExpected } from './requests.js';

/**
 * The witnesses that a target with these facts can have, each with the rounds that so many checks leave room for. Where a second
 * client disturbs the first, where nothing may overlap, and where no check runs, there is none.
 */
export function planWitnesses(
  witnesses: readonly Witness[],
  facts: Facts,
  checks: number,
): readonly PlannedWitness[] {
  // They live by sessions.
  if (eraOf(facts.revision) === 'modern') return [];
  if (!bearsWitnesses(facts) || facts.paced || checks === 0) return [];
  return witnesses
    .filter(({ needs }) => needs.every((need) => facts.needsMet.includes(need)))
    .map((witness) => {
      const bounded = withRounds(witness, Math.floor(checks / witness.every));
      const steps = stepsOf(bounded);
      const isBehind = witness.before.length === 0 && witness.beside === undefined;
      return {
        witness: bounded,
        facts,
        // What stands behind all checks is asked only where something was refused.
        requests: isBehind ? 0 : requestsExpected({ steps }, facts),
        requestsMax: requestsAtWorst({ steps }, facts),
      };
    });
}

/** Several clients are served. What goes wrong between them is what witnesses are for, even where checks run one by one. */
function bearsWitnesses({ severalClients = false, company }: Facts): boolean {
  const { stops } = company ?? {};
  return severalClients || stops === 'messages' || stops === 'revision' || stops === 'delete';
}

function withRounds(witness: Witness, roundsMax: number): Witness {
  const { beside } = witness;
  if (beside === undefined || typeof beside.times !== 'number') return witness;
  return { ...witness, beside: { ...beside, times: Math.min(beside.times, roundsMax) } };
}
