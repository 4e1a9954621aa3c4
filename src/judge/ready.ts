import type { Check } from '../model/suite.js';
import { loadSchemas } from './json-schema.js';
import { loadPatterns } from './pattern.js';

/** Loads what these checks are judged by, while there are descriptors for it: a burst of sessions may take them all. */
export function loadJudging(checks: readonly Pick<Check, 'steps'>[]): void {
  const text = JSON.stringify(checks.map(({ steps }) => steps));
  if (/"(?:matches|pattern)":/.test(text)) loadPatterns();
  if (text.includes('"result":{')) loadSchemas();
}
