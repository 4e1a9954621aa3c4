import { renderers, reporterNames, type ReporterName } from '../../report/index.js';
import { allParts, type Part, type RenderOptions } from '../../report/renderer.js';
import { visible } from '../../report/visible.js';
import type { Run } from '../../model/report.js';
import { choice } from '../options/choice.js';
import type { OutputFlags } from '../options/flags.js';
import { openFolder, type Folder } from './folder.js';
import { addSummary, inert, withAnnotations } from './github.js';
import type { Io } from './io.js';
import { Mistake } from '../mistake.js';
import { createHash } from 'node:crypto';
import type { Suite } from '../../model/suite.js';

/** Where the reports go. */
export interface Output {
  /** Adds to `run.ndjson`; does nothing without a folder. */
  readonly append: (text: string) => void;
  /** Renders what was asked for; true when everything could be written. */
  readonly write: (run: Run, options: RenderOptions) => Promise<boolean>;
}

/** Opens the folder at once, so that a run of minutes does not end in a folder that cannot be written. */
export function openOutput({ names: asked, path, record }: AskedOutput, io: Io): Output {
  // What judges or renders a recording again is no news to a workflow.
  const names = record ? withAnnotations(asked, io) : asked;
  const files = names.flatMap(partsNamed).flatMap(({ file }) => file ?? []);
  const contents = { files, ...(record && { recording: 'run.ndjson' }) };
  const folder = path === undefined ? undefined : openFolder(path, contents, io);
  return {
    append: (text) => folder?.append(text),
    async write(run, options) {
      const texts = await writeParts(names, folder, run, options);
      for (const { name, text } of texts) io.out(name === 'terminal' ? inert(text, io) : text);
      if (texts.length === 0) io.err(`${visible(run.report.gate.sentence)}\n`);
      const isSummed = !record || (await addSummary(run, options, io));
      return isSummed && (folder === undefined || !folder.failed());
    },
  };
}

interface ForOut {
  readonly name: ReporterName;
  readonly text: string;
}

/** Writes the files, and gives back what goes to standard output: what has no file, or the first that could not be written. */
async function writeParts(
  names: readonly ReporterName[],
  folder: Folder | undefined,
  run: Run,
  options: RenderOptions,
): Promise<readonly ForOut[]> {
  const forOut: ForOut[] = [];
  const left: ForOut[] = [];
  for (const name of names) {
    for (const { file, load } of partsNamed(name)) {
      const text = await (await load())(run, options);
      if (file === undefined) forOut.push({ name, text });
      else if (folder?.put(file, text) !== true) left.push({ name, text });
    }
  }
  return forOut.length > 0 ? forOut : left.slice(0, 1);
}

function partsNamed(name: ReporterName): readonly Part[] {
  return allParts(renderers[name]);
}

export interface AskedOutput {
  readonly names: readonly ReporterName[];
  readonly path?: string;
  /** Whether `run.ndjson` is written too. */
  readonly record: boolean;
}

export function parseOutput({ reporter, output }: OutputFlags, record: boolean): AskedOutput {
  if (output?.trim() === '') throw new Mistake('--output is empty; name a folder, or leave it out');
  const words = [...new Set(reporter.split(',').map((word) => word.trim()))];
  const names = words.map((word) => choice('--reporter', word, reporterNames));
  const hasFiles = names.flatMap(partsNamed).some(({ file }) => file !== undefined);
  if (output === undefined && names.length > 1 && hasFiles) {
    throw new Mistake(
      `--reporter ${words.join(',')} needs --output FOLDER: only one report fits on standard output`,
    );
  }
  return { names, record, ...(output !== undefined && { path: output }) };
}

/** How a report for people is shown. */
export function shownBy({ verbose }: OutputFlags, { colors, columns }: Io): Omit<RenderOptions, 'again'> {
  return { colors, columns, verbose: verbose ?? false };
}

/** Tells whether a suite says the same as when a run was recorded; comments and layout of its file do not count. */
export function suiteDigest(suite: Suite): string {
  return createHash('sha256').update(JSON.stringify(suite)).digest('hex');
}
