import type { Run } from '../model/report.js';
import type { RenderOptions } from './renderer.js';
import { factLines } from './terminal/facts.js';
import { failureLines, warningLines } from './terminal/findings.js';
import { headingLines, verdictLines } from './terminal/frame.js';
import { leftOutLines, unprovenLines, untriedLines } from './terminal/left-out.js';
import { profileLines } from './terminal/profiles.js';
import { suiteLines } from './terminal/suites.js';
import { unsureLines } from './terminal/unsure.js';
import { visibleCopy } from './visible.js';

// A terminal shows the end of what was printed, so what a reader acts on comes last.
const sections = [
  headingLines,
  factLines,
  leftOutLines,
  unprovenLines,
  profileLines,
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
