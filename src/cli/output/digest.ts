import { createHash } from 'node:crypto';
import type { Suite } from '../../model/suite.js';

/** Tells whether a suite says the same as when a run was recorded; comments and layout of its file do not count. */
export function suiteDigest(suite: Suite): string {
  return createHash('sha256').update(JSON.stringify(suite)).digest('hex');
}
