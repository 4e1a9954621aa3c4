import type { Run } from '../model/report.js';
import type { RenderOptions } from './renderer.js';
import { factLines } from './terminal/facts.js';
import { failureLines, warningLines } from './terminal/failures.js';
import { headingLines } from './terminal/heading.js';
import { leftOutLines, untriedLines } from './terminal/left-out.js';
import { profileLines } from './terminal/profiles.js';
import { suiteLines } from './terminal/suites.js';
import { unprovenLines } from './terminal/unproven.js';
import { unsureLines } from './terminal/unsure.js';
import { verdictLines } from './terminal/verdict.js';
import { visibleCopy } from './visible.js';

// What a reader does not need comes first and what they act on last: a terminal shows the end of what was printed.
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
