import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Catalogue } from './model/catalogue.js';

/**
 * The built-in suites, profiles and mutants. Reading YAML and compiling schemas takes longer than examining a local server, so the
 * build leaves the outcome beside the code; it is used only while the digest of the files it was made from is still theirs.
 */
export async function readCatalogue(): Promise<Catalogue> {
  const compiled = readCompiled();
  if (compiled?.digest === digestOfSources()) return compiled.catalogue;
  return (await import('./load/index.js')).loadCatalogue();
}

interface Compiled {
  readonly digest: string;
  readonly catalogue: Catalogue;
}

/** What the build writes to `catalogue.json` beside this module. */
export async function compileCatalogue(): Promise<string> {
  const { loadCatalogue } = await import('./load/index.js');
  const compiled: Compiled = { digest: digestOfSources(), catalogue: loadCatalogue() };
  return JSON.stringify(compiled);
}

export const compiledFile = fileURLToPath(new URL('catalogue.json', import.meta.url));

function readCompiled(): Compiled | undefined {
  try {
    // Only the build writes this file, from the types above.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return JSON.parse(readFileSync(compiledFile, 'utf8')) as Compiled;
  } catch {
    return undefined;
  }
}

const sourceFiles = ['../suites/', '../fixtures/mutants/', 'load/', 'model/steps/'];

function isSource(name: string): boolean {
  return /\.(ya?ml|json|js)$/.test(name);
}

/** Changes with every file that the catalogue is made from, and with the code that makes it. */
function digestOfSources(): string {
  const hash = createHash('sha256');
  for (const folder of sourceFiles.map((name) => new URL(name, import.meta.url))) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isSource);
    for (const file of files.toSorted()) hash.update(file).update(readFileSync(new URL(file, folder)));
  }
  return hash.digest('hex');
}
