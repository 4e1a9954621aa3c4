import type { Finding } from './finding.js';
import type { ProfileName } from './profile.js';
import type { FailReason } from './reason.js';
import type { Revision } from './revision.js';

/** What an entry says of a failure, whatever it names. */
interface Terms {
  /** Only failures are excused: what is inconclusive is not known. */
  readonly verdict: 'fail';
  readonly reason: FailReason;
  /** The failure shows harm, and is let pass all the same. */
  readonly harm?: true;
  /** Absent where it holds in each revision, or under each profile. */
  readonly revision?: Revision;
  readonly profile?: ProfileName;
  /** Why it is let pass. */
  readonly note: string;
  /** The last day on which it holds, as YYYY-MM-DD of UTC. */
  readonly expires: string;
}

/** A failure that is known and let pass for a time: a cause with all that it explains, or one check. */
export type BaselineEntry = Terms &
  (
    | {
        readonly finding: string;
        /** The key of its requirement, by which it is known where another check leads it. */
        readonly requirement?: string;
        readonly check?: never;
      }
    | { readonly check: string; readonly finding?: never; readonly requirement?: never }
  );

export type Baseline = readonly BaselineEntry[];

/** The id that an entry names. */
export function subjectOf({ finding, check }: Pick<BaselineEntry, 'finding' | 'check'>): string {
  return finding ?? check ?? '';
}

/** How an entry stands to a run, with what its reader does about it; where `holds` is false, the gate is not met. */
export const entryStandings = {
  expected: { holds: true, says: 'it fails as it is known to' },
  unexamined: { holds: true, says: 'this run does not decide it' },
  stale: { holds: false, says: 'passes now; remove its entry' },
  changed: { holds: false, says: 'fails in another way; look at it, then change its entry' },
  harmful: { holds: false, says: 'shows harm, which its entry does not let pass without `harm: true`' },
  expired: { holds: false, says: 'still fails, and its entry has expired' },
  unmatched: {
    holds: false,
    says: 'is no check of the suites at hand; correct its entry, or give its suite',
  },
} as const satisfies Readonly<Record<string, { readonly holds: boolean; readonly says: string }>>;
export type EntryStanding = keyof typeof entryStandings;

/** An entry of the baseline, compared with a run. */
export type JudgedEntry = BaselineEntry & {
  readonly standing: EntryStanding;
  /** How it fails instead, where it fails in another way. */
  readonly instead?: FailReason;
  /** Ids of the checks whose failures it excuses, or would excuse if it held. */
  readonly covers: readonly string[];
};

export function holds({ standing }: Pick<JudgedEntry, 'standing'>): boolean {
  return entryStandings[standing].holds;
}

/** The entry that excuses a failure, if one does. */
export function excuseOf(
  { id, revision, standing }: Excusable,
  { baseline }: { readonly baseline?: readonly JudgedEntry[] },
): JudgedEntry | undefined {
  if (standing !== 'expected') return undefined;
  return baseline?.find(
    (entry) =>
      entry.standing === 'expected' &&
      entry.covers.includes(id) &&
      (entry.revision === undefined || entry.revision === revision),
  );
}

interface Excusable {
  readonly id: string;
  readonly revision: Revision;
  readonly standing?: string;
}

/** What a run has that made a finding. */
interface Made {
  readonly startedAt: string;
  readonly profile: ProfileName;
}

/** An entry that excuses a finding for a quarter of a year from the run on. */
export function entryFor(
  { id, reason, harm, requirement }: Pick<Finding, 'id' | 'reason' | 'harm' | 'requirement'>,
  { startedAt, profile }: Made,
): BaselineEntry {
  const [key] = requirement.keys;
  return {
    finding: id,
    ...(key !== undefined && { requirement: key }),
    verdict: 'fail',
    reason,
    ...(harm && { harm }),
    ...(profile !== 'spec' && { profile }),
    note: `known since ${dayOf(startedAt)}`,
    expires: dayOf(startedAt, entryDays),
  };
}

const entryDays = 90;
const dayMs = 86_400_000;

/** The day of a moment in UTC, or one that many days later. What is no moment, as a recording may claim, stays as it is. */
export function dayOf(moment: string, daysLater = 0): string {
  const date = new Date(Date.parse(moment) + daysLater * dayMs);
  return Number.isNaN(date.getTime()) ? moment : date.toISOString().slice(0, 10);
}

/** An entry as one line of YAML, to be copied. */
export function entryText(entry: BaselineEntry): string {
  return `{ ${entryFields(entry).join(', ')} }`;
}

/** The fields of an entry as YAML, one a line. */
export function entryFields(entry: BaselineEntry): readonly string[] {
  const { finding, requirement, check, verdict, reason, harm, revision, profile, note, expires } = entry;
  // JSON is YAML too, so text that could be read otherwise stands in its quotes.
  const terms = { verdict, reason, harm, revision, profile, note: quoted(note), expires };
  const fields = Object.entries({ finding, requirement, check, ...terms });
  return fields.flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
}

function quoted(text: string): string {
  return text.includes("'") || /[^\P{C}]/u.test(text) ? JSON.stringify(text) : `'${text}'`;
}
