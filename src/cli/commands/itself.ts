import type { Command } from 'commander';
import { collected } from '../options/flags.js';
import type { SelftestFlags } from '../selftest/selftest.js';
import type { Context } from './context.js';

/** Commands about sessionspec itself. */
export function itselfCommands(program: Command, { io, loadEngine, done }: Context): void {
  program.commandsGroup('sessionspec itself:').helpCommand('help [command]', 'show the options of a command');
  program
    .command('selftest')
    .description('test sessionspec itself: on servers with known defects, useless answers and attacks')
    .option('--mutants [name...]', 'only the reference and servers with a known defect: all, or these')
    .option('--alone', 'mutants only where each check has a server of its own')
    .option('--brief', 'what CI has time for: alone, only the checks that a mutant names')
    .option('--default-run', 'mutants only as users meet them: all checks on one server, with default flags')
    .option('--repeat <n>', 'how often each of these runs is made (default: 1)', '1')
    .option(
      '--shard <i/n>',
      'only the i-th of n parts of the runs on mutants, and of the cases, so that processes share the work',
    )
    .option(
      '--cases [name...]',
      'only small servers that were judged wrongly once: all, or these; `strangers` are those that strangers wrote',
    )
    .option('--nulls', 'only servers that give one answer to every request')
    .option('--hostile', 'only servers that attack')
    .option('--output <folder>', 'write proof.md here')
    .optionsGroup('Suites of yours instead, which pass on your server and fail on mutants of it:')
    .option('--suite <path>', 'a suite of yours', collected, [])
    .option('--config <file>', 'a description of your server, with its `suites` and `mutants`')
    .option('--server <command>', 'your server; {port} in it is a free port')
    .option('--mutant <command>', 'your server with one fault', collected, [])
    .action(async (flags: SelftestFlags) => {
      const { selftestAction } = await import('../selftest/selftest.js');
      done.exit = await selftestAction(flags, io, await loadEngine());
    });
}
