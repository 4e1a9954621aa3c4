import type { FleetTarget, Outcome, RecordedFinding, TargetRecord } from '../../model/fleet.js';
import type { ShownVerdict } from '../../model/report.js';
import type { Revision } from '../../model/revision.js';
import { shownIn } from '../record-changes.js';

/** A target with what came of it. */
export interface Member {
  readonly target: Omit<FleetTarget, 'description' | 'folder'>;
  readonly outcome: Outcome;
  /** Remarks of people on what was found. */
  readonly notes?: string;
  /** Where its whole report lies, seen from the first page. */
  readonly report?: string;
}

/** `other`: the demand is missed here in another way, which has a row of its own. */
export type Cell = ShownVerdict | 'absent' | 'other';

/** A finding or a check, with what each target has of it, in the order of the targets. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly link?: string;
  readonly cells: readonly Cell[];
}

export function recordIn({ outcome }: Member): TargetRecord | undefined {
  return outcome.kind === 'examined' ? outcome.record : undefined;
}

/** The same demand, missed for the same reason, is one row; what most targets miss comes first. */
export function findingRows(members: readonly Member[]): readonly Row[] {
  const all = members.map((member) => recordIn(member)?.findings ?? []);
  const groups = new Map<string, RecordedFinding[]>();
  for (const finding of all.flat())
    groups.set(keyOf(finding), [...(groups.get(keyOf(finding)) ?? []), finding]);
  const rows = [...groups].flatMap(([key, findings]): readonly Row[] => {
    const [first] = findings;
    if (first === undefined) return [];
    const { id, says, reason, link } = first;
    const cells = members.map((member, at) => cellOf(key, all[at] ?? [], findings, recordIn(member)));
    return [{ id, title: `${says} (${reason})`, cells, ...(link !== undefined && { link }) }];
  });
  const failing = ({ cells }: Row) => cells.filter((cell) => cell === 'fail').length;
  return rows.toSorted((a, b) => failing(b) - failing(a) || (a.id < b.id ? -1 : 1));
}

export function keyOf(finding: RecordedFinding): string {
  return JSON.stringify([demandOf(finding), finding.reason]);
}

function demandOf({ keys, says }: RecordedFinding): string {
  return JSON.stringify(keys.length > 0 ? keys : says);
}

/** Where a target has no such finding, the checks that showed it elsewhere say whether it was examined. */
function cellOf(
  key: string,
  findings: readonly RecordedFinding[],
  elsewhere: readonly RecordedFinding[],
  record: TargetRecord | undefined,
): Cell {
  const own = findings.filter((finding) => keyOf(finding) === key);
  if (own.length > 0) return own.some(({ counts }) => counts) ? 'fail' : 'warning';
  if (record === undefined) return 'absent';
  const demands = new Set(elsewhere.map(demandOf));
  if (findings.some((finding) => finding.counts && demands.has(demandOf(finding)))) return 'other';
  const ids = new Set(elsewhere.flatMap(({ checks }) => checks));
  const shown = record.revisions
    .flatMap((revision) => shownIn(record.checks[revision] ?? {}))
    .flatMap(([one, id]) => (ids.has(id) ? [one] : []));
  const best = bestOf(shown);
  return best === 'absent' && shown.length > 0 ? 'other' : best;
}

/** What each check came to at one revision, where it is not the same for all. */
export function checkRows(members: readonly Member[], revision: Revision): readonly Row[] {
  const verdicts = members.map(
    (member) => new Map(shownIn(recordIn(member)?.checks[revision] ?? {}).map(([shown, id]) => [id, shown])),
  );
  const ids = [...new Set(verdicts.flatMap((each) => [...each.keys()]))].toSorted();
  return ids
    .map((id) => ({ id, title: id, cells: verdicts.map((each): Cell => each.get(id) ?? 'absent') }))
    .filter(({ cells }) => new Set(cells.filter((cell) => cell !== 'absent')).size > 1);
}

/** One pass shows that it was examined. */
function bestOf(cells: readonly Cell[]): Cell {
  const order: readonly Cell[] = ['pass', 'inconclusive', 'not-run', 'not-applicable'];
  return order.find((cell) => cells.includes(cell)) ?? 'absent';
}

/** Releases in their order: by the numbers in them, which stand for more than their letters. */
export function byVersion(a: Member, b: Member): number {
  const order = new Intl.Collator('en', { numeric: true }).compare;
  return order(a.target.version ?? '', b.target.version ?? '') || order(a.target.name, b.target.name);
}
