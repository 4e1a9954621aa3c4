import { byWeight, type Cause } from '../findings/findings.js';
import {
  dayOf,
  subjectOf,
  type Baseline,
  type BaselineEntry,
  type EntryStanding,
  type JudgedEntry,
} from '../model/baseline.js';
import type { Finding } from '../model/finding.js';
import { profileNames, type ProfileName } from '../model/profile.js';
import type { ProfileVerdict, Report, Result, Standing } from '../model/report.js';
import { tabulate } from '../model/tables.js';

/** What a run is compared with its baseline by. */
export interface Compared extends Pick<Report, 'startedAt' | 'profile' | 'selection'> {
  readonly results: readonly Result[];
  /** The causes of its failures, before anything is excused. */
  readonly causes: readonly Cause[];
}

export interface Comparison {
  readonly results: readonly Result[];
  readonly findings: readonly Finding[];
  readonly entries: readonly JudgedEntry[];
}

/**
 * Excuses what is known. An entry has to fail still, and in the same way; otherwise it excuses nothing and says so. Days are compared
 * with the beginning of the run, so that its recording is judged alike for ever.
 */
export function compareWithBaseline(baseline: Baseline, run: Compared): Comparison {
  const known = new Set([...run.results.map(({ id }) => id), ...run.selection.leftOut]);
  const comparing = baseline.map((entry) => compared(entry, known, run));
  const standingOf = new Map<Result, { readonly standing: Standing; readonly entry: BaselineEntry }>();
  for (const { entry, judged, about } of comparing) {
    const standing = standingBy[judged.standing];
    // What one entry excuses, another cannot accuse.
    for (const result of about)
      if (standing !== undefined && standingOf.get(result)?.standing !== 'expected')
        standingOf.set(result, { standing, entry });
  }
  const now = new Map(
    run.results.map((result) => {
      const { standing, entry } = standingOf.get(result) ?? {};
      if (standing === undefined || entry === undefined) return [result, result];
      return [result, standing === 'expected' ? excused(result, entry) : { ...result, standing }];
    }),
  );
  return {
    results: [...now.values()],
    findings: run.causes.map((cause) => findingNow(cause, now)).toSorted(byWeight),
    entries: comparing.map(({ judged }) => judged),
  };
}

/** What an entry makes of the results that it is about; the others stay as they are. */
const standingBy: Readonly<Partial<Record<EntryStanding, Standing>>> = {
  expected: 'expected',
  stale: 'stale',
  changed: 'changed',
  expired: 'expired',
};

interface EntryCompared {
  readonly entry: BaselineEntry;
  readonly judged: JudgedEntry;
  /** The results whose standing it decides. */
  readonly about: readonly Result[];
}

function compared(entry: BaselineEntry, known: ReadonlySet<string>, run: Compared): EntryCompared {
  const id = subjectOf(entry);
  const stands = (
    standing: EntryStanding,
    about: readonly Result[] = [],
    more: Pick<JudgedEntry, 'instead'> = {},
  ): EntryCompared => ({
    entry,
    judged: { ...entry, standing, covers: idsOf(isPassing[standing] ? [] : about), ...more },
    about,
  });
  if (!known.has(id)) return stands('unmatched');
  const inView = ({ revision }: Result) => entry.revision === undefined || revision === entry.revision;
  const own = run.results.filter((result) => result.id === id && inView(result));
  if (!isUnder(entry, run.profile)) return stands('unexamined');
  const alike = failuresAlike(entry, own, run.causes).filter(inView);
  if (alike.length > 0) return stands(standingOfAlike(entry, alike, run), alike);
  const failing = own.filter(({ verdict }) => verdict === 'fail');
  const [first] = failing;
  if (first !== undefined) return stands('changed', failing, instead(first, run.causes));
  const isDecided = own.every(({ verdict }) => verdict === 'pass' || verdict === 'not-applicable');
  const passing = own.filter(({ verdict }) => verdict === 'pass');
  return isDecided && passing.length > 0 ? stands('stale', passing) : stands('unexamined');
}

const isPassing: Readonly<Partial<Record<EntryStanding, true>>> = { stale: true };

function isUnder({ profile }: BaselineEntry, selected: ProfileName): boolean {
  return profile === undefined || profile === selected;
}

function standingOfAlike(
  { harm, expires }: BaselineEntry,
  alike: readonly Result[],
  { startedAt }: Compared,
): EntryStanding {
  if (alike.some((result) => result.harm) && !harm) return 'harmful';
  return dayOf(startedAt) > expires ? 'expired' : 'expected';
}

/** The failures that are as the entry says: of the check, or of the cause with all that it explains. */
function failuresAlike(
  { check, reason, requirement }: BaselineEntry,
  own: readonly Result[],
  causes: readonly Cause[],
): readonly Result[] {
  if (check !== undefined)
    return own.filter((result) => result.verdict === 'fail' && result.reason === reason);
  const alike = causes.filter(({ finding }) => finding.reason === reason);
  const ids = new Set(own.map(({ id }) => id));
  const demands = new Set([requirement ?? [], ...own.map((one) => one.requirement.keys.slice(0, 1))].flat());
  // Another check may lead where the one that is named was not decided or not selected, so the demand tells the cause too.
  const ways: readonly ((cause: Cause) => boolean)[] = [
    ({ finding }) => ids.has(finding.id),
    ({ finding }) => finding.checks.some((id) => ids.has(id)),
    ({ finding }) => finding.requirement.keys.slice(0, 1).some((key) => demands.has(key)),
  ];
  const found = ways.map((way) => alike.filter(way)).find((some) => some.length > 0) ?? [];
  return found.flatMap(({ failures }) => failures);
}

/** The reason of the cause that the failure belongs to now. */
function instead(failure: Result, causes: readonly Cause[]): Pick<JudgedEntry, 'instead'> {
  const reason = causes.find(({ failures }) => failures.includes(failure))?.finding.reason;
  return reason === undefined ? {} : { instead: reason };
}

function idsOf(results: readonly Result[]): readonly string[] {
  return [...new Set(results.map(({ id }) => id))];
}

/** The same failure does not count; another one under another profile does. */
function excused(result: Result, entry: BaselineEntry): Result {
  const known = (name: ProfileName): ProfileVerdict => {
    const one = result.profiles[name];
    const isSame = one.verdict === 'fail' && one.reason === result.reason;
    return isSame && isUnder(entry, name) && (!one.harm || entry.harm) ? { ...one, counts: false } : one;
  };
  return { ...result, counts: false, standing: 'expected', profiles: tabulate(profileNames, known) };
}

function findingNow({ finding, failures }: Cause, now: ReadonlyMap<Result, Result>): Finding {
  const all = failures.map((failure) => now.get(failure) ?? failure);
  const isKnown = all.every(({ standing }) => standing === 'expected');
  return {
    ...finding,
    counts: all.some(({ counts }) => counts),
    standing: isKnown ? 'expected' : 'unexpected',
  };
}
