import type { ExitCode } from '../../model/gate.js';
import type { Report } from '../../model/report.js';
import { comparisonOf } from '../../report/compare/compare.js';
import { renderComparisonMarkdown } from '../../report/compare/compare-markdown.js';
import { renderComparison } from '../../report/compare/compare-terminal.js';
import { Mistake } from '../mistake.js';
import { choice } from '../options/choice.js';
import { chosenSuites } from '../options/suites.js';
import { openFolder } from '../output/folder.js';
import type { Io } from '../output/io.js';
import type { Engine } from '../ports.js';
import { readEither } from '../record/either.js';

export interface CompareFlags {
  readonly suite: readonly string[];
  readonly reporter: string;
  readonly output?: string;
  readonly verbose?: true;
}

/** Shows what several servers do, side by side. It judges nothing: the exit code is 0 where all reports were read. */
export async function compareAction(
  paths: readonly string[],
  flags: CompareFlags,
  io: Io,
  engine: Engine,
): Promise<ExitCode> {
  const names = [
    ...new Set(flags.reporter.split(',').map((word) => choice('--reporter', word.trim(), comparers))),
  ];
  if (flags.output === undefined && names.length > 1)
    throw new Mistake(
      `--reporter ${names.join(',')} needs --output FOLDER: only one fits on standard output`,
    );
  if (paths.length < 2) throw new Mistake('compare takes two reports or more');
  const suites = await chosenSuites(flags.suite, engine);
  const reports: Report[] = [];
  for (const path of paths) reports.push(await readEither(path, suites, engine));
  const comparison = comparisonOf(reports);
  const rendered = {
    terminal: () => renderComparison(comparison, { ...io, verbose: flags.verbose ?? false }),
    json: () => `${JSON.stringify(comparison, null, 2)}\n`,
    markdown: () => renderComparisonMarkdown(comparison),
    html: async () => (await import('../../report/compare/compare-html.js')).renderComparisonHtml(comparison),
  };
  const folder =
    flags.output === undefined ? undefined : openFolder(flags.output, { files: Object.values(files) }, io);
  for (const name of names) {
    const text = await rendered[name]();
    if (name === 'terminal' || folder === undefined || !folder.put(files[name], text)) io.out(text);
  }
  return folder?.failed() ? 4 : 0;
}

const comparers = ['terminal', 'json', 'markdown', 'html'] as const;
const files = { json: 'compare.json', markdown: 'compare.md', html: 'compare.html' };
