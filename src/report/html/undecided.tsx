import type { JSX } from 'preact';
import { plural } from '../../model/plural.js';
import type { Result } from '../../model/report.js';
import { grouped } from '../../model/tables.js';
import { againWords } from '../evidence.js';
import { whyOf } from '../terminal/findings.js';
import { Checks } from './check-links.js';
import { bounded, capitalized, Copyable, Mark, Row, Section } from './parts.js';
import type { Page } from './page-model.js';

/** The checks that could not be decided, by what kept them from it; those that leave the run undecided come first. */
export function Undecided({ page }: { readonly page: Page }): JSX.Element | null {
  const { report } = page;
  const unsure = report.results.filter(({ verdict }) => verdict === 'inconclusive');
  if (unsure.length === 0) return null;
  const counting = unsure.filter(({ counts }) => counts);
  const others = unsure.filter(({ counts }) => !counts);
  return (
    <Section id="undecided" title="Undecided" aside={plural(unsure.length, 'check')}>
      <Groups
        results={counting}
        says="The run cannot be called conformant before these are decided."
        page={page}
      />
      <Groups results={others} says="These do not count in the exit code." page={page} />
    </Section>
  );
}

function Groups({
  results,
  says,
  page,
}: {
  readonly results: readonly Result[];
  readonly says: string;
  readonly page: Page;
}): JSX.Element | null {
  if (results.length === 0) return null;
  const groups = [...grouped(results, (result) => `${result.reason} ${whyOf(result)}`).values()];
  return (
    <>
      <p>{says}</p>
      {groups.map((members) => (
        <Group members={members} page={page} />
      ))}
    </>
  );
}

function Group({
  members,
  page,
}: {
  readonly members: readonly Result[];
  readonly page: Page;
}): JSX.Element | null {
  const [first] = members;
  if (first === undefined) return null;
  const [seen] = first.evidence;
  return (
    <details class="card">
      <summary>
        <Mark of="inconclusive" />
        <span class="title">{capitalized(bounded(whyOf(first)))}</span>
        <span class="badge">{plural(members.length, 'check')}</span>
      </summary>
      {seen !== undefined && (
        <>
          <p class="aside">{`In ${first.id}:`}</p>
          <dl>
            <Row term="Sent">{bounded(seen.sent)}</Row>
            <Row term="Acceptable">{bounded(seen.acceptable)}</Row>
            <Row term="Came">{bounded(seen.came)}</Row>
          </dl>
        </>
      )}
      <Copyable
        label="command that examines the first again"
        text={againWords(first, page.report, page.again).join(' ')}
      />
      <Checks title="Checks" ids={members.map(({ id }) => id)} page={page} />
    </details>
  );
}
