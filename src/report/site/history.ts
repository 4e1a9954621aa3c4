import type { RecordedFinding } from '../../model/fleet.js';
import { keyOf, recordIn, type Member } from './matrix.js';

/** What one release has that the one before had not, and the other way about. */
export interface Release {
  readonly version: string;
  /** The subjects of this release. */
  readonly names: readonly string[];
  readonly appeared: readonly RecordedFinding[];
  readonly gone: readonly RecordedFinding[];
}

/**
 * The releases of one implementation, in order. A finding counts as one of a release where any of its subjects has it: they are wirings, and
 * a fault of one is a fault of the release.
 */
export function historyOf(members: readonly Member[]): readonly Release[] {
  const versions = [...new Set(members.map(({ target }) => target.version ?? ''))];
  let before: ReadonlyMap<string, RecordedFinding> | undefined;
  return versions.flatMap((version) => {
    const own = members.filter(({ target }) => (target.version ?? '') === version);
    const examined = own.filter((member) => recordIn(member) !== undefined);
    if (examined.length === 0) return [];
    const counted = examined
      .flatMap((member) => recordIn(member)?.findings ?? [])
      .filter(({ counts }) => counts);
    const now = new Map(counted.map((finding) => [keyOf(finding), finding]));
    const was = before;
    before = now;
    const names = own.map(({ target }) => target.name);
    const appeared =
      was === undefined ? [] : [...now].flatMap(([key, finding]) => (was.has(key) ? [] : [finding]));
    const gone =
      was === undefined ? [] : [...was].flatMap(([key, finding]) => (now.has(key) ? [] : [finding]));
    return [{ version, names, appeared, gone }];
  });
}
