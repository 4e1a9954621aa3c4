import type { JSX } from 'preact';
import { shownVerdicts } from '../../model/report.js';
import { renderDocument } from '../html/document.js';
import { Mark, Section } from '../html/parts.js';
import { stylesheet } from '../html/style/stylesheet.js';
import { marks } from '../terminal/lines.js';
import { visibleCopy } from '../visible.js';
import { differing, type Cell, type Comparison, type Row } from './compare.js';

/** The same as one file for people, which asks nobody for anything. */
export function renderComparisonHtml(comparison: Comparison): string {
  const of = visibleCopy(comparison);
  return renderDocument({
    title: `Compared: ${of.columns.map(({ name }) => name).join(', ')}`,
    style: stylesheet,
    children: <Body of={of} />,
  });
}

function Body({ of }: { readonly of: Comparison }): JSX.Element {
  const names = of.columns.map(({ name }) => name);
  const differs = differing(of.checks);
  return (
    <main>
      <h1>Servers compared</h1>
      <Servers of={of} />
      <Rows id="findings" title="Findings" rows={of.findings} names={names} />
      <Rows id="differing" title="Checks that differ" rows={differs} names={names} />
      <Rows id="checks" title="All checks" rows={of.checks} names={names} />
      <p class="aside">
        {shownVerdicts.map((shown) => (
          <span key={shown}>
            <Mark of={shown} /> {marks[shown].word}{' '}
          </span>
        ))}
      </p>
    </main>
  );
}

function Servers({ of: { columns, remarks } }: { readonly of: Comparison }): JSX.Element {
  return (
    <Section id="servers" title="Servers">
      <div class="card scroll wide" tabIndex={0} role="region" aria-label="Servers">
        <table>
          <thead>
            <tr>
              <th scope="col">server</th>
              {shownVerdicts.map((shown) => (
                <th scope="col" key={shown}>
                  {marks[shown].word}
                </th>
              ))}
              <th scope="col">verdict</th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ name, url, startedAt, summary, gate }, i) => (
              <tr key={i}>
                <th scope="row">
                  {name}
                  <br />
                  <span class="aside">{`${url}, ${startedAt}`}</span>
                </th>
                {shownVerdicts.map((shown) => (
                  <td key={shown} class={summary[shown] === 0 ? 'number zero' : `number ${shown}`}>
                    {summary[shown]}
                  </td>
                ))}
                <td>{gate.sentence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {remarks.map((remark) => (
        <p key={remark}>{`They differ in ${remark}.`}</p>
      ))}
    </Section>
  );
}

interface RowsOf {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly Row[];
  readonly names: readonly string[];
}

function Rows({ id, title, rows, names }: RowsOf): JSX.Element {
  return (
    <Section id={id} title={title} aside={` ${rows.length}`}>
      {rows.length === 0 ? (
        <p class="nothing">none</p>
      ) : (
        <div class="card scroll wide" tabIndex={0} role="region" aria-label={title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{title === 'Findings' ? 'finding' : 'check'}</th>
                {names.map((name, i) => (
                  <th scope="col" key={i}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ id: row, title: says, cells }) => (
                <tr key={row}>
                  <th scope="row">
                    {says}
                    <br />
                    <code>{row}</code>
                  </th>
                  {cells.map((cell, i) => (
                    <td key={i}>
                      <Sign of={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

function Sign({ of }: { readonly of: Cell }): JSX.Element {
  return of === 'absent' ? <span class="unseen">not examined</span> : <Mark of={of} />;
}
