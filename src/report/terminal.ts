import type { Run, Report, ShownVerdict } from '../model/report.js';
import type { RenderOptions } from './renderer.js';
import { brokenLines, knownLines } from './terminal/baseline.js';
import { factLines } from './terminal/facts.js';
import { failureLines, warningLines } from './terminal/findings.js';
import { incidentLines } from './terminal/incidents.js';
import { leftOutLines, unprovenLines, untriedLines } from './terminal/left-out.js';
import { profileLines } from './terminal/profiles.js';
import { suiteLines } from './terminal/suites.js';
import { unsureLines } from './terminal/unsure.js';
import { quoted } from './evidence.js';
import { visibleReport } from './visible.js';
import type { ExitCode } from '../model/gate.js';
import { plural } from '../model/plural.js';
import { marks } from './terminal/lines.js';
import { hanging } from './terminal/wrap.js';

// The verdict with what a reader acts on, then what it does not rest on, then the numbers.
const sections = [
  headingLines,
  factLines,
  verdictLines,
  incidentLines,
  brokenLines,
  failureLines,
  unsureLines,
  warningLines,
  knownLines,
  leftOutLines,
  unprovenLines,
  profileLines,
  suiteLines,
  scriptLines,
  costLines,
];

const unexamined = [headingLines, verdictLines, untriedLines, costLines];

/** The report for a person at a terminal. */
export function renderTerminal(run: Run, options: RenderOptions): string {
  const report = visibleReport(run.report);
  const blocks = (report.facts.length === 0 ? unexamined : sections)
    .map((section) => section(report, options))
    .filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.map((line) => line.trimEnd()).join('\n')).join('\n\n')}\n`;
}

/** The first line: target, revision, profile and seed. */
export function headingLines(report: Report, { colors, columns }: RenderOptions): readonly string[] {
  const { tool, target, revisions, profile, seed } = report;
  const settings = [
    ...(revisions.length > 0 ? [`revision ${revisions.join(', ')}`] : []),
    `profile ${profile}`,
    `seed ${seed}`,
  ].join(', ');
  const name = `${tool.name} ${tool.version}`;
  return hanging('', `${colors.bold(name)}  ${target.url}  ${colors.dim(settings)}`, columns);
}

/** The sentence of the gate. */
export function verdictLines({ gate }: Report, { colors, columns }: RenderOptions): readonly string[] {
  const { sign, color } = marks[markOfExit[gate.exit]];
  return hanging(colors.bold(colors[color](`${sign} `)), colors.bold(colors[color](gate.sentence)), columns);
}

/** How the first finding is shown again without the suites; a server over stdio gets no script. */
export function scriptLines(
  { findings }: Report,
  { again, colors, columns, recorded }: RenderOptions,
): readonly string[] {
  const [first] = findings;
  if (recorded === undefined || first === undefined || again.url === '') return [];
  const show = `npx sessionspec show ${quoted(recorded)} ${first.id}`;
  const says = `${show} shows all that was sent and came; with --curl or --node, a script that says whether it is reproduced`;
  return hanging('', `${colors.bold('Recorded')}   ${says}`, columns);
}

/** The last line: how much was judged, and what it cost. */
export function costLines({ gate, results, traffic, durationMs }: Report): readonly string[] {
  const judged = results.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail').length;
  const cost = `${plural(traffic.exchanges, 'exchange')} in ${(durationMs / 1000).toFixed(1)} s`;
  const left = results.length - judged;
  return [`exit ${gate.exit}: ${plural(judged, 'check')} judged, ${left} not examined, ${cost}`];
}

export const markOfExit: Record<ExitCode, ShownVerdict> = {
  0: 'pass',
  1: 'fail',
  2: 'inconclusive',
  3: 'fail',
  4: 'fail',
  130: 'not-run',
};
