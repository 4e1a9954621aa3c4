import type { CompanyStop } from '../model/company.js';
import type { Facts } from '../model/facts.js';

/** Whether one client may keep others out, as far as it is known. */
export function mayKeepOut({ severalClients, company }: Facts): boolean {
  return severalClients !== true && !(company?.stops !== undefined && lettingIn.has(company.stops));
}

/** Everybody is let in, and disturbs others. */
const lettingIn: ReadonlySet<CompanyStop> = new Set<CompanyStop>(['revision', 'delete', 'messages']);
