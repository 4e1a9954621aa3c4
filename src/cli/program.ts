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

/** What a command works with. The action loads all that takes long, so that help and mistakes are quick. */
export interface Context {
  readonly io: Io;
  readonly loadEngine: () => Promise<Engine>;
  readonly done: { exit: ExitCode };
}

export function createProgram(context: Context): Command {
  const { io } = context;
  const program = new Command('sessionspec')
    .description('Examines how an MCP server handles sessions, and shows with evidence whether it conforms.')
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

const runExamples = `
Examples:
  sessionspec http://127.0.0.1:3000/mcp --tag core
  sessionspec 'http://127.0.0.1:{port}/mcp' --server 'node server.js --port {port}'
  sessionspec http://127.0.0.1:3000/mcp --reporter terminal,junit --output out
  sessionspec https://example.org/mcp --header 'Authorization: Bearer …' --read-only --max-rps 5`;

function addRun(program: Command, { io, loadEngine, done }: Context): void {
  const run = program
    .command('run [url]', { isDefault: true })
    .description('examine a server; `sessionspec <url>` does the same')
    .action(async (url: string | undefined, flags: RunFlags) => {
      const { runAction } = await import('./actions/run.js');
      done.exit = await runAction(url, flags, io, await loadEngine());
    });
  outputOptions(judgingOptions(runningOptions(connectionOptions(selectionOptions(run)))))
    .option('--show-ids', 'show session ids as they are')
    .addHelpText('after', runExamples);
  program
    .command('demo')
    .description('examine two servers that come with sessionspec: one conforms, one has a defect')
    .action(async () => {
      const { demoAction } = await import('./actions/demo.js');
      done.exit = await demoAction(io, await loadEngine());
    });
}

function addSelftest(program: Command, { io, loadEngine, done }: Context): void {
  program
    .command('selftest')
    .description('test sessionspec itself: on servers with known defects, useless answers and attacks')
    .option('--mutants [name...]', 'only the reference and servers with a known defect: all, or these')
    .option('--alone', 'mutants only where each check has a server of its own')
    .option('--default-run', 'mutants only as users meet them: all checks on one server, with default flags')
    .option('--repeat <n>', 'how often each of these runs is made (default: 1)', '1')
    .option('--shard <i/n>', 'only the i-th of n parts of the mutants, so that processes share the work')
    .option(
      '--cases [name...]',
      'only small servers that were judged wrongly once: all, or these; `strangers` are those that strangers wrote',
    )
    .option('--nulls', 'only servers that give one answer to every request')
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
    .description('list the checks')
    .option('--json', 'print JSON')
    .option(
      '--requirements',
      'list the statements of the specification instead, with the checks that examine each',
    )
    .action(async (flags: ListFlags) => {
      const { listAction } = await import('./actions/list.js');
      await listAction(flags, io, await loadEngine());
    });
  selectionOptions(list);
  program
    .command('explain <check>')
    .description('show what a check demands, what it does, and which defects it finds')
    .option('--suite <path>', 'a suite of yours that has the check', collected, [])
    .action(async (id: string, { suite }: { readonly suite: readonly string[] }) => {
      const { explainAction } = await import('./actions/explain.js');
      await explainAction(id, suite, io, await loadEngine());
    });
}

function addInspection(program: Command, { io, loadEngine, done }: Context): void {
  const facts = program
    .command('facts [url]')
    .description('show what a server offers, without running a check')
    .option('--json', 'print JSON')
    .action(async (url: string | undefined, flags: ConnectionFlags) => {
      const { factsAction } = await import('./actions/facts.js');
      done.exit = await factsAction(url, flags, io, await loadEngine());
    });
  connectionOptions(facts);
  const plan = program
    .command('plan [url]')
    .description('show which checks would run on a server, and why the others would not')
    .option('--footprint', 'show how many requests, sessions and streams the run would take')
    .option('--json', 'print JSON')
    .action(async (url: string | undefined, flags: PlanFlags & ConnectionFlags) => {
      const { planAction } = await import('./actions/plan.js');
      done.exit = await planAction(url, flags, io, await loadEngine());
    });
  connectionOptions(selectionOptions(plan));
}

function addInit(program: Command, { io, loadEngine, done }: Context): void {
  const init = program
    .command('init [url]')
    .description('write a sessionspec.yaml that describes a server, filled in as far as it can be')
    .action(async (url: string | undefined, flags: ConnectionFlags) => {
      const { initAction } = await import('./actions/init.js');
      done.exit = await initAction(url, flags, io, await loadEngine());
    });
  connectionOptions(init);
}

function addOffline(program: Command, { io, loadEngine, done }: Context): void {
  program
    .command('lint <suite...>')
    .description('show the mistakes in suites of yours')
    .action(async (paths: readonly string[]) => {
      const { lintAction } = await import('./actions/lint.js');
      done.exit = await lintAction(paths, io, await loadEngine());
    });
  const judge = program
    .command('judge <run.ndjson>')
    .description('judge a recorded run again, without the server')
    .option('--suite <path>', 'a suite of yours that was part of the run', collected, [])
    .action(async (path: string, flags: JudgeFlags) => {
      const { judgeAction } = await import('./actions/judge.js');
      done.exit = await judgeAction(path, flags, io, await loadEngine());
    });
  outputOptions(judgingOptions(judge));
}
