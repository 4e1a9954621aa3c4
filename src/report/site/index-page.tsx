import type { JSX } from 'preact';
import { revisions } from '../../model/revision.js';
import { Section } from '../html/parts.js';
import { visibleCopy } from '../visible.js';
import { checkRows, findingRows, recordIn, type Member } from './matrix.js';
import { Matrix, pageOf, Verdict } from './parts.js';

/** The first page: all targets, their findings and their checks side by side. */
export function renderIndex(title: string, members: readonly Member[]): string {
  return pageOf(visibleCopy({ title }).title, <Index title={title} members={visibleCopy(members)} />);
}

const hrefOf = ({ target }: Member) => `implementations/${target.implementation}.html#${target.name}`;

function Index({
  title,
  members,
}: {
  readonly title: string;
  readonly members: readonly Member[];
}): JSX.Element {
  const examined = members.filter((member) => recordIn(member) !== undefined);
  return (
    <>
      <h1>{title}</h1>
      <nav aria-label="Parts of the page">
        {[
          ['targets', 'Servers'],
          ['findings', 'Findings'],
          ['checks', 'Checks'],
        ].map(([id, says]) => (
          <a key={id} href={`#${id ?? ''}`}>
            {says}
          </a>
        ))}
        <a href="data.json">Data</a>
      </nav>
      <Targets members={members} />
      <Matrix
        id="findings"
        title="Findings"
        what="finding"
        rows={findingRows(examined)}
        members={examined}
        hrefOf={hrefOf}
      />
      <div id="checks" />
      {revisions.map((revision) => {
        const spoken = examined.filter((member) => recordIn(member)?.revisions.includes(revision));
        return spoken.length === 0 ? null : (
          <Matrix
            key={revision}
            id={`checks-${revision}`}
            title={`Checks that differ at ${revision}`}
            what="check"
            rows={checkRows(spoken, revision)}
            members={spoken}
            hrefOf={hrefOf}
          />
        );
      })}
    </>
  );
}

function Targets({ members }: { readonly members: readonly Member[] }): JSX.Element {
  return (
    <Section id="targets" title="Servers" aside={` ${members.length}`}>
      <div class="card scroll targets" tabIndex={0} role="region" aria-label="Servers">
        <table>
          <thead>
            <tr>
              {[
                'server',
                'what it is',
                'language',
                'revisions',
                'judged',
                'findings that count',
                'verdict',
              ].map((head) => (
                <th scope="col" key={head}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <TargetRow key={member.target.name} member={member} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function TargetRow({ member }: { readonly member: Member }): JSX.Element {
  const { target } = member;
  const record = recordIn(member);
  return (
    <tr>
      <th scope="row">
        <a href={hrefOf(member)}>{target.name}</a>
      </th>
      <td>{target.title}</td>
      <td>{target.language ?? ''}</td>
      <td>
        {record?.revisions.map((revision) => (
          <span class="whole" key={revision}>
            {revision}{' '}
          </span>
        ))}
      </td>
      <td class="number">{record === undefined ? '' : judgedIn(record)}</td>
      <td class="number">
        {record === undefined ? '' : record.findings.filter(({ counts }) => counts).length}
      </td>
      <td>
        <Verdict member={member} />
      </td>
    </tr>
  );
}

function judgedIn({ revisions: spoken, checks }: NonNullable<ReturnType<typeof recordIn>>): number {
  const counted = ['pass', 'fail', 'warning'] as const;
  return spoken.reduce(
    (sum, revision) =>
      sum + counted.reduce((some, shown) => some + (checks[revision]?.[shown]?.length ?? 0), 0),
    0,
  );
}
