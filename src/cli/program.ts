import { Command } from 'commander';
import type { ExitCode } from '../model/gate.js';
import { version } from '../version.js';
import {
  collected,
  connectionOptions,
  judgingOptions,
  outputOptions,
  runningOptions,
  selectionOptions,
} from './options/flags.js';
import type { ConnectionFlags, JudgeFlags, ListFlags, PlanFlags, RunFlags } from './options/flags.js';
import type { SelftestFlags } from './selftest/selftest.js';
import type { Io } from './output/io.js';
import type { Engine } from './ports.js';

/** What a command works with. Everything heavy is loaded by the action, so that help and mistakes are quick. */
export interface Context {
  readonly io: Io;
  readonly loadEngine: () => Promise<Engine>;
  readonly done: { exit: ExitCode };
}

export function createProgram(context: Context): Command {
  const { io } = context;
  const program = new Command('sessionspec')
    .description('Examines how an MCP server handles sessions, and says with evidence whether it conforms.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: () => undefined })
    // Defaults stand in the descriptions, in words.
    .configureHelp({ optionDescription: ({ description }) => description })
    .addHelpText('after', exits);
  addRun(program, context);
  addCatalogue(program, context);
  addInspection(program, context);
  addInit(program, context);
  addOffline(program, context);
  addSelftest(program, context);
  return program;
}

const exits = `
Exit codes: 0 conformant, 1 not conformant, 2 undecided, 3 wrong usage or suite, 4 sessionspec failed, 130 interrupted.`;

function addRun(program: Command, { io, loadEngine, done }: Context): void {
  const run = program
    .command('run [url]', { isDefault: true })
    .description('examine a server; `sessionspec <url>` is the same')
    .action(async (url: string | undefined, flags: RunFlags) => {
      const { runAction } = await import('./actions/run.js');
      done.exit = await runAction(url, flags, io, await loadEngine());
    });
  outputOptions(judgingOptions(runningOptions(connectionOptions(selectionOptions(run)))));
  program
    .command('demo')
    .description('examine the reference server and one with a defect, before your eyes')
    .action(async () => {
      const { demoAction } = await import('./actions/demo.js');
      done.exit = await demoAction(io, await loadEngine());
    });
}

function addSelftest(program: Command, { io, loadEngine, done }: Context): void {
  program
    .command('selftest')
    .description('examine sessionspec itself: servers with known defects, empty answers and attacks')
    .option('--mutants [name...]', 'only the reference and servers with a defect: all, or these')
    .option('--nulls', 'only servers that answer everything alike')
    .option('--hostile', 'only servers that attack')
    .option('--output <folder>', 'write proof.md here')
    .action(async (flags: SelftestFlags) => {
      const { selftestAction } = await import('./selftest/selftest.js');
      done.exit = await selftestAction(flags, io, await loadEngine());
    });
}

function addCatalogue(program: Command, { io, loadEngine }: Context): void {
  const list = program
    .command('list')
    .description('the checks')
    .option('--json', 'as JSON')
    .option('--requirements', 'the statements of the specification instead, and which checks examine them')
    .action(async (flags: ListFlags) => {
      const { listAction } = await import('./actions/list.js');
      await listAction(flags, io, await loadEngine());
    });
  selectionOptions(list);
  program
    .command('explain <check>')
    .description('what a check demands, what it does, and what it has caught')
    .option('--suite <path>', 'a suite of yours that has it', collected, [])
    .action(async (id: string, { suite }: { readonly suite: readonly string[] }) => {
      const { explainAction } = await import('./actions/explain.js');
      await explainAction(id, suite, io, await loadEngine());
    });
}

function addInspection(program: Command, { io, loadEngine, done }: Context): void {
  const facts = program
    .command('facts [url]')
    .description('what a server offers, as far as sessions go')
    .option('--json', 'as JSON')
    .action(async (url: string | undefined, flags: ConnectionFlags) => {
      const { factsAction } = await import('./actions/facts.js');
      done.exit = await factsAction(url, flags, io, await loadEngine());
    });
  connectionOptions(facts);
  const plan = program
    .command('plan [url]')
    .description('which checks would run on a server, and why others would not')
    .option('--footprint', 'what running them asks of the server')
    .option('--json', 'as JSON')
    .action(async (url: string | undefined, flags: PlanFlags & ConnectionFlags) => {
      const { planAction } = await import('./actions/plan.js');
      done.exit = await planAction(url, flags, io, await loadEngine());
    });
  connectionOptions(selectionOptions(plan));
}

function addInit(program: Command, { io, loadEngine, done }: Context): void {
  const init = program
    .command('init [url]')
    .description('write a sessionspec.yaml that describes a server, with what is found out about it')
    .action(async (url: string | undefined, flags: ConnectionFlags) => {
      const { initAction } = await import('./actions/init.js');
      done.exit = await initAction(url, flags, io, await loadEngine());
    });
  connectionOptions(init);
}

function addOffline(program: Command, { io, loadEngine, done }: Context): void {
  program
    .command('lint <suite...>')
    .description('what is wrong with suites of yours')
    .action(async (paths: readonly string[]) => {
      const { lintAction } = await import('./actions/lint.js');
      done.exit = await lintAction(paths, io, await loadEngine());
    });
  const judge = program
    .command('judge <run.ndjson>')
    .description('judge a recorded run again, without the server')
    .option('--suite <path>', 'a suite of yours that was run', collected, [])
    .action(async (path: string, flags: JudgeFlags) => {
      const { judgeAction } = await import('./actions/judge.js');
      done.exit = await judgeAction(path, flags, io, await loadEngine());
    });
  outputOptions(judgingOptions(judge));
}
