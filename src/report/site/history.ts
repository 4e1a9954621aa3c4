import type { RecordedFinding, TargetRecord } from '../../model/fleet.js';
import { shownIn } from '../record-changes.js';
import { keyOf, recordIn, type Member } from './matrix.js';

/** A finding that a release has and the one before had not, or the other way about. */
export interface Change {
  readonly finding: RecordedFinding;
  /**
   * What the check that leads to it says of the other release: `fixed` and `new` only where it passed there. `other` where it fails in both, for
   * another reason. A check that does not apply, or came to nothing, says neither.
   */
  readonly kind: 'fixed' | 'new' | 'other' | 'unexamined-now' | 'unexamined-before';
}

export interface Release {
  readonly version: string;
  /** The subjects of this release. */
  readonly names: readonly string[];
  readonly changes: readonly Change[];
}

/**
 * The releases of one implementation, in order. A finding counts as one of a release where any of its subjects has it: they are wirings, and
 * a fault of one is a fault of the release. It stays open through releases that were not examined for it.
 */
export function historyOf(members: readonly Member[]): readonly Release[] {
  const versions = [...new Set(members.map(({ target }) => target.version ?? ''))];
  const open = new Map<string, RecordedFinding>();
  const passed = new Set<string>();
  const failed = new Set<string>();
  let isFirst = true;
  return versions.flatMap((version) => {
    const own = members.filter(({ target }) => (target.version ?? '') === version);
    const records = own.flatMap((member) => recordIn(member) ?? []);
    if (records.length === 0) return [];
    const now = new Map(
      records
        .flatMap(({ findings }) => findings)
        .filter(({ counts }) => counts)
        .map((finding) => [keyOf(finding), finding]),
    );
    const standing = standingsIn(records);
    const changes: Change[] = [];
    for (const [key, finding] of open) {
      if (now.has(key)) continue;
      const is = standing.get(finding.id);
      if (is === undefined) changes.push({ finding, kind: 'unexamined-now' });
      else open.delete(key);
      if (is === 'pass') changes.push({ finding, kind: 'fixed' });
    }
    for (const [key, finding] of now) {
      const { id } = finding;
      if (!isFirst && !open.has(key))
        changes.push({
          finding,
          kind: passed.has(id) ? 'new' : failed.has(id) ? 'other' : 'unexamined-before',
        });
      open.set(key, finding);
    }
    for (const [id, is] of standing) {
      (is === 'pass' ? failed : passed).delete(id);
      (is === 'pass' ? passed : failed).add(id);
    }
    isFirst = false;
    return [{ version, names: own.map(({ target }) => target.name), changes }];
  });
}

/** What each check came to in a release: failed in one of its subjects, or passed and undecided in none. */
function standingsIn(records: readonly TargetRecord[]): ReadonlyMap<string, 'pass' | 'fail'> {
  const all = records.flatMap(({ revisions, checks }) =>
    revisions.flatMap((revision) => shownIn(checks[revision] ?? {})),
  );
  const idsOf = (...wanted: readonly string[]) =>
    new Set(all.flatMap(([shown, id]) => (wanted.includes(shown) ? [id] : [])));
  const undecided = idsOf('inconclusive', 'not-run');
  const passed = [...idsOf('pass')].filter((id) => !undecided.has(id));
  return new Map([
    ...passed.map((id) => [id, 'pass'] as const),
    ...[...idsOf('fail', 'warning')].map((id) => [id, 'fail'] as const),
  ]);
}
