import type { Run, Report, ShownVerdict } from '../model/report.js';
import type { RenderOptions } from './renderer.js';
import { factLines } from './terminal/facts.js';
import { failureLines, warningLines } from './terminal/findings.js';
import { incidentLines } from './terminal/incidents.js';
import { leftOutLines, unprovenLines, untriedLines } from './terminal/left-out.js';
import { profileLines } from './terminal/profiles.js';
import { suiteLines } from './terminal/suites.js';
import { unsureLines } from './terminal/unsure.js';
import { visibleCopy } from './visible.js';
import type { ExitCode } from '../model/gate.js';
import { plural } from '../model/plural.js';
import { marks } from './terminal/lines.js';

// A terminal shows the end of what was printed, so what a reader acts on comes last.
const sections = [
  headingLines,
  factLines,
  leftOutLines,
  unprovenLines,
  profileLines,
  incidentLines,
  warningLines,
  unsureLines,
  failureLines,
  suiteLines,
  verdictLines,
];

const unexamined = [headingLines, untriedLines, verdictLines];

/** The report for a person at a terminal. */
export function renderTerminal(run: Run, options: RenderOptions): string {
  const report = visibleCopy(run.report);
  const blocks = (report.facts.length === 0 ? unexamined : sections)
    .map((section) => section(report, options))
    .filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.map((line) => line.trimEnd()).join('\n')).join('\n\n')}\n`;
}

/** The first line: target, profile and seed. */
export function headingLines(report: Report, { colors }: RenderOptions): readonly string[] {
  const tool = `${report.tool.name} ${report.tool.version}`;
  return [
    `${colors.bold(tool)}  ${report.target.url}  ${colors.dim(`profile ${report.profile}, seed ${report.seed}`)}`,
  ];
}

/** The last line: the sentence of the gate, and what the run cost. */
export function verdictLines(report: Report, { colors }: RenderOptions): readonly string[] {
  const { sign, color } = marks[markOfExit[report.gate.exit]];
  const cost = `${plural(report.traffic.exchanges, 'exchange')} in ${(report.durationMs / 1000).toFixed(1)} s`;
  return [`${colors.bold(colors[color](`${sign} ${report.gate.sentence}`))}  ${colors.dim(cost)}`];
}

const markOfExit: Record<ExitCode, ShownVerdict> = {
  0: 'pass',
  1: 'fail',
  2: 'inconclusive',
  3: 'fail',
  4: 'fail',
  130: 'not-run',
};
