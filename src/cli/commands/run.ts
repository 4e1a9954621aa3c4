import type { Command } from 'commander';
import {
  baselineOptions,
  connectionOptions,
  judgingOptions,
  outputOptions,
  runningOptions,
  selectionOptions,
} from '../options/flags.js';
import type { InitFlags, RunFlags } from '../options/flags.js';
import type { Context } from './context.js';

const examples = `
Examples:
  sessionspec http://127.0.0.1:3000/mcp --tag core
  sessionspec 'http://127.0.0.1:{port}/mcp' --server 'node server.js --port {port}'
  sessionspec http://127.0.0.1:3000/mcp --reporter terminal,junit --output out
  sessionspec https://example.org/mcp --header 'Authorization: Bearer …' --read-only --max-rps 5`;

/** Commands that examine a server. */
export function runCommands(program: Command, { io, loadEngine, done }: Context): void {
  program.commandsGroup('Examine a server:');
  const run = program
    .command('run [url]', { isDefault: true })
    .description('examine a server; `sessionspec <url>` does the same')
    .action(async (url: string | undefined, flags: RunFlags) => {
      const { runAction } = await import('../actions/run.js');
      done.exit = await runAction(url, flags, io, await loadEngine());
    });
  outputOptions(baselineOptions(judgingOptions(runningOptions(connectionOptions(selectionOptions(run))))))
    .option('--show-ids', 'show session ids as they are')
    .addHelpText('after', examples);
  const init = program
    .command('init [url]')
    .description('write a sessionspec.yaml that describes a server, filled in as far as it can be')
    .option('--ci <where>', 'also write what runs it in CI: github or gitlab')
    .action(async (url: string | undefined, flags: InitFlags) => {
      const { initAction } = await import('../actions/init.js');
      done.exit = await initAction(url, flags, io, await loadEngine());
    });
  connectionOptions(init);
  program
    .command('demo')
    .description('examine two servers that come with sessionspec: one conforms, one has a defect')
    .action(async () => {
      const { demoAction } = await import('../actions/demo.js');
      done.exit = await demoAction(io, await loadEngine());
    });
}
