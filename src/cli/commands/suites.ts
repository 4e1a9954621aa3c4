import type { Command } from 'commander';
import type { Context } from './context.js';

/** Commands for people who write suites. */
export function suiteCommands(program: Command, { io, loadEngine, done }: Context): void {
  program.commandsGroup('Write suites of your own:');
  program
    .command('lint <suite...>')
    .description('show the mistakes in suites of yours')
    .action(async (paths: readonly string[]) => {
      const { lintAction } = await import('../actions/lint.js');
      done.exit = await lintAction(paths, io, await loadEngine());
    });
}
