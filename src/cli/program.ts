import { Command } from 'commander';
import { version } from '../version.js';
import type { Context } from './commands/context.js';
import { baselineCommands } from './commands/baseline.js';
import { fleetCommands } from './commands/fleet.js';
import { itselfCommands } from './commands/itself.js';
import { judgeCommands } from './commands/judge.js';
import { lookCommands } from './commands/look.js';
import { runCommands } from './commands/run.js';
import { suiteCommands } from './commands/suites.js';

export function createProgram(context: Context): Command {
  const program = new Command('sessionspec')
    .description('Examines how an MCP server handles sessions, and shows with evidence whether it conforms.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: context.io.out, writeErr: () => undefined })
    // Defaults stand in the descriptions, in words.
    .configureHelp({ optionDescription: ({ description }) => description })
    .addHelpText('after', exits);
  for (const add of groups) add(program, context);
  return program;
}

/** By what people do, in the order of `--help`. */
const groups = [
  runCommands,
  lookCommands,
  judgeCommands,
  fleetCommands,
  baselineCommands,
  suiteCommands,
  itselfCommands,
];

const exits = `
Exit codes: 0 conformant, 1 not conformant, 2 undecided, 3 wrong usage or suite, 4 sessionspec failed, 130 interrupted.`;
