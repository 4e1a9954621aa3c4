import type { JSX } from 'preact';
import type { RecordedFinding } from '../../model/fleet.js';
import type { ShownVerdict } from '../../model/report.js';
import { Link, Mark, Row, Section } from '../html/parts.js';
import { visibleCopy } from '../visible.js';
import { historyOf, type Change, type Release } from './history.js';
import { byVersion, findingRows, recordIn, type Member } from './matrix.js';
import { Matrix, pageOf, Verdict } from './parts.js';

/** The page of one implementation: its releases, what was fixed when, and what each subject of it has. */
export function renderImplementation(name: string, members: readonly Member[]): string {
  return pageOf(
    visibleCopy({ name }).name,
    <Implementation name={name} members={visibleCopy(members).toSorted(byVersion)} />,
  );
}

function Implementation({
  name,
  members,
}: {
  readonly name: string;
  readonly members: readonly Member[];
}): JSX.Element {
  const releases = historyOf(members);
  const examined = members.filter((member) => recordIn(member) !== undefined);
  return (
    <>
      <p>
        <a href="../index.html">All servers</a>
      </p>
      <h1>{name}</h1>
      {releases.length > 1 && <History releases={releases} />}
      {examined.length > 1 && (
        <Matrix
          id="findings"
          title="Findings side by side"
          what="finding"
          rows={findingRows(examined)}
          members={examined}
          hrefOf={({ target }) => `#${target.name}`}
        />
      )}
      {members.map((member) => (
        <Subject key={member.target.name} member={member} />
      ))}
    </>
  );
}

function History({ releases }: { readonly releases: readonly Release[] }): JSX.Element {
  return (
    <Section id="history" title="From release to release">
      <ol class="card releases">
        {releases.map(({ version, names, changes }, at) => (
          <li key={version}>
            <strong>{version}</strong> <span class="aside">{names.join(', ')}</span>
            {at > 0 && changes.length === 0 && <p>nothing changed</p>}
            {kinds.flatMap(([kind, sign, says]) =>
              changes
                .filter((change) => change.kind === kind)
                .map(({ finding }) => (
                  <p key={finding.id}>
                    <Mark of={sign} says={says} /> {`${says}: ${finding.says}`} <code>{finding.id}</code>
                  </p>
                )),
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}

const kinds = [
  ['fixed', 'pass', 'fixed'],
  ['new', 'fail', 'new'],
  ['other', 'fail', 'still missed, for another reason'],
  ['unexamined-before', 'fail', 'found, and not examined before'],
  ['unexamined-now', 'not-applicable', 'not examined here'],
] as const satisfies readonly (readonly [Change['kind'], ShownVerdict, string])[];

function Subject({ member }: { readonly member: Member }): JSX.Element {
  const { target, notes, report } = member;
  const record = recordIn(member);
  return (
    <Section id={target.name} title={target.name} aside={target.title}>
      <div class="card">
        <dl>
          <Row term="verdict">
            <Verdict member={member} />
          </Row>
          {target.source !== undefined && (
            <Row term="follows">
              <Link to={target.source} />
            </Row>
          )}
          {record !== undefined && (
            <Row term="called itself">
              {[record.server.name, record.server.version].filter((word) => word !== undefined).join(' ')}
            </Row>
          )}
          {report !== undefined && (
            <Row term="report">
              <a href={`../${report}`}>with every exchange</a>,{' '}
              <a href={`../data/${target.name}.json`}>as data</a>,{' '}
              <a href={`../badges/${target.name}.svg`}>badge</a>
            </Row>
          )}
          {Object.entries(target.unsteady).map(([id, because]) => (
            <Row key={id} term="may differ">
              <code>{id}</code> {because}
            </Row>
          ))}
        </dl>
        {record?.findings.map((finding) => (
          <FindingOf key={finding.id} finding={finding} />
        ))}
        {notes !== undefined && (
          <>
            <h3>Notes</h3>
            <Notes text={notes} />
          </>
        )}
      </div>
    </Section>
  );
}

function FindingOf({ finding }: { readonly finding: RecordedFinding }): JSX.Element {
  const { counts, level, says, title, reason, id, link, checks } = finding;
  return (
    <p>
      <Mark of={counts ? 'fail' : 'warning'} /> <span class="badge">{level}</span> {says}{' '}
      <span class="aside">
        {`${title} (${reason}). `}
        <code>{id}</code>
        {checks.length > 1 && ` and ${checks.length - 1} more`}{' '}
        {link !== undefined && <Link to={link}>the text</Link>}
      </span>
    </p>
  );
}

/** Markdown as it was written, with its addresses as links. */
function Notes({ text }: { readonly text: string }): JSX.Element {
  const parts = text.split(/(https?:\/\/[^\s<>)\]]+)/g);
  return (
    <pre class="notes">{parts.map((part, at) => (at % 2 === 1 ? <Link key={at} to={part} /> : part))}</pre>
  );
}
