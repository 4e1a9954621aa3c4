import type { Outcome, Poisoned, TargetRecord } from '../../model/fleet.js';

// Both are written by us, on this machine or on another; whether something is one is told by what the fleet builds on.

export function isOutcome(value: unknown): value is Outcome {
  if (!isFields(value) || typeof value['target'] !== 'string' || typeof value['digest'] !== 'string')
    return false;
  if (value['kind'] === 'examined') return isTargetRecord(value['record']);
  if (typeof value['says'] !== 'string') return false;
  return value['kind'] === 'skipped' || (value['kind'] === 'failed' && String(value['at']) in places);
}

const places: Readonly<Record<Poisoned['at'], true>> = { build: true, start: true, run: true, inside: true };

export function isTargetRecord(value: unknown): value is TargetRecord {
  return isFields(value) && value['format'] === 'sessionspec-record/1';
}

export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
