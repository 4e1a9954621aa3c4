import type { JSX } from 'preact';
import { plural } from '../../model/plural.js';
import type { Report } from '../../model/report.js';
import type { Case } from './cases.js';
import { FindingView } from './finding.js';
import { Mark, Section, Weighs } from './parts.js';
import type { Page } from './page-model.js';

/** What is wrong, one finding a cause: those that count, whole; those that the policy lets pass, folded. */
export function Findings({ page }: { readonly page: Page }): JSX.Element {
  const { cases, report } = page;
  const counting = cases.filter(({ finding }) => finding.counts);
  const others = cases.filter(({ finding }) => !finding.counts);
  return (
    <Section id="findings" title="Findings" aside={countsOf(counting.length, others.length)}>
      {cases.length === 0 && <p class="nothing">{noneSays(report)}</p>}
      {counting.length > 1 && <Contents cases={counting} />}
      {counting.map((one) => (
        <article
          class="card finding"
          id={`finding-${one.number}`}
          aria-labelledby={`finding-${one.number}-title`}
        >
          <header>
            <h3 id={`finding-${one.number}-title`}>
              <Mark of="fail" says="not met" />
              {one.leader.title}
            </h3>
            <Weights of={one} />
          </header>
          <FindingView one={one} page={page} isOpen={one.number === 1} />
        </article>
      ))}
      {others.length > 0 && (
        <>
          <h3 class="below">{`Below the gate: --fail-on ${report.policy.failOn} lets ${others.length === 1 ? 'it' : 'them'} pass`}</h3>
          {others.map((one) => (
            <details class="card finding" id={`finding-${one.number}`}>
              <summary>
                <Mark of="warning" />
                <span class="title">{one.leader.title}</span>
                <Weights of={one} />
              </summary>
              <FindingView one={one} page={page} isOpen={false} />
            </details>
          ))}
        </>
      )}
    </Section>
  );
}

function countsOf(counting: number, others: number): string {
  if (counting + others === 0) return 'none';
  return [
    ...(counting > 0 ? [`${counting} that ${counting === 1 ? 'counts' : 'count'}`] : []),
    ...(others > 0 ? [`${others} below the gate`] : []),
  ].join(', ');
}

function noneSays({ summary, results }: Report): string {
  if (results.length === 0 || summary.pass === 0) return 'Nothing was found, and nothing was examined.';
  return `No check failed: ${plural(summary.pass, 'check')} passed.`;
}

function Contents({ cases }: { readonly cases: readonly Case[] }): JSX.Element {
  return (
    <ol class="contents" aria-label="Findings that count">
      {cases.map(({ leader, number }) => (
        <li>
          <a href={`#finding-${number}`}>{leader.title}</a>
        </li>
      ))}
    </ol>
  );
}

function Weights({ of: { finding, leader } }: { readonly of: Case }): JSX.Element {
  const { checks, folded } = finding;
  // A baseline may have known of it.
  const standing: string = leader.standing ?? 'unexpected';
  return (
    <p class="badges">
      <Weighs of={finding} harm={finding.harm ?? false} />
      <span class="badge">{plural(checks.length + folded.length, 'check')}</span>
      {standing !== 'unexpected' && <span class="badge">{standing}</span>}
      {!leader.proven && <span class="badge">unproven</span>}
    </p>
  );
}
