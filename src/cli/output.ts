import { mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { renderers, reporterNames } from '../report/index.js';
import type { ReporterName } from '../report/index.js';
import type { Renderer, RenderOptions } from '../report/renderer.js';
import { visible } from '../report/visible.js';
import type { Run } from '../model/report.js';
import { choice } from './choice.js';
import type { OutputFlags } from './flags.js';
import type { Io } from './io.js';
import { Mistake, reasonOf } from './mistake.js';

/** Where the reports go. */
export interface Output {
  /** Adds to `run.ndjson`; does nothing without a folder. */
  readonly append: (text: string) => void;
  /** Renders what was asked for; true when everything could be written. */
  readonly write: (run: Run, options: RenderOptions) => Promise<boolean>;
}

/** Opens the folder at once, so that a run of minutes does not end in a folder that cannot be written. */
export function openOutput({ names, path, record }: AskedOutput, io: Io): Output {
  const folder = path === undefined ? undefined : openFolder(path, names, record, io);
  return {
    append: (text) => folder?.append(text),
    async write(run, options) {
      const files = names.map(entry).filter(({ file }) => file !== undefined);
      for (const { file = '', load } of files) {
        const render = await load();
        const text = await render(run, options);
        if (folder === undefined) io.out(text);
        else folder.put(file, text);
      }
      const failed = folder?.failed() ?? false;
      // A report that could not be written still reaches the reader.
      if (names.includes('terminal') || failed) io.out((await renderers.terminal.load())(run, options));
      else if (folder !== undefined) io.err(`${visible(run.report.gate.sentence)}\n`);
      return !failed;
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
  const words = [...new Set(reporter.split(',').map((word) => word.trim()))];
  const names = words.map((word) => choice('--reporter', word, reporterNames));
  if (output === undefined && names.length > 1) {
    throw new Mistake(
      `--reporter ${words.join(',')} needs --output FOLDER: only one report fits on standard output`,
    );
  }
  return { names, record, ...(output !== undefined && { path: output }) };
}

interface Folder {
  readonly append: (text: string) => void;
  readonly put: (file: string, text: string) => void;
  readonly failed: () => boolean;
}

function openFolder(path: string, names: readonly ReporterName[], record: boolean, { err }: Io): Folder {
  let failed = false;
  const guarded = <T>(name: string, write: () => T): T | undefined => {
    // What could not be written once is not tried again: one line says it, and the exit code.
    if (failed) return undefined;
    try {
      return write();
    } catch (error) {
      failed = true;
      err(`sessionspec: ${join(path, name)} cannot be written: ${reasonOf(error)}\n`);
      return undefined;
    }
  };
  const recording = guarded(record ? 'run.ndjson' : '', () => {
    mkdirSync(path, { recursive: true });
    // A report of an earlier run must not be taken for this one's when this one dies.
    for (const { file } of names.map(entry))
      if (file !== undefined) rmSync(join(path, file), { force: true });
    return record ? openSync(join(path, 'run.ndjson'), 'w') : undefined;
  });
  return {
    append: (text) => guarded('run.ndjson', () => recording !== undefined && writeSync(recording, text)),
    put: (file, text) => guarded(file, () => writeFileSync(join(path, file), text)),
    failed: () => failed,
  };
}
