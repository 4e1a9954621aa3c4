import { faultOfAddress } from '../../load/target/values.js';
import { suggestion } from '../../load/schema/nearest.js';
import { Mistake } from '../mistake.js';

/** The address of a target. A fault is reported before a socket opens, with the flag that has it. */
export function parseTarget(text: string, flag?: string): URL {
  const fault = faultOfAddress(text);
  if (fault !== undefined)
    throw new Mistake(`${flag === undefined ? '' : `${flag} `}${JSON.stringify(text)} ${fault}`);
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw new Mistake(`${flag ?? 'the URL'} must not hold credentials; pass --header 'Authorization: …'`);
  }
  url.hash = '';
  return url;
}

/** The first word of a command line may be a command that was mistyped. */
export function refuseStrangeCommand(word: string | undefined): void {
  const known: readonly string[] = [...commandNames, 'help'];
  if (word === undefined || !/^[a-z]+$/.test(word) || known.includes(word)) return;
  throw new Mistake(`${JSON.stringify(word)} is neither a command nor a URL${suggestion(word, known)}`);
}

/** Every command; the files of `commands/` add one for each. */
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
  'show',
  'verify',
  'diff',
  'compare',
  'merge',
  'report',
  'baseline',
  'fleet',
  'worker',
  'selftest',
] as const;
