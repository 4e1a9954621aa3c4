import type { TargetRecord } from '../model/fleet.js';
import { shownVerdicts, type ShownVerdict } from '../model/report.js';
import type { Revision } from '../model/revision.js';

/** A check that comes to something else than the record says. */
export interface RecordChange {
  readonly id: string;
  readonly revision: Revision;
  /** Absent where the check was, or is, not there. */
  readonly before?: ShownVerdict;
  readonly after?: ShownVerdict;
}

/** All checks that came to something else. */
export function changesOf(before: TargetRecord, after: TargetRecord): readonly RecordChange[] {
  const [was, is] = [verdictsOf(before), verdictsOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [verdict, now] = [was.get(key)?.shown, is.get(key)?.shown];
    const one = was.get(key) ?? is.get(key);
    if (one === undefined || verdict === now) return [];
    const { id, revision } = one;
    return [{ id, revision, ...(verdict && { before: verdict }), ...(now && { after: now }) }];
  });
}

interface Told {
  readonly id: string;
  readonly revision: Revision;
  readonly shown: ShownVerdict;
}

function verdictsOf({ checks, revisions }: TargetRecord): ReadonlyMap<string, Told> {
  const told = revisions.flatMap((revision) =>
    shownIn(checks[revision] ?? {}).map(([shown, id]) => ({ id, revision, shown })),
  );
  return new Map(told.map((one) => [`${one.id} @ ${one.revision}`, one]));
}

/** The outcome of each check of a record at one revision. */
export function shownIn(
  byVerdict: Readonly<Partial<Record<ShownVerdict, readonly string[]>>>,
): readonly (readonly [ShownVerdict, string])[] {
  const entries: readonly (readonly [ShownVerdict, readonly string[]])[] = shownVerdicts.flatMap((shown) =>
    byVerdict[shown] === undefined ? [] : [[shown, byVerdict[shown]] as const],
  );
  return entries.flatMap(([shown, ids]) => ids.map((id) => [shown, id] as const));
}
