import type { JSX } from 'preact';
import { plural } from '../../model/plural.js';
import type { Report, Result } from '../../model/report.js';
import { grouped } from '../../model/tables.js';
import { leftOutBecause, remedyOf } from '../terminal/left-out.js';
import { CheckList } from './check-links.js';
import { bounded, Section } from './parts.js';
import type { Page } from './page-model.js';

/** What the run says nothing about, and why: what a user can enable, with how; what does not apply to this target; what was not run. */
export function LeftOut({ page }: { readonly page: Page }): JSX.Element {
  const { report } = page;
  const left = report.results.filter(({ verdict }) => verdict === 'not-applicable' || verdict === 'not-run');
  const can = left.filter((result) => remedyOf(result) !== undefined);
  const cannot = left.filter((result) => remedyOf(result) === undefined);
  return (
    <Section id="left-out" title="Not examined" aside={plural(left.length, 'check')}>
      {left.length === 0 && <p class="nothing">Every selected check was examined.</p>}
      {can.length > 0 && <Enable results={can} page={page} />}
      <Because
        title="Does not apply"
        results={cannot.filter(({ verdict }) => verdict === 'not-applicable')}
        page={page}
      />
      <Because title="Not run" results={cannot.filter(({ verdict }) => verdict === 'not-run')} page={page} />
      <Unproven report={report} page={page} />
    </Section>
  );
}

interface Listed {
  readonly results: readonly Result[];
  readonly page: Page;
}

function Enable({ results, page }: Listed): JSX.Element {
  const groups = [...grouped(results, (result) => remedyOf(result)?.what ?? '')];
  return (
    <div class="card">
      <h3>{`You can enable ${plural(results.length, 'check')}`}</h3>
      <ul class="reasons">
        {groups.map(([what, members]) => (
          <li>
            <details>
              <summary>
                <span class="title">{what}</span>
                <span class="badge">{plural(members.length, 'check')}</span>
                <span class="how">{howSaid(remedyOf(members[0])?.how ?? '')}</span>
              </summary>
              <CheckList ids={idsOf(members)} page={page} />
            </details>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What stands in backquotes, and flags, are code. */
function howSaid(how: string): JSX.Element {
  return how.startsWith('--') ? (
    <code>{how}</code>
  ) : (
    <>{how.split('`').map((part, i) => (i % 2 === 1 ? <code>{part}</code> : part))}</>
  );
}

function Because({ title, results, page }: Listed & { readonly title: string }): JSX.Element | null {
  if (results.length === 0) return null;
  return (
    <div class="card">
      <h3>{`${title}: ${plural(results.length, 'check')}`}</h3>
      <ul class="reasons">
        {[...grouped(results, leftOutBecause)].map(([reason, members]) => (
          <li>
            <details>
              <summary>
                <span class="title">{bounded(reason)}</span>
                <span class="badge">{plural(members.length, 'check')}</span>
              </summary>
              <CheckList ids={idsOf(members)} page={page} />
            </details>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Unproven({ report, page }: { readonly report: Report; readonly page: Page }): JSX.Element | null {
  const unproven = report.results.filter(({ proven, verdict }) => !proven && verdict === 'pass');
  if (unproven.length === 0) return null;
  return (
    <details class="card">
      <summary>
        <span class="title">Passed, but no mutant has shown the check able to fail</span>
        <span class="badge">{plural(unproven.length, 'check')}</span>
      </summary>
      <CheckList ids={idsOf(unproven)} page={page} />
    </details>
  );
}

function idsOf(results: readonly Result[]): readonly string[] {
  return [...new Set(results.map(({ id }) => id))];
}
