import type { RawStep, RawStepByKind } from '../../model/raw-suite.js';
import { kindNames } from '../../model/steps/index.js';

/** The keys that say what a step is. */
export const stepKinds: readonly (keyof RawStepByKind)[] = [...kindNames, 'use'];

/** The step seen as one of `kind`, or undefined where it is another one. */
export function ifKind<K extends keyof RawStepByKind>(kind: K, raw: RawStep): RawStepByKind[K] | undefined {
  return isKind(kind, raw) ? raw : undefined;
}

function isKind<K extends keyof RawStepByKind>(kind: K, raw: RawStep): raw is RawStepByKind[K] {
  return Object.hasOwn(raw, kind);
}
