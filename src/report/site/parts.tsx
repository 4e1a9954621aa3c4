import type { ComponentChildren, JSX } from 'preact';
import { shownVerdicts } from '../../model/report.js';
import { renderDocument } from '../html/document.js';
import { Link, Mark, Section } from '../html/parts.js';
import { stylesheet } from '../html/style/stylesheet.js';
import { marks } from '../terminal/lines.js';
import type { Cell, Member, Row } from './matrix.js';
import { siteStyle } from './style.js';

const style = `${stylesheet}${siteStyle}`;

/** A page of the site: with the signs explained at its end, and without a script. */
export function pageOf(title: string, children: ComponentChildren): string {
  return renderDocument({
    title,
    style,
    children: (
      <main>
        {children}
        <p class="aside legend">
          {shownVerdicts.map((shown) => (
            <span key={shown}>
              <Mark of={shown} /> {marks[shown].word}{' '}
            </span>
          ))}
          <span>
            <span class="other">≠</span> {otherwise}
          </span>
        </p>
      </main>
    ),
  });
}

interface MatrixOf {
  readonly id: string;
  readonly title: string;
  readonly what: string;
  readonly rows: readonly Row[];
  readonly members: readonly Member[];
  /** Where the page of a target lies. */
  readonly hrefOf: (member: Member) => string;
}

/** One row a finding or check, one column a target. Names of targets stand upright, so that many fit on a screen. */
export function Matrix({ id, title, what, rows, members, hrefOf }: MatrixOf): JSX.Element {
  return (
    <Section id={id} title={title} aside={` ${rows.length}`}>
      {rows.length === 0 ? (
        <p class="nothing">none</p>
      ) : (
        <div class="card scroll matrix" tabIndex={0} role="region" aria-label={title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{what}</th>
                {members.map((member) => (
                  <th scope="col" key={member.target.name} class="upright">
                    <a href={hrefOf(member)} title={member.target.name}>
                      {member.target.name}
                    </a>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                <tr key={at}>
                  <th scope="row">
                    {row.title === row.id ? null : (
                      <>
                        {row.title}
                        <br />
                      </>
                    )}
                    <Link to={row.link ?? ''}>
                      <code>{row.id}</code>
                    </Link>
                  </th>
                  {row.cells.map((cell, column) => (
                    <td key={column}>
                      <Sign of={cell} about={members[column]?.target.name ?? ''} />
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

const otherwise = 'fails in another way';

function Sign({ of, about }: { readonly of: Cell; readonly about: string }): JSX.Element {
  if (of === 'absent') return <span class="unseen">{`${about}: not examined`}</span>;
  if (of === 'other')
    return (
      <span class="other" role="img" aria-label={otherwise} title={`${about}: ${otherwise}`}>
        ≠
      </span>
    );
  return (
    <span title={`${about}: ${marks[of].word}`}>
      <Mark of={of} />
    </span>
  );
}

/** The verdict of a target in a few words, with its sign. */
export function Verdict({ member: { outcome } }: { readonly member: Member }): JSX.Element {
  if (outcome.kind === 'skipped') return <>{`skipped: ${outcome.says}`}</>;
  if (outcome.kind === 'failed')
    return (
      <>
        <Mark of="inconclusive" says="no report" /> {`${stages[outcome.at]}: ${outcome.says}`}
      </>
    );
  const { exit, sentence } = outcome.record.gate;
  const shown = exit === 0 ? 'pass' : exit === 1 ? 'fail' : 'inconclusive';
  return (
    <>
      <Mark of={shown} /> {sentence}
    </>
  );
}

const stages = {
  build: 'not built',
  start: 'not started',
  run: 'not finished',
  inside: 'not judged',
} as const;
