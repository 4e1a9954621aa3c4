import type { Command } from 'commander';
import type { BaselineFlags } from '../actions/baseline.js';
import { collected, connectionOptions, judgingOptions, selectionOptions } from '../options/flags.js';
import type { Context } from './context.js';

/** Commands about failures that are known. */
export function baselineCommands(program: Command, { io, loadEngine, done }: Context): void {
  const baseline = program
    .command('baseline')
    .description('let known failures pass for a time: write, shorten and check the file of --baseline');
  const init = baseline
    .command('init [source]')
    .description(
      'write a baseline with the failures of a server (its URL), or of a run.ndjson or report.json',
    )
    .option('--output <file>', 'write it here (default: sessionspec-baseline.yaml)')
    .action(async (source: string | undefined, flags: BaselineFlags) => {
      const { initBaseline } = await import('../actions/baseline.js');
      done.exit = await initBaseline(source, flags, io, await loadEngine());
    });
  judgingOptions(connectionOptions(selectionOptions(init)));
  const update = baseline
    .command('update <file> [source]')
    .description(
      'take out the entries that no longer fail in a run of a server, a run.ndjson or a report.json',
    )
    .option(
      '--only-remove',
      'add nothing: a new entry is a decision, and stands with each finding to be copied',
    )
    .action(async (file: string, source: string | undefined, flags: BaselineFlags) => {
      const { updateBaseline } = await import('../actions/baseline.js');
      done.exit = await updateBaseline(file, source, flags, io, await loadEngine());
    });
  judgingOptions(connectionOptions(selectionOptions(update)));
  baseline
    .command('lint <file...>')
    .description('show the mistakes in baselines')
    .option('--suite <path>', 'a suite of yours that has some of the checks', collected, [])
    .action(async (files: readonly string[], { suite }: { readonly suite: readonly string[] }) => {
      const { lintBaselines } = await import('../actions/baseline.js');
      done.exit = await lintBaselines(files, suite, io, await loadEngine());
    });
}
