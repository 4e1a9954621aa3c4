import { revisions, type Revision } from './revision.js';

/** The keyword that the text of a revision has for a demand; `none` where it has none. */
export const levels = ['MUST', 'MUST NOT', 'SHOULD', 'SHOULD NOT', 'MAY', 'none'] as const;
export type Level = (typeof levels)[number];

/**
 * Who makes a demand: the specification, MCP's security practices, what peers agree on (`practice`), the project's brief, or the
 * author of a suite of their own (`house`).
 */
export const sources = ['specification', 'security', 'practice', 'brief', 'house'] as const;
export type Source = (typeof sources)[number];

/** What a failure weighs, apart from what it shows. */
export interface Weight {
  readonly level: Level;
  readonly source: Source;
}

export const severities = ['must', 'should', 'any'] as const;
export type Severity = (typeof severities)[number];

const byKeyword: Readonly<Record<Level, Severity>> = {
  MUST: 'must',
  'MUST NOT': 'must',
  SHOULD: 'should',
  'SHOULD NOT': 'should',
  MAY: 'any',
  none: 'any',
};

// The brief, and an author's own rules, demand what they say without a keyword.
const byItself: Readonly<Record<Level, Severity>> = { ...byKeyword, none: 'must' };

const severityTable: Readonly<Record<Source, Readonly<Record<Level, Severity>>>> = {
  specification: byKeyword,
  security: byKeyword,
  practice: byKeyword,
  brief: byItself,
  house: byItself,
};

/** Which `--fail-on` setting a failure trips; one that shows harm trips all. */
export function severityOf({ level, source }: Weight, harm = false): Severity {
  return harm ? 'must' : severityTable[source][level];
}

/** True when a failure counts under a policy, or would count if what is undecided had failed. */
export function counts(
  {
    harm = false,
    mayHarm = false,
    ...weight
  }: Weight & { readonly harm?: boolean; readonly mayHarm?: boolean },
  { failOn }: { readonly failOn: Severity },
): boolean {
  return severities.indexOf(severityOf(weight, harm || mayHarm)) <= severities.indexOf(failOn);
}

/** A softened failure never weighs more than a SHOULD. */
export function soften(weight: Weight): Weight {
  return severityOf(weight) === 'must' ? { ...weight, level: 'SHOULD' } : weight;
}

/** For a person: the keyword, with the source where that is not the specification, or the source alone. */
export function labelOf({ level, source }: Weight): string {
  if (level === 'none') return source;
  return source === 'specification' ? level : `${level} (${source})`;
}

/** What a check has to say of its revisions. */
interface Dated {
  readonly requirement: { readonly weights: Readonly<Record<Revision, Weight>> };
  readonly revisions: readonly Revision[];
}

/** What a failure of a check weighs, for a person: one label, or the oldest revision's and from when on another one holds. */
export function labelsOf({ requirement, revisions: own }: Dated): string {
  const oldestFirst = revisions.filter((revision) => own.includes(revision)).toReversed();
  const labels = oldestFirst.map((revision) => ({ revision, label: labelOf(requirement.weights[revision]) }));
  return labels
    .filter(({ label }, i) => label !== labels[i - 1]?.label)
    .map(({ revision, label }, i) => (i === 0 ? label : `from ${revision} ${label}`))
    .join(', ');
}

export function newestOf({ revisions: own }: Pick<Dated, 'revisions'>): Revision | undefined {
  return revisions.find((revision) => own.includes(revision));
}
