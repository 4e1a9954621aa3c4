import type { StepKind } from '../../model/suite.js';
import type { RawByKind, RawStep } from './raw.js';

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
export function ifKind<K extends keyof RawByKind>(kind: K, raw: RawStep): RawByKind[K] | undefined {
  return isKind(kind, raw) ? raw : undefined;
}

function isKind<K extends keyof RawByKind>(kind: K, raw: RawStep): raw is RawByKind[K] {
  return Object.hasOwn(raw, kind);
}
