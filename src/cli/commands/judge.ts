import type { Command } from 'commander';
import { baselineOptions, collected, judgingOptions, outputOptions } from '../options/flags.js';
import type { JudgeFlags, OutputFlags } from '../options/flags.js';
import type { Context } from './context.js';

/** Commands that work on recorded runs and reports, without a server. */
export function judgeCommands(program: Command, { io, loadEngine, done }: Context): void {
  program.commandsGroup('Work with recorded runs and reports:');
  const judge = program
    .command('judge <run.ndjson>')
    .description('judge a recorded run again, without the server')
    .option('--suite <path>', 'a suite of yours that was part of the run', collected, [])
    .action(async (path: string, flags: JudgeFlags) => {
      const { judgeAction } = await import('../actions/judge.js');
      done.exit = await judgeAction(path, flags, io, await loadEngine());
    });
  outputOptions(baselineOptions(judgingOptions(judge)));
  const report = program
    .command('report <run.ndjson>')
    .description('show a recorded run in other formats, with the verdicts of then')
    .action(async (path: string, flags: OutputFlags) => {
      const { reportAction } = await import('../actions/report.js');
      done.exit = await reportAction(path, flags, io, await loadEngine());
    });
  outputOptions(report);
}
