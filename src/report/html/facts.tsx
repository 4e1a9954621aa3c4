import type { JSX } from 'preact';
import type { Facts as FactsOfRevision } from '../../model/facts.js';
import type { Report } from '../../model/report.js';
import { grouped } from '../../model/tables.js';
import { shownFacts } from '../terminal/facts.js';
import { bounded, Row, Section } from './parts.js';

/** What was found out about the target before the checks. Revisions with the same facts share one list. */
export function Facts({ report: { facts, target } }: { readonly report: Report }): JSX.Element {
  const groups = [...grouped(facts, (one) => JSON.stringify(shownFacts(one))).values()];
  return (
    <Section id="facts" title="The target">
      <div class="card">
        {groups.length === 0 && (
          <p class="nothing">
            Nothing was found out about <code>{bounded(target.url)}</code>.
          </p>
        )}
        {groups.map((group) => (
          <FactList group={group} />
        ))}
      </div>
    </Section>
  );
}

function FactList({ group }: { readonly group: readonly FactsOfRevision[] }): JSX.Element {
  const [first] = group;
  const negotiated = first?.negotiates ?? [];
  return (
    <dl>
      <Row term="revision">
        {group.map(({ revision }) => revision).join(', ')}
        {negotiated.length > 1 && ` (negotiates ${negotiated.join(', ')})`}
      </Row>
      {first !== undefined &&
        shownFacts(first).map(([label, text]) => <Row term={label}>{bounded(text)}</Row>)}
      {first !== undefined && (
        <Row term="capabilities">{bounded(first.capabilities.join(', ') || 'none')}</Row>
      )}
    </dl>
  );
}
