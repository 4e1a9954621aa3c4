import { labelOf } from './level.js';
import { revisions, type Revision } from './revision.js';
import type { Check } from './suite.js';

/** What a failure of a check weighs, for a person: one label, or the oldest revision's and from when on another one holds. */
export function labelsOf({ requirement, revisions: own }: Pick<Check, 'requirement' | 'revisions'>): string {
  const oldestFirst = revisions.filter((revision) => own.includes(revision)).toReversed();
  const labels = oldestFirst.map((revision) => ({ revision, label: labelOf(requirement.weights[revision]) }));
  return labels
    .filter(({ label }, i) => label !== labels[i - 1]?.label)
    .map(({ revision, label }, i) => (i === 0 ? label : `from ${revision} ${label}`))
    .join(', ');
}

export function newestOf({ revisions: own }: Pick<Check, 'revisions'>): Revision | undefined {
  return revisions.find((revision) => own.includes(revision));
}
