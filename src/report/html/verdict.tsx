import type { JSX } from 'preact';
import { plural } from '../../model/plural.js';
import { shownVerdicts, type Report, type ShownVerdict } from '../../model/report.js';
import { marks } from '../terminal/lines.js';
import { markOfExit } from '../terminal.js';
import { bounded, capitalized, Mark } from './parts.js';

/** What a reader asks first: is it conformant, and how much was judged. */
export function Verdict({ report }: { readonly report: Report }): JSX.Element {
  const { gate, target, revisions, profile, startedAt } = report;
  const mark = markOfExit[gate.exit];
  return (
    <header class={`verdict ${mark}`}>
      <p class="eyebrow">MCP session conformance</p>
      <h1>
        <Mark of={mark} says={`exit ${gate.exit}`} />
        <span>{capitalized(gate.sentence)}</span>
      </h1>
      <p class="target">
        <code>{bounded(target.url)}</code>
        {serverOf(target)}
      </p>
      <p class="aside">
        {[
          revisions.length > 0 ? `revision ${revisions.join(', ')}` : 'no revision negotiated',
          `profile ${profile}`,
          `${startedAt.slice(0, 16).replace('T', ' ')} UTC`,
        ].join(' · ')}
      </p>
      <Summary report={report} />
    </header>
  );
}

function serverOf({ name, version }: Report['target']): string {
  const words = [name, version].filter((word) => word !== undefined && word !== '').join(' ');
  return words === '' ? '' : ` ${bounded(words)}`;
}

function Summary({ report: { summary, results } }: { readonly report: Report }): JSX.Element {
  const used = shownVerdicts.filter((verdict) => summary[verdict] > 0);
  const judged = summary.pass + summary.fail + summary.warning;
  return (
    <div class="summary">
      <Bar summary={summary} used={used} />
      <ul>
        {used.map((verdict) => (
          <li>
            <Mark of={verdict} />
            <b>{summary[verdict]}</b> <span aria-hidden="true">{marks[verdict].word}</span>
          </li>
        ))}
      </ul>
      <p class="aside">{`${judged} of ${plural(results.length, 'check')} judged`}</p>
    </div>
  );
}

/** The same numbers as lengths. */
function Bar({
  summary,
  used,
}: {
  readonly summary: Report['summary'];
  readonly used: readonly ShownVerdict[];
}): JSX.Element {
  const total = used.reduce((sum, verdict) => sum + summary[verdict], 0);
  let from = 0;
  const parts = used.map((verdict) => {
    const part = <rect class={verdict} x={from} width={summary[verdict]} height={1} />;
    from += summary[verdict];
    return part;
  });
  return (
    <svg class="bar" viewBox={`0 0 ${Math.max(1, total)} 1`} preserveAspectRatio="none" aria-hidden="true">
      {parts}
    </svg>
  );
}
