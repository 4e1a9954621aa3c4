import type { StepKind } from '../../model/suite.js';
import type { RawStepByKind, RawStep } from '../../model/raw-suite.js';

/** The keys that say what a step is. */
export const stepKinds = [
  'open',
  'send',
  'notify',
  'post',
  'listen',
  'delete',
  'raw',
  'parallel',
  'repeat',
  'await',
  'quiet',
  'idle-timeouts',
  'process',
  'close',
  'analyse',
  'use',
] as const satisfies readonly (StepKind | 'use')[];

/** The step seen as one of `kind`, or undefined where it is another one. */
export function ifKind<K extends keyof RawStepByKind>(kind: K, raw: RawStep): RawStepByKind[K] | undefined {
  return isKind(kind, raw) ? raw : undefined;
}

function isKind<K extends keyof RawStepByKind>(kind: K, raw: RawStep): raw is RawStepByKind[K] {
  return Object.hasOwn(raw, kind);
}
