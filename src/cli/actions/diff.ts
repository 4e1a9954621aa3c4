import type { ExitCode } from '../../model/gate.js';
import { diffOf, exitOfDiff } from '../../report/compare/diff.js';
import { renderDiff } from '../../report/compare/diff-terminal.js';
import { choice } from '../options/choice.js';
import { chosenSuites } from '../options/suites.js';
import type { Io } from '../output/io.js';
import type { Engine } from '../ports.js';
import { readEither } from '../record/either.js';

export interface DiffFlags {
  readonly suite: readonly string[];
  readonly reporter: string;
  readonly verbose?: true;
}

/** What is new, fixed or other in the second of two reports. */
export async function diffAction(
  paths: readonly [string, string],
  { suite, reporter, verbose }: DiffFlags,
  { out, colors, columns }: Io,
  engine: Engine,
): Promise<ExitCode> {
  const format = choice('--reporter', reporter, ['terminal', 'json']);
  const suites = await chosenSuites(suite, engine);
  const before = await readEither(paths[0], suites, engine);
  const after = await readEither(paths[1], suites, engine);
  const diff = diffOf(before, after);
  out(
    format === 'json'
      ? `${JSON.stringify(diff, null, 2)}\n`
      : renderDiff(diff, [before, after], { colors, columns, verbose: verbose ?? false }),
  );
  return exitOfDiff(diff, after);
}
