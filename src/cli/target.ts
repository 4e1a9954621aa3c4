import { faultOfAddress } from '../load/address.js';
import { suggestion } from '../load/nearest.js';
import { Mistake } from './mistake.js';

/** The address of a target; anything that is none is said so before a socket opens. */
export function parseTarget(text: string): URL {
  const fault = faultOfAddress(text);
  if (fault !== undefined) throw new Mistake(`${JSON.stringify(text)} ${notCommand(text) ?? fault}`);
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw new Mistake(`credentials do not belong into the URL; pass --header 'Authorization: …'`);
  }
  url.hash = '';
  return url;
}

/** The first word of a command line may be a command that was mistyped. */
function notCommand(text: string): string | undefined {
  return /^[a-z]+$/.test(text)
    ? `is neither a command nor a URL${suggestion(text, [...commandNames, 'help'])}`
    : undefined;
}

/** Every command; `program.ts` adds one for each. */
export const commandNames = [
  'run',
  'demo',
  'list',
  'explain',
  'facts',
  'plan',
  'init',
  'lint',
  'judge',
  'selftest',
] as const;
