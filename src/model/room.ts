import type { Facts } from './facts.js';

/** Fewer sessions than these may be refused for other causes than want of room. */
const heldMin = 4;

/**
 * How many sessions a check has to have open for a refusal of one more to be one for want of room: as many as discovery found room for,
 * where it met the bound.
 */
export function roomLeast({ company }: Pick<Facts, 'company'>): number {
  return company?.stops === 'number-refused' ? company.sessions : Math.max(heldMin, company?.sessions ?? 0);
}
