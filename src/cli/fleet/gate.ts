import type { ExitCode } from '../../model/gate.js';
import type { Fleet, Outcome } from '../../model/fleet.js';
import { changesOf, type RecordChange } from '../../report/record-changes.js';
import { isMatch } from '../options/select.js';
import { committedOf } from './store.js';

/** An outcome with what it means for the fleet. */
export interface Standing {
  readonly outcome: Outcome;
  /** In what it differs from the committed record; absent where it was not compared. */
  readonly changes?: readonly RecordChange[];
  /** Differences that a subject declares: they do not count. */
  readonly expected?: readonly (RecordChange & { readonly because: string })[];
  /** There is a folder of records, and none of this target in it. */
  readonly lacksRecord?: true;
  readonly exit: 0 | 1 | 2 | 4;
}

/** With committed records, a fleet is red where it finds something else; without, where a target is not conformant. */
export function judgedOutcome(outcome: Outcome, { records, targets }: Fleet): Standing {
  if (outcome.kind === 'skipped') return { outcome, exit: 0 };
  if (outcome.kind === 'failed') return { outcome, exit: outcome.at === 'inside' ? 4 : 2 };
  const { exit } = outcome.record.gate;
  if (records === undefined) return { outcome, exit: exit === 0 || exit === 1 ? exit : 2 };
  const { record } = committedOf(records, outcome.target);
  if (record === undefined) return { outcome, lacksRecord: true, exit: 1 };
  const unsteady = Object.entries(targets.find(({ name }) => name === outcome.target)?.unsteady ?? {});
  const becauseOf = (id: string) => unsteady.find(([pattern]) => isMatch(pattern, id))?.[1];
  const all = changesOf(record, outcome.record);
  const changes = all.filter(({ id }) => becauseOf(id) === undefined);
  const expected = all.flatMap((change) => {
    const because = becauseOf(change.id);
    return because === undefined ? [] : [{ ...change, because }];
  });
  return { outcome, changes, expected, exit: exitOfChanges(changes) };
}

const isUndecided = ({ after }: RecordChange) => after === 'inconclusive' || after === 'not-run';

/**
 * A failure that counts and is new, or has gone, makes the fleet red. What was judged and is undecided now has to be looked at again. Whether a
 * requirement applied, and what fails without counting, may hang on the moment: it is told.
 */
function exitOfChanges(changes: readonly RecordChange[]): Standing['exit'] {
  if (changes.some(({ before, after }) => before === 'fail' || after === 'fail')) return 1;
  return changes.some(isUndecided) ? 2 : 0;
}

export function exitOf(told: readonly Standing[]): ExitCode {
  return ([4, 1, 2] as const).find((code) => told.some(({ exit }) => exit === code)) ?? 0;
}
