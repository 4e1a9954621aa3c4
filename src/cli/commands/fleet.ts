import type { Command } from 'commander';
import type { FleetFlags } from '../actions/fleet.js';
import type { WorkerFlags } from '../actions/worker.js';
import { collected } from '../options/flags.js';
import type { Context } from './context.js';

/** Commands that examine many servers. */
export function fleetCommands(program: Command, { io, loadEngine, done }: Context): void {
  program.commandsGroup('Examine many servers:');
  program
    .command('fleet <fleet.yaml>')
    .description('examine all servers of a fleet, and write a site that compares them')
    .requiredOption('--output <folder>', 'write the site here')
    .option('--only <name>', 'only this target; * stands for any characters', collected, [])
    .option('--jobs <n>', 'how many targets are examined at once (default: one a core)')
    .option('--shard <i/n>', 'only the i-th of n parts of the targets; `--collect` puts the parts together')
    .option(
      '--collect <folder>',
      'examine nothing; take the outcomes that a part has left here',
      collected,
      [],
    )
    .option('--resume', 'keep the outcomes in the output folder that are of the same work')
    .option('--update', 'write what is found into the folder of records')
    .option('--reporter <name>', 'terminal (default), ndjson', 'terminal')
    .option('--queue <url>', 'hand the work to `sessionspec worker` by the Redis server at this address')
    .action(async (path: string, flags: FleetFlags) => {
      const { fleetAction } = await import('../actions/fleet.js');
      done.exit = await fleetAction(path, flags, io, await loadEngine());
    });
  program
    .command('worker <fleet.yaml>')
    .description('examine servers of a fleet as a queue hands them out, until it is interrupted')
    .requiredOption(
      '--queue <url>',
      'the Redis server that hands the work out, such as redis://127.0.0.1:6379',
    )
    .option('--jobs <n>', 'how many targets are examined at once (default: one a core)')
    .option(
      '--lost-after <seconds>',
      'after how long without a sign of life its work is given to another worker (default 30)',
      '30',
    )
    .action(async (path: string, flags: WorkerFlags) => {
      const { workerAction } = await import('../actions/worker.js');
      done.exit = await workerAction(path, flags, io, await loadEngine());
    });
}
