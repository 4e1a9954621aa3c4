import type { JSX } from 'preact';
import { plural } from '../../model/plural.js';
import type { Provenance } from '../../model/provenance.js';
import type { Report } from '../../model/report.js';
import { bounded, Row, Section } from './parts.js';

/** What others need to repeat the run, and to see that this page tells of it. */
export function About({ report }: { readonly report: Report }): JSX.Element {
  const { tool, startedAt, durationMs, traffic, profile, policy, selection, revisions, seed, gate } = report;
  const { selected, of, leftOut } = selection;
  return (
    <Section id="about" title="About this run">
      <div class="card">
        <dl>
          <Row term="Tool">{`${tool.name} ${tool.version}, Node ${tool.node.replace(/^v/, '')}`}</Row>
          <Row term="Target">
            <code>{bounded(report.target.url)}</code>
          </Row>
          <Row term="Started">{startedAt}</Row>
          <Row term="Cost">{`${plural(traffic.exchanges, 'exchange')} in ${(durationMs / 1000).toFixed(1)} s`}</Row>
          <Row term="Revisions">{revisions.join(', ') || 'none'}</Row>
          <Row term="Profile">{profile}</Row>
          <Row term="Gate">
            {`exit ${gate.exit}; --fail-on ${policy.failOn}, --inconclusive ${policy.inconclusive}, at least ${plural(policy.judgedMin, 'check')} judged`}
          </Row>
          <Row term="Selection">{selected === of ? `all ${of} checks` : `${selected} of ${of} checks`}</Row>
          <Row term="Seed">{seed}</Row>
          <Row term="Format">{report.format}</Row>
        </dl>
        {leftOut.length > 0 && (
          <details>
            <summary>{`Not selected: ${plural(leftOut.length, 'check')}`}</summary>
            <p class="ids-line">{leftOut.join(', ')}</p>
          </details>
        )}
        {report.provenance !== undefined && <Digests of={report.provenance} />}
      </div>
    </Section>
  );
}

function Digests({
  of: { recording, suites, profiles, signature },
}: {
  readonly of: Provenance;
}): JSX.Element {
  return (
    <>
      <h3>Digests (SHA-256)</h3>
      <dl class="digests">
        <Row term="recording">
          <code>{recording}</code>
        </Row>
        {suites.map(({ suite, digest }) => (
          <Row term={suite}>
            <code>{digest}</code>
          </Row>
        ))}
        {profiles.map(({ profile, digest }) => (
          <Row term={`profile ${profile}`}>
            <code>{digest}</code>
          </Row>
        ))}
        {signature !== undefined && (
          <Row term={`${signature.algorithm} key`}>
            <code>{bounded(signature.publicKey)}</code>
          </Row>
        )}
      </dl>
    </>
  );
}
