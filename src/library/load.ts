import { env as processEnv } from 'node:process';
import type { Baseline } from '../model/baseline.js';
import type { Description } from '../model/description.js';
import type { Diagnostic } from '../model/diagnostic.js';
import { profileNames } from '../model/profile.js';
import type { Suite } from '../model/suite.js';

/** What was read, or what is wrong with it: a file that has a diagnostic gives nothing else. */
interface Read {
  /** Shown as a compiler does by `renderDiagnostic`. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads suites of your own from files and folders. Never throws for what stands in a file. */
export async function loadSuites(
  paths: readonly string[],
): Promise<Read & { readonly suites: readonly Suite[] }> {
  const [load, { readCatalogue }] = await Promise.all([
    import('../load/index.js'),
    import('../catalogue.js'),
  ]);
  const { profiles } = await readCatalogue();
  return load.loadSuites(
    paths,
    profileNames.map((name) => profiles[name]),
  );
}

/**
 * Reads a `sessionspec.yaml`. `${NAME}` in a header field becomes the variable of `env`; those of the process if not given. Its `url` and
 * `server` may have `{port}` in them.
 */
export async function readDescription(
  path: string,
  env: Readonly<Record<string, string | undefined>> = processEnv,
): Promise<Read & { readonly description?: Description }> {
  const { loadTarget } = await import('../load/index.js');
  const { target, diagnostics } = loadTarget(path, env);
  return { ...(target && { description: target }), diagnostics };
}

/** Reads a baseline. */
export async function readBaseline(path: string): Promise<Read & { readonly baseline?: Baseline }> {
  const { loadBaseline } = await import('../load/index.js');
  return loadBaseline(path);
}
