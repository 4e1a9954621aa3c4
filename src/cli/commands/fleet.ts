import type { Command } from 'commander';
import type { FleetFlags } from '../actions/fleet.js';
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
    .action(async (path: string, flags: FleetFlags) => {
      const { fleetAction } = await import('../actions/fleet.js');
      done.exit = await fleetAction(path, flags, io, await loadEngine());
    });
}
