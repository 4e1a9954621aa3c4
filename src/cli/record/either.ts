import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../model/report.js';
import type { Suite } from '../../model/suite.js';
import { Mistake } from '../mistake.js';
import type { Engine } from '../ports.js';
import { readRecorded, readReportFile, readText } from './files.js';

/** The report in a file or a folder; of a recording the report that it gives. */
export async function readEither(path: string, suites: readonly Suite[], engine: Engine): Promise<Report> {
  const file = fileIn(path);
  // A recording begins with its header, and a report with the brace of its only value.
  if (!readText(file).startsWith('{"kind":"header"')) return (await readReportFile(file)).data;
  const recorded = await readRecorded(file);
  const checks = suites.flatMap((suite) => suite.checks);
  const monitors = suites.flatMap((suite) => suite.monitors);
  return engine.judge(recorded, { checks, monitors }, recorded.header).report;
}

function fileIn(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return path;
  const files = ['report.json', 'run.ndjson'].map((name) => join(path, name));
  const found = files.find((file) => existsSync(file));
  if (found === undefined) throw new Mistake(`${path} has neither a report.json nor a run.ndjson`);
  return found;
}
