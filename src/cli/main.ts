import { CommanderError } from 'commander';
import type { ExitCode } from '../model/gate.js';
import type { Io } from './output/io.js';
import { Mistake } from './mistake.js';
import type { Engine } from './ports.js';
import { createProgram } from './program.js';
import { refuseStrangeCommand } from './options/target.js';
import { firstSteps } from './first-steps.js';

/** Runs one command line and gives its exit code. Never rejects. */
export async function main(
  argv: readonly string[],
  io: Io,
  loadEngine: () => Promise<Engine> = defaultEngine,
): Promise<ExitCode> {
  const done: { exit: ExitCode } = { exit: 0 };
  try {
    if (argv.length === 0) {
      io.err(firstSteps());
      // Not 0: a gate of which the arguments were lost must not be green.
      return 3;
    }
    refuseStrangeCommand(argv[0]);
    await createProgram({ io, loadEngine, done }).parseAsync(argv, { from: 'user' });
    return done.exit;
  } catch (error) {
    return explainError(error, io);
  }
}

async function defaultEngine(): Promise<Engine> {
  for (const load of stages) await load();
  return (await import('./engine.js')).createEngine();
}

/** One after the other: a module is a file, and those that are loaded at once are open at once. */
const stages: readonly (() => Promise<unknown>)[] = [
  () => import('../judge/judge.js'),
  () => import('../execute/execute.js'),
  () => import('../facts/discover.js'),
  () => import('../monitor/table.js'),
  () => import('../carriers/http/http.js'),
  () => import('../plan/plan.js'),
];

/** Writes one line to standard error, for any error. */
export function explainError(error: unknown, { err, env }: Pick<Io, 'err' | 'env'>): ExitCode {
  if (error instanceof Mistake) {
    err(`sessionspec: ${error.message}\n`);
    return error.exit;
  }
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    err(`sessionspec: ${sentence(error)}\n`);
    return 3;
  }
  if (error instanceof Error && 'code' in error && ownLimits.has(String(error.code))) {
    err(`sessionspec: ${error.message}; raise the limit (ulimit -n), or lower --burst and --jobs\n`);
    return 4;
  }
  const says = error instanceof Error ? error.message : String(error);
  err(`sessionspec: ${says.replaceAll(/\s*\n\s*/g, ' ')} (this is a bug in sessionspec)\n`);
  if (env['SESSIONSPEC_DEBUG'] && error instanceof Error) err(`${error.stack ?? ''}\n`);
  return 4;
}

/** The process, or the machine, has no file descriptor left. */
const ownLimits = new Set(['EMFILE', 'ENFILE']);

// Commander says what is wrong on one line and what may be meant on the next.
function sentence({ message, code }: CommanderError): string {
  const line = message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ');
  if (line.includes('Did you mean')) return line;
  return code === 'commander.help'
    ? 'name a command or a URL; see sessionspec --help'
    : `${line}; see sessionspec --help`;
}
