import type { ExitCode } from '../../model/gate.js';
import { describeIncident } from '../../model/incident.js';
import { shownVerdictOf, shownVerdicts } from '../../model/report.js';
import type { Report, Result, Run, ShownVerdict } from '../../model/report.js';
import { grouped } from '../../model/tables.js';
import { brokenOf, brokenWords } from '../baseline.js';
import { resultName } from '../evidence.js';
import type { RenderOptions } from '../renderer.js';
import { visibleReport } from '../visible.js';
import { findingBlock } from './finding.js';
import { code, html, sentence } from './text.js';

/** Markdown as GitHub reads it, for a comment or the summary of a job: the verdict first, findings to fold out, within a comment's bound. */
export function renderMarkdown(run: Run, options: RenderOptions): string {
  const report = visibleReport(run.report);
  const head = [
    heading(report),
    about(report),
    ...incidents(report),
    ...brokenEntries(report),
    counts(report),
  ];
  const rest = doubts(report);
  const charsLeft = charsMax - [...head, ...rest].join('\n\n').length;
  const blocks = within(
    report.findings.map((finding) => findingBlock(finding, report, options)),
    charsLeft - noteChars,
  );
  return `${[...head, ...blocks, ...rest].join('\n\n')}\n`;
}

/** A comment on GitHub holds 65,536 characters; the summary of a step a MiB, for all that the step writes. */
const charsMax = 60_000;
const noteChars = 200;

/** As many as fit, the weightiest first, and how many did not. */
function within(blocks: readonly string[], charsLeft: number): readonly string[] {
  let used = 0;
  const fits = blocks.filter((block) => {
    used += block.length + 2;
    return used <= charsLeft;
  });
  const left = blocks.length - fits.length;
  return left === 0 ? fits : [...fits, `${left} more of ${blocks.length} findings do not fit here.`];
}

const signs: Readonly<Record<ExitCode, string>> = { 0: '✅', 1: '❌', 2: '❔', 3: '❌', 4: '❌', 130: '⏹️' };

function heading({ gate, tool }: Report): string {
  return `## ${signs[gate.exit]} ${tool.name}: ${sentence(gate.sentence)}`;
}

function about({ target, revisions, profile, startedAt, tool, seed, selection, gate }: Report): string {
  const server = [target.name, target.version].filter((word) => word !== undefined && word.trim() !== '');
  const rows = [
    ['Server', [code(target.url), ...(server.length > 0 ? [code(server.join(' '))] : [])].join(', ')],
    ['Revision', revisions.length > 0 ? revisions.join(', ') : 'none'],
    ['Profile', profile],
    ['Checks', `${selection.selected} of ${selection.of} selected`],
    ['Exit code', String(gate.exit)],
    ['When', `${startedAt}, ${tool.name} ${tool.version}, seed ${seed}`],
  ] as const;
  return rows.map(([label, text]) => `- **${label}**: ${text}`).join('\n');
}

function incidents(report: Report): readonly string[] {
  const lines = report.incidents.map((incident) => `- ${code(describeIncident(incident))}`);
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function brokenEntries(report: Report): readonly string[] {
  const broken = brokenOf(report);
  if (broken.length === 0) return [];
  const lines = broken.slice(0, groupsMax).map((entry) => `- ${sentence(brokenWords(entry))}`);
  const left = broken.length - groupsMax;
  return [
    ['**The baseline does not hold**', '', ...lines, ...(left > 0 ? [`- ${left} more entries`] : [])].join(
      '\n',
    ),
  ];
}

/** How many checks of each suite had which verdict. */
function counts({ results, revisions }: Report): string {
  const groups = grouped(results, ({ suite, revision }) =>
    revisions.length > 1 ? `${suite} ${revision}` : suite,
  );
  const used = shownVerdicts.filter(
    (mark) => mark === 'pass' || results.some((result) => shownVerdictOf(result) === mark),
  );
  return [
    `| suite | ${used.join(' | ')} |`,
    `| --- |${' ---: |'.repeat(used.length)}`,
    ...[...groups].map(([name, members]) => countRow(html(name), members, used)),
    countRow('**all**', results, used),
  ].join('\n');
}

function countRow(name: string, members: readonly Result[], used: readonly ShownVerdict[]): string {
  const numbers = used.map((mark) => members.filter((result) => shownVerdictOf(result) === mark).length);
  return `| ${[name, ...numbers].join(' | ')} |`;
}

/** What keeps the run from being decided. */
function doubts(report: Report): readonly string[] {
  const unsure = report.results.filter(({ counts: isCounted, verdict }) => isCounted && verdict !== 'fail');
  if (unsure.length === 0) return [];
  const groups = [...grouped(unsure, ({ reason = '', message }) => `${reason} ${message}`).values()];
  const lines = groups.slice(0, groupsMax).flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const names = members.slice(0, namesMax).map((result) => code(resultName(result, report)));
    const more = members.length > namesMax ? ` and ${members.length - namesMax} more` : '';
    return [`- ${names.join(', ')}${more}: ${code(first.message.slice(0, messageCharsMax))}`];
  });
  const left = groups.length - groupsMax;
  return [
    [`**Undecided: ${unsure.length}**`, '', ...lines, ...(left > 0 ? [`- ${left} more reasons`] : [])].join(
      '\n',
    ),
  ];
}

const groupsMax = 20;
const namesMax = 10;
const messageCharsMax = 300;
