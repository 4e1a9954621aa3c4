import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { choice } from '../options/choice.js';
import { Mistake, reasonOf } from '../mistake.js';

export interface Written {
  /** From the folder where `init` is run. */
  readonly path: string;
  readonly text: string;
}

/** Where a CI looks for what it runs; the files of `ci/` are what it reads there. */
const places = {
  github: { path: '.github/workflows/sessions.yml', template: 'github.yml' },
  gitlab: { path: '.gitlab-ci.yml', template: 'gitlab.yml' },
} as const;

export const ciNames = ['github', 'gitlab'] as const satisfies readonly (keyof typeof places)[];

/** What runs sessionspec in a CI. */
export function recipeFor(name: string | undefined): Written | undefined {
  if (name === undefined) return undefined;
  const { path, template } = places[choice('--ci', name, ciNames)];
  return { path, text: readFileSync(new URL(`../../../ci/${template}`, import.meta.url), 'utf8') };
}

/** What the recipe needs of the folder and does not find: it installs by `npm ci`, and asks no registry for a program. */
export function missingFor({ path }: Written, folder: string): readonly string[] {
  const has = (file: string, text = '') =>
    existsSync(join(folder, file)) && readFileSync(join(folder, file), 'utf8').includes(text);
  if (!has('package.json', '"sessionspec"'))
    return [`${path} installs what package.json names: npm install --save-dev sessionspec`];
  return ['package-lock.json', 'npm-shrinkwrap.json'].some((file) => has(file))
    ? []
    : [`${path} installs by npm ci, which needs a package-lock.json: npm install writes it`];
}

/** Never overwrites. */
export function write(folder: string, { path, text }: Written): void {
  const whole = join(folder, path);
  try {
    if (dirname(path) !== '.') mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, text, { flag: 'wx' });
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST' && existsSync(whole);
    throw new Mistake(
      isTaken
        ? `${path} exists already; it was not changed`
        : `${path} cannot be written: ${reasonOf(error)}`,
    );
  }
}
