import type { Command } from 'commander';
import { baselineOptions, collected, judgingOptions, outputOptions } from '../options/flags.js';
import type { JudgeFlags, OutputFlags } from '../options/flags.js';
import type { CompareFlags } from '../actions/compare.js';
import type { DiffFlags } from '../actions/diff.js';
import type { MergeFlags } from '../actions/merge.js';
import type { ShowFlags } from '../actions/show.js';
import type { VerifyFlags } from '../actions/verify.js';
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
  program
    .command('show <run.ndjson> <check>')
    .description('show what one check of a recorded run sent and got; the end of its id is enough')
    .option('--curl', 'print a shell script that sends the same again')
    .option('--node', 'print the same as a script for Node.js')
    .option('--revision <date>', 'only what was seen at this revision')
    .option('--suite <path>', 'a suite of yours that has the check', collected, [])
    .option('--verbose', 'show bodies whole')
    .action(async (path: string, check: string, flags: ShowFlags) => {
      const { showAction } = await import('../actions/show.js');
      await showAction(path, check, flags, io, await loadEngine());
    });
  program
    .command('verify <report...>')
    .description('show whether reports are what their recordings give, and who signed them')
    .option('--key <file>', 'only what was signed with the key to this public key, in PEM')
    .option('--suite <path>', 'a suite of yours that was part of the run', collected, [])
    .action(async (paths: readonly string[], flags: VerifyFlags) => {
      const { verifyAction } = await import('../actions/verify.js');
      done.exit = await verifyAction(paths, flags, io, await loadEngine());
    });
  program
    .command('diff <first> <second>')
    .description('show what is new, fixed or other in the second of two reports or recordings')
    .option('--suite <path>', 'a suite of yours that was part of a recorded run', collected, [])
    .option('--reporter <name>', 'terminal (default), json', 'terminal')
    .option('--verbose', 'name all checks that only one of them has')
    .action(async (first: string, second: string, flags: DiffFlags) => {
      const { diffAction } = await import('../actions/diff.js');
      done.exit = await diffAction([first, second], flags, io, await loadEngine());
    });
  program
    .command('compare <report...>')
    .description('show what several servers do, side by side, of their reports or recordings')
    .option('--reporter <names>', 'terminal (default), json, markdown, html', 'terminal')
    .option('--output <folder>', 'write compare.json, compare.md or compare.html here')
    .option('--suite <path>', 'a suite of yours that was part of a recorded run', collected, [])
    .option('--verbose', 'show the checks on which all are alike, too')
    .action(async (paths: readonly string[], flags: CompareFlags) => {
      const { compareAction } = await import('../actions/compare.js');
      done.exit = await compareAction(paths, flags, io, await loadEngine());
    });
  const merge = program
    .command('merge <run.ndjson...>')
    .description('put the parts of a run together that were made with --shard')
    .option('--key <file>', 'only parts that were signed with the key to this public key, in PEM')
    .option('--suite <path>', 'a suite of yours that was part of the run', collected, [])
    .action(async (paths: readonly string[], flags: MergeFlags) => {
      const { mergeAction } = await import('../actions/merge.js');
      done.exit = await mergeAction(paths, flags, io, await loadEngine());
    });
  outputOptions(merge);
}
