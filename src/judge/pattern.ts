import { createRequire } from 'node:module';
import type { RE2JS } from 're2js';

const load = createRequire(import.meta.url);
const compiled = new Map<string, RE2JS>();

/**
 * Whether a pattern of a suite matches. Suites come from strangers and texts from targets, so the engine is one whose time grows with
 * the product of both lengths and no faster: it needs no clock, and the same pattern and text give the same answer on any machine.
 */
export function matches(pattern: string, text: string): boolean {
  return engineOf(pattern).test(text);
}

function engineOf(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const engine = loadPatterns();
  const fresh = engine.compile(engine.translateRegExp(pattern));
  compiled.set(pattern, fresh);
  return fresh;
}

/** Loaded where the first pattern is met: many checks have none. */
export function loadPatterns(): typeof RE2JS {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/consistent-type-imports
  return (load('re2js') as typeof import('re2js')).RE2JS;
}
