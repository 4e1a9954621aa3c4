import type { Description, OwnMutant } from '../../model/description.js';
import type { ExitCode } from '../../model/gate.js';
import type { Run } from '../../model/report.js';
import { defaultsOver } from '../../model/run.js';
import { ownMutantRow, ownServerRow } from '../../prove/own.js';
import type { ProofRow } from '../../prove/prove.js';
import { summaryOf } from '../../prove/summary.js';
import { given } from '../../load/given.js';
import { idsMeant, suggestedName } from '../options/choice.js';
import { describedTarget } from '../options/description.js';
import { examinedIn } from '../options/select.js';
import { chosenSuites } from '../options/suites.js';
import type { Io } from '../output/io.js';
import { Mistake } from '../mistake.js';
import type { Engine } from '../ports.js';
import { parseAsked, withTarget } from '../process/with-target.js';
import { rowLine } from './row-line.js';

/** What shows that the checks of a user can fail. */
export interface OwnFlags {
  readonly suite: readonly string[];
  readonly config?: string;
  readonly server?: string;
  readonly mutant: readonly string[];
}

/** The checks of a user pass on the server that is right, and each fails on a server with a fault. */
export async function proveOwn(flags: OwnFlags, io: Io, engine: Engine): Promise<ExitCode> {
  const startedMs = performance.now();
  const target = await describedTarget(flags, io, engine);
  const paths = [...flags.suite, ...(target.suites ?? [])];
  if (paths.length === 0)
    throw new Mistake('name a suite of yours: --suite PATH, or `suites` in the file of --config');
  const suites = await chosenSuites([], engine, { only: paths });
  const checks = suites.flatMap((suite) => suite.checks);
  const monitors = suites.flatMap((suite) => suite.monitors);
  const known = suites.flatMap(examinedIn).map(({ id }) => id);
  const mutants = mutantsOf(flags, target, known);

  const examined = async (command: string | undefined): Promise<Run> => {
    const asked = parseAsked(
      addressOf(target),
      { ...noFlags, ...given({ server: command }) },
      target,
      io.env,
    );
    const { report, transcripts } = await withTarget(asked, io, (connect, signal) =>
      engine.run(
        { checks, monitors },
        { ...defaultsOver(connect.address.kind), ...given({ profile: target.profile }), ...connect, signal },
      ),
    );
    if (report.gate.exit === 130) throw new Mistake('interrupted', 130);
    // Of an end of the process a run always tells.
    const results = report.results.filter(({ id }) => known.includes(id));
    return { report: { ...report, results }, transcripts };
  };
  const rowOf = async (
    command: string | undefined,
    row: (run: Run, ms: number) => ProofRow,
    unstarted: (sentence: string) => ProofRow,
  ): Promise<ProofRow> => {
    const beganMs = performance.now();
    const shown = await examined(command).then(
      (run) => row(run, Math.round(performance.now() - beganMs)),
      (error: unknown) => {
        if (error instanceof Mistake && error.exit === 2) return unstarted(error.message);
        throw error;
      },
    );
    io.out(`${rowLine(shown, io)}\n`);
    return shown;
  };

  const name = 'your server';
  const rows = [
    await rowOf(
      flags.server,
      (run, ms) => ownServerRow(name, run, ms),
      (sentence) => unstartedRow('reference', name, sentence),
    ),
  ];
  for (const mutant of mutants)
    rows.push(
      await rowOf(
        mutant.server,
        (run, ms) => ownMutantRow(mutant, run, ms),
        (sentence) => unstartedRow('mutant', mutant.name, sentence),
      ),
    );
  const summary = summaryOf(rows, [...checks, ...monitors], performance.now() - startedMs);
  io.out(`\n${summary.lines.join('\n')}\n`);
  return summary.holds && summary.unproven.length === 0 ? 0 : 1;
}

const noFlags = { header: [], as: [], replica: [] };

function addressOf({ url }: Description): string {
  return url ?? 'http://127.0.0.1:{port}/mcp';
}

/** A name of a check that is none would never fail. */
function mutantsOf(
  { mutant: commands }: OwnFlags,
  { mutants: described = [] }: Description,
  known: readonly string[],
): readonly OwnMutant[] {
  const mutants = [...described, ...commands.map((server) => ({ name: endOf(server), server }))];
  if (mutants.length === 0)
    throw new Mistake(
      'name a server with a fault: --mutant COMMAND, or `mutants` in the file of --config; a check that never failed shows nothing',
    );
  return mutants.map(({ name, server, kills }: OwnMutant) =>
    given({ name, server, kills: kills?.map((id) => meant(id, name, known)) }),
  );
}

/** What differs from one command to the next mostly stands at the end. */
function endOf(command: string): string {
  return command.length > nameMax ? `…${command.slice(1 - nameMax)}` : command;
}

const nameMax = 40;

function meant(id: string, mutant: string, known: readonly string[]): string {
  const [found, ...others] = idsMeant(id, known);
  if (found !== undefined && others.length === 0) return found;
  throw new Mistake(
    `mutant ${mutant} kills ${JSON.stringify(id)}, which is no check of yours${suggestedName(id, known)}`,
  );
}

function unstartedRow(group: 'reference' | 'mutant', name: string, sentence: string): ProofRow {
  return { group, name, expected: [], came: [], wrong: [sentence], ms: 0 };
}
