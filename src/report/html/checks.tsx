import type { JSX } from 'preact';
import { labelOf } from '../../model/level.js';
import { plural } from '../../model/plural.js';
import { profileNames } from '../../model/profile.js';
import { shownVerdictOf, type Result } from '../../model/report.js';
import { grouped } from '../../model/tables.js';
import { Counts } from './counts.js';
import { Filter } from './filter.js';
import { bounded, Link, Mark, Row, Section } from './parts.js';
import { anchorAt, type Page } from './page-model.js';

/** Every check, by suite, with its level and what the profiles say where they differ; a row opens to what was demanded and what came. */
export function AllChecks({ page }: { readonly page: Page }): JSX.Element {
  const { report } = page;
  const numbered = report.results.map((result, index) => ({ result, index }));
  const several = report.revisions.length > 1;
  return (
    <Section id="checks" title="Checks" aside={selectionOf(page)}>
      <details class="card">
        <summary>
          <span class="title">Counts by suite, level and profile</span>
        </summary>
        <Counts report={report} />
      </details>
      <Filter report={report} />
      {[...grouped(numbered, ({ result }) => result.suite)].map(([suite, members]) => (
        <div class="suite" data-suite={suite}>
          <div class="suite-head">
            <h3>{suite}</h3>
            <span aria-hidden="true">level</span>
            <span class="profiles" aria-hidden="true">
              {profileNames.map((name) => (
                <span>{name}</span>
              ))}
            </span>
          </div>
          <ul>
            {members.map(({ result, index }) => (
              <CheckRow result={result} index={index} several={several} />
            ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}

function selectionOf({ report: { results, selection } }: Page): string {
  const { selected, of } = selection;
  return selected === of ? String(results.length) : `${selected} of ${of} were selected`;
}

function CheckRow({
  result,
  index,
  several,
}: {
  readonly result: Result;
  readonly index: number;
  readonly several: boolean;
}): JSX.Element {
  const { id, title, revision, profiles, proven, verdict } = result;
  const standing: string = result.standing ?? 'unexpected';
  const shown = profileNames.map((name) => shownVerdictOf(profiles[name]));
  // What all profiles say alike stands at the beginning of the row.
  const isSplit = shown.some((one) => one !== shownVerdictOf(result));
  return (
    <li
      id={anchorAt(index)}
      data-verdicts={[shownVerdictOf(result), ...(isSplit ? shown : [])].join(' ')}
      data-level={labelOf(result)}
      data-revision={several ? revision : undefined}
    >
      <details>
        <summary>
          <Mark of={shownVerdictOf(result)} />
          <span class="what">
            <span class="name">{bounded(title)}</span>
            <code>{several ? `${id} @ ${revision}` : id}</code>
          </span>
          <span class="level">
            {labelOf(result)}
            {result.harm && ', harm'}
            {verdict === 'pass' && !proven && ', unproven'}
            {standing !== 'unexpected' && `, ${standing}`}
          </span>
          {isSplit && (
            <span class="profiles">
              {shown.map((one, i) => (
                <Mark of={one} says={`${profileNames[i] ?? ''}: ${one}`} />
              ))}
            </span>
          )}
        </summary>
        <Details result={result} />
      </details>
    </li>
  );
}

function Details({ result }: { readonly result: Result }): JSX.Element {
  const { requirement, link, message, evidence, verdict } = result;
  const [seen] = evidence;
  const more = evidence.length - 1;
  return (
    <dl>
      <Row term="Requirement">
        {requirement.says}{' '}
        {link === undefined ? (
          requirement.keys.join(', ')
        ) : (
          <Link to={link}>{requirement.keys.join(', ') || 'text'}</Link>
        )}
      </Row>
      {verdict !== 'pass' && message !== '' && <Row term="Verdict">{bounded(message)}</Row>}
      {seen !== undefined && (
        <>
          <Row term="Sent">{bounded(seen.sent)}</Row>
          <Row term="Acceptable">{bounded(seen.acceptable)}</Row>
          <Row term="Came">{bounded(seen.came)}</Row>
          {seen.control !== undefined && <Row term="Control">{bounded(seen.control)}</Row>}
        </>
      )}
      {more > 0 && <Row term="Besides">{`${plural(more, 'more observation')}, in report.json`}</Row>}
    </dl>
  );
}
