import { renderers, reporterNames, type ReporterName } from '../../report/index.js';
import type { Renderer, RenderOptions } from '../../report/renderer.js';
import { visible } from '../../report/visible.js';
import type { Run } from '../../model/report.js';
import { choice } from '../options/choice.js';
import type { OutputFlags } from '../options/flags.js';
import { openFolder } from './folder.js';
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
export function openOutput({ names, path, record }: AskedOutput, io: Io): Output {
  const files = names.flatMap((name) => entry(name).file ?? []);
  const contents = { files, ...(record && { recording: 'run.ndjson' }) };
  const folder = path === undefined ? undefined : openFolder(path, contents, io);
  return {
    append: (text) => folder?.append(text),
    async write(run, options) {
      const rendered = async (name: ReporterName) => (await entry(name).load())(run, options);
      const left: ReporterName[] = [];
      for (const name of names) {
        const { file } = entry(name);
        const onFile = folder !== undefined && file !== undefined && folder.put(file, await rendered(name));
        if (!onFile) left.push(name);
      }
      // Standard output takes one report: the one for people, or the first that could not be written.
      const [first] = left;
      if (first !== undefined) io.out(await rendered(first));
      else io.err(`${visible(run.report.gate.sentence)}\n`);
      return folder === undefined || !folder.failed();
    },
  };
}

function entry(name: ReporterName): Renderer {
  return renderers[name];
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
  if (output === undefined && names.length > 1) {
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
