import { labelOf } from '../model/level.js';
import type { Finding } from '../model/finding.js';
import { plural } from '../model/plural.js';
import type { Report, Run } from '../model/report.js';
import { brokenOf, brokenWords } from './baseline.js';
import type { Shown } from './evidence.js';
import type { RenderOptions } from './renderer.js';
import { isRedSomewhere } from './outcome.js';
import { headlineOf, storyOf } from './story.js';
import { visibleReport } from './visible.js';

/** Annotations of GitHub Actions, as commands to its runner on standard output: one for each finding, errors before warnings. */
export function renderGithub(run: Run, options: RenderOptions): string {
  const report = visibleReport(run.report);
  const errors = report.findings.filter(({ counts }) => counts);
  const warnings = report.findings.filter(({ counts }) => !counts);
  const annotations = [
    ...few('error', errors, report, options),
    ...brokenEntries(report),
    ...doubts(report),
    ...few('warning', warnings, report, options),
  ];
  return annotations.map((annotation) => `${commandOf(annotation)}\n`).join('');
}

interface Annotation {
  readonly command: 'error' | 'warning';
  readonly title: string;
  readonly text: string;
}

/** What GitHub shows of a step for each kind; more would be left out in silence. */
const shownMax = 10;

function few(
  command: Annotation['command'],
  findings: readonly Finding[],
  report: Report,
  options: RenderOptions,
): readonly Annotation[] {
  // The run as a whole, and the baseline, may need one as well.
  const most = shownMax - 2;
  const shown = findings.length > most ? findings.slice(0, most - 1) : findings;
  const left = findings.length - shown.length;
  return [
    ...shown.map((finding) => annotationOf(command, finding, report, options)),
    ...(left > 0 ? [{ command, title: 'sessionspec', text: plural(left, 'more finding') }] : []),
  ];
}

function annotationOf(
  command: Annotation['command'],
  finding: Finding,
  report: Report,
  { again }: RenderOptions,
): Annotation {
  const rows: readonly Shown[] = storyOf(finding, report, again);
  const title = `${headlineOf(finding, report)} (${labelOf(finding)})`;
  return { command, title, text: rows.map(([label, text]) => `${label}: ${text}`).join('\n') };
}

function brokenEntries(report: Report): readonly Annotation[] {
  const broken = brokenOf(report);
  const title = 'sessionspec: the baseline does not hold';
  return broken.length === 0
    ? []
    : [{ command: 'error', title, text: broken.map((entry) => brokenWords(entry)).join('\n') }];
}

/** Why the run is undecided or was interrupted, where no finding says that it failed. */
function doubts(report: Report): readonly Annotation[] {
  const { gate } = report;
  if (gate.exit === 0 || gate.exit === 1) return [];
  const named = isRedSomewhere(report) ? `\n${gate.undecided.join('\n')}` : '';
  return [{ command: 'error', title: 'sessionspec', text: `${gate.sentence}${named}` }];
}

function commandOf({ command, title, text }: Annotation): string {
  return `::${command} title=${escapedProperty(title)}::${escapedData(text)}`;
}

/** By the rules of the runner: these characters end a command, or its line. */
function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
