import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../model/report.js';
import { readReport, UnreadableReport } from '../../report/read-report.js';
import { readRun, UnreadableRun, type RecordedRun } from '../../report/read-run.js';
import { Mistake, reasonOf } from '../mistake.js';

/** The text of a file that the user named. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Mistake(`${path} cannot be read: ${reasonOf(error)}`);
  }
}

/** The recording that a path means: a file, or the one in a folder. */
export function recordingIn(path: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? join(path, 'run.ndjson') : path;
}

export async function readRecorded(path: string): Promise<RecordedRun> {
  try {
    return await readRun(readText(recordingIn(path)));
  } catch (error) {
    if (error instanceof UnreadableRun) throw new Mistake(`${path}: ${error.message}`);
    throw error;
  }
}

export async function readReportFile(
  path: string,
): Promise<{ readonly text: string; readonly data: Report }> {
  const text = readText(path);
  try {
    return { text, data: await readReport(text) };
  } catch (error) {
    if (error instanceof UnreadableReport) throw new Mistake(`${path}: ${error.message}`);
    throw error;
  }
}
