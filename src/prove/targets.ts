import type { Mutant } from '../model/catalogue.js';
import { atUrl } from '../model/carrier.js';
import type { Operator, Target } from '../model/run.js';
import type { Peer } from './prove.js';

/** Enough to be a burst; two hundred for each of these servers would be most of the proof's traffic. */
const burst = 40;

// Only what hangs is waited for, so patience costs little and keeps a busy machine from looking like a silent server.
export const timeScale = 2;

/** One server of that name, with a state of its own at each place. */
export function targetAt(
  origin: string,
  name: string,
  place: string,
  { operator, replicas }: Mutant['with'] = {},
): Target {
  const base = `${origin}/${name}/${place}`;
  return {
    address: atUrl(new URL(`${base}/mcp`)),
    ...(replicas && { replicas: [new URL(`${base}/other`)] }),
    ...(operator && { operator: operatorAt(base) }),
  };
}

/** A server of its own for discovery and for each check. */
export function addresses(
  origin: string,
  name: string,
  round: string,
  needs?: Mutant['with'],
): Peer['options'] {
  const targetOf = (place: string) => targetAt(origin, name, `${round}-${place}`, needs);
  return { ...targetOf('facts'), targetOf, timeScale, burst };
}

function operatorAt(base: string): Operator {
  const does = async (what: string) => (await fetch(`${base}/${what}`, { method: 'POST' })).text();
  return {
    stop: async () => {
      if ((await does('stop')) === 'true') return 'ended';
      await does('kill');
      return 'killed';
    },
    kill: async () => {
      await does('kill');
      return 'killed';
    },
    start: async () =>
      (await does('start')) === 'true' ? { answers: true } : { answers: false, says: 'it was not started' },
  };
}
