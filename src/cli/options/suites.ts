import { existsSync } from 'node:fs';
import { suggestion } from '../../load/schema/nearest.js';
import type { Suite } from '../../model/suite.js';
import { Mistake } from '../mistake.js';
import type { Engine } from '../ports.js';
import { examinedIn } from './select.js';

/** The suites that `--suite` means: names narrow the built-in ones down, paths add the user's own beside them. */
export async function chosenSuites(words: readonly string[], engine: Engine): Promise<readonly Suite[]> {
  const builtIn = engine.builtIn();
  const known = builtIn.map(({ suite }) => suite);
  const names = words.filter((word) => known.includes(word));
  const paths = words.filter((word) => !known.includes(word));
  for (const path of paths) {
    if (!existsSync(path))
      throw new Mistake(`--suite ${path} is neither a built-in suite nor a file${suggestion(path, known)}`);
  }
  const own = paths.length > 0 ? await readSuites(paths, engine) : [];
  refuseTaken(own, builtIn);
  return [...(names.length > 0 ? builtIn.filter(({ suite }) => names.includes(suite)) : builtIn), ...own];
}

// An id means one check, in every report and for ever.
export function refuseTaken(own: readonly Suite[], builtIn: readonly Suite[]): void {
  const taken = new Set(builtIn.flatMap((suite) => examinedIn(suite).map(({ id }) => id)));
  const twice = own.flatMap(examinedIn).find(({ id }) => taken.has(id));
  if (twice !== undefined)
    throw new Mistake(`the id ${twice.id} is taken by a built-in check; choose another in your suite`);
}

/** The user's suites, or everything that is wrong with them. */
async function readSuites(paths: readonly string[], engine: Engine): Promise<readonly Suite[]> {
  const { suites, problems } = await engine.read(paths);
  const [first, ...more] = problems;
  if (first === undefined) return suites;
  throw new Mistake([`a suite has mistakes`, first, ...more].join('\n'));
}
