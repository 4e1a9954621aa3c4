import { existsSync } from 'node:fs';
import { normalize } from 'node:path';
import { suggestion } from '../../load/schema/nearest.js';
import type { Suite } from '../../model/suite.js';
import { Mistake } from '../mistake.js';
import type { Engine } from '../ports.js';
import { examinedIn } from './select.js';

/** What else is said of suites: paths of `--only`, and paths of a description. */
interface OtherSuites {
  readonly only?: readonly string[];
  readonly described?: readonly string[] | undefined;
}

/** The suites that are meant: names narrow the built-in ones down, paths add the user's own beside them, or stand alone. */
export async function chosenSuites(
  words: readonly string[],
  engine: Engine,
  { only = [], described = [] }: OtherSuites = {},
): Promise<readonly Suite[]> {
  const builtIn = engine.builtIn();
  const known = builtIn.map(({ suite }) => suite);
  if (only.length > 0) {
    if (words.length > 0) throw new Mistake('--only leaves out all other suites; keep it, or --suite');
    refuseMissing('--only', only, []);
    return ownSuites(only, builtIn, engine);
  }
  const names = words.filter((word) => known.includes(word));
  const paths = words.filter((word) => !known.includes(word));
  refuseMissing('--suite', paths, known);
  const own = await ownSuites([...paths, ...described], builtIn, engine);
  return [...(names.length > 0 ? builtIn.filter(({ suite }) => names.includes(suite)) : builtIn), ...own];
}

function refuseMissing(flag: string, paths: readonly string[], known: readonly string[]): void {
  const missing = paths.find((path) => !existsSync(path));
  if (missing === undefined) return;
  const what = known.length > 0 ? 'neither a built-in suite nor a file' : 'no file and no folder';
  throw new Mistake(`${flag} ${missing} is ${what}${suggestion(missing, known)}`);
}

/** A file that is named twice is read once. */
async function ownSuites(
  paths: readonly string[],
  builtIn: readonly Suite[],
  engine: Engine,
): Promise<readonly Suite[]> {
  if (paths.length === 0) return [];
  const own = await readSuites([...new Set(paths.map((path) => normalize(path)))], engine);
  refuseTaken(own, builtIn);
  return own;
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
