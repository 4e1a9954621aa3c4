import type { JSX } from 'preact';
import type { Run } from '../../model/report.js';
import type { RenderOptions } from '../renderer.js';
import { visibleCopy } from '../visible.js';
import { About } from './about.js';
import { casesOf, withoutScene } from './cases.js';
import { AllChecks } from './checks.js';
import { renderDocument } from './document.js';
import { Facts } from './facts.js';
import { Findings } from './findings.js';
import { Incidents } from './incidents.js';
import { LeftOut } from './left-out.js';
import { anchorsIn, pathOf, type Page } from './page-model.js';
import { script } from './script.js';
import { stylesheet } from './style/stylesheet.js';
import { Undecided } from './undecided.js';
import { Verdict } from './verdict.js';

/** `report.html`: one file for people, which asks nobody for anything. */
export function renderHtml(
  { report: raw, transcripts }: Run,
  { again }: Pick<RenderOptions, 'again'>,
): string {
  const report = visibleCopy(raw);
  const page: Page = {
    report,
    again: visibleCopy(again),
    cases: casesOf({ report, transcripts }),
    path: pathOf(report.target.url),
    anchorOf: anchorsIn(report),
  };
  let html = '';
  for (const scenes of scenesMax) {
    html = renderDocument({
      title: `${titles[report.gate.exit] ?? 'Not finished'}: ${report.target.url}`,
      style: stylesheet,
      script,
      children: <Body page={withScenes(page, scenes)} />,
    });
    if (Buffer.byteLength(html) <= bytesMax) break;
  }
  return html;
}

/** What went over the wire is shown with so many findings, and with fewer where the page would be too large to be sent around. */
const scenesMax = [60, 20, 5, 0];
const bytesMax = 1.9 * 1024 * 1024;

function withScenes(page: Page, most: number): Page {
  return { ...page, cases: page.cases.map((one) => (one.number > most ? withoutScene(one) : one)) };
}

function Body({ page }: { readonly page: Page }): JSX.Element {
  const { report } = page;
  return (
    <>
      <a class="skip" href="#findings">
        To the findings
      </a>
      <main>
        <Verdict report={report} />
        <Navigation page={page} />
        <Findings page={page} />
        <Undecided page={page} />
        <Facts report={report} />
        <AllChecks page={page} />
        <LeftOut page={page} />
        <Incidents report={report} />
        <About report={report} />
      </main>
    </>
  );
}

const titles: Readonly<Record<number, string>> = {
  0: 'Conformant',
  1: 'Not conformant',
  2: 'Undecided',
};

function Navigation({ page: { report } }: { readonly page: Page }): JSX.Element {
  const isUndecided = report.results.some(({ verdict }) => verdict === 'inconclusive');
  const parts = [
    ['findings', 'Findings'],
    ...(isUndecided ? [['undecided', 'Undecided'] as const] : []),
    ['facts', 'The target'],
    ['checks', 'Checks'],
    ['left-out', 'Not examined'],
    ['incidents', 'Incidents'],
    ['about', 'About this run'],
  ] as const;
  return (
    <nav aria-label="Parts of the report">
      {parts.map(([id, title]) => (
        <a href={`#${id}`}>{title}</a>
      ))}
    </nav>
  );
}
