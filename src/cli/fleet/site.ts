import type { Fleet, Outcome } from '../../model/fleet.js';
import { grouped } from '../../model/tables.js';
import { renderImplementation } from '../../report/site/implementation-page.js';
import { renderIndex } from '../../report/site/index-page.js';
import { visibleJson } from '../../report/visible.js';
import type { Member } from '../../report/site/matrix.js';
import { committedOf, filesOf, type Store } from './store.js';

/** Writes the pages that stand on all outcomes. A target without an outcome is on none of them. */
export function writeSite(fleet: Fleet, outcomes: readonly Outcome[], { write }: Store): void {
  const byTarget = new Map(outcomes.map((outcome) => [outcome.target, outcome]));
  const members = fleet.targets.flatMap((target): readonly Member[] => {
    const outcome = byTarget.get(target.name);
    if (outcome === undefined) return [];
    const { description: _, folder: __, ...shown } = target;
    const { notes } = committedOf(fleet.records, target.name);
    const { report } = filesOf(target.name);
    return [
      {
        target: shown,
        outcome,
        ...(notes !== undefined && { notes }),
        ...(outcome.kind === 'examined' && { report }),
      },
    ];
  });
  write('index.html', renderIndex(fleet.title, members));
  // Hosts of static files list no folders.
  write('data.json', visibleJson({ title: fleet.title, members }));
  for (const [name, own] of grouped(members, ({ target }) => target.implementation))
    write(`implementations/${name}.html`, renderImplementation(name, own));
}
