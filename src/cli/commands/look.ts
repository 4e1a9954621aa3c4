import type { Command } from 'commander';
import { collected, connectionOptions, selectionOptions } from '../options/flags.js';
import type { ConnectionFlags, ListFlags, PlanFlags } from '../options/flags.js';
import type { Context } from './context.js';

/** Commands that show what there is, without judging anything. */
export function lookCommands(program: Command, { io, loadEngine, done }: Context): void {
  program.commandsGroup('Look:');
  const facts = program
    .command('facts [url]')
    .description('show what a server offers, without running a check')
    .option('--json', 'print JSON')
    .action(async (url: string | undefined, flags: ConnectionFlags) => {
      const { factsAction } = await import('../actions/facts.js');
      done.exit = await factsAction(url, flags, io, await loadEngine());
    });
  connectionOptions(facts);
  const plan = program
    .command('plan [url]')
    .description('show which checks would run on a server, and why the others would not')
    .option('--footprint', 'show how many requests, sessions and streams the run would take')
    .option('--json', 'print JSON')
    .action(async (url: string | undefined, flags: PlanFlags & ConnectionFlags) => {
      const { planAction } = await import('../actions/plan.js');
      done.exit = await planAction(url, flags, io, await loadEngine());
    });
  connectionOptions(selectionOptions(plan));
  const list = program
    .command('list')
    .description('list the checks')
    .option('--json', 'print JSON')
    .option(
      '--requirements',
      'list the statements of the specification instead, with the checks that examine each',
    )
    .action(async (flags: ListFlags) => {
      const { listAction } = await import('../actions/list.js');
      await listAction(flags, io, await loadEngine());
    });
  selectionOptions(list);
  program
    .command('explain <check>')
    .description('show what a check demands, what it does, and which defects it finds')
    .option('--suite <path>', 'a suite of yours that has the check', collected, [])
    .action(async (id: string, { suite }: { readonly suite: readonly string[] }) => {
      const { explainAction } = await import('../actions/explain.js');
      await explainAction(id, suite, io, await loadEngine());
    });
}
