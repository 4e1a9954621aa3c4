import type { JSX } from 'preact';
import { labelOf } from '../../model/level.js';
import { profileNames } from '../../model/profile.js';
import {
  shownVerdictOf,
  shownVerdicts,
  type Report,
  type Result,
  type ShownVerdict,
} from '../../model/report.js';
import { grouped } from '../../model/tables.js';
import { marks } from '../terminal/lines.js';
import { labelsIn } from './page-model.js';

interface CountRow {
  readonly name: string;
  readonly verdicts: readonly ShownVerdict[];
}

/** How many checks had which verdict, by suite, by level and under each profile. */
export function Counts({ report }: { readonly report: Report }): JSX.Element {
  const { results, profile } = report;
  const all = { name: 'all', verdicts: results.map(shownVerdictOf) };
  const groups = [
    { title: 'by suite', rows: [...rowsBy(results, ({ suite }) => suite), all] },
    { title: 'by level', rows: rowsBy(results, labelOf, labelsIn(results)) },
    {
      title: 'by profile',
      rows: profileNames.map((name) => ({
        name: name === profile ? `${name} (selected)` : name,
        verdicts: results.map((result) => shownVerdictOf(result.profiles[name])),
      })),
    },
  ];
  const used = shownVerdicts.filter((verdict) =>
    groups.some(({ rows }) => rows.some(({ verdicts }) => verdicts.includes(verdict))),
  );
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Counts">
      <table>
        <thead>
          <tr>
            <th scope="col">checks</th>
            {used.map((verdict) => (
              <th scope="col" class={`number ${verdict}`}>
                {marks[verdict].word}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(({ title, rows }) => (
          <tbody>
            <tr>
              <th class="group" scope="rowgroup" colSpan={used.length + 1}>
                {title}
              </th>
            </tr>
            {rows.map((row) => (
              <CountCells row={row} used={used} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function rowsBy(
  results: readonly Result[],
  keyOf: (result: Result) => string,
  order?: readonly string[],
): readonly CountRow[] {
  const groups = grouped(results, keyOf);
  return (order ?? [...groups.keys()]).map((name) => ({
    name,
    verdicts: (groups.get(name) ?? []).map(shownVerdictOf),
  }));
}

function CountCells({
  row,
  used,
}: {
  readonly row: CountRow;
  readonly used: readonly ShownVerdict[];
}): JSX.Element {
  return (
    <tr>
      <th scope="row">{row.name}</th>
      {used.map((verdict) => {
        const count = row.verdicts.filter((one) => one === verdict).length;
        return <td class={`number ${count === 0 ? 'zero' : verdict}`}>{count}</td>;
      })}
    </tr>
  );
}
