import type { Facts, Probe } from '../model/facts.js';
import { isProbe, type ProbeName } from '../model/probe.js';
import type { ExchangeStep } from '../model/suite.js';

interface Resolved {
  readonly probe: Probe;
  readonly shows?: 'number' | 'number-with-read' | 'marks';
  /** Each use carries a nonce of its own. */
  readonly nonced: boolean;
}

/** What a `send` step asks for: a method as it stands, or what the facts found for `probe.…`. */
export function resolveProbe(step: Extract<ExchangeStep, { kind: 'send' }>, { probes }: Facts): Resolved {
  const { method, params } = step;
  if (isProbe(method)) return resolvers[method](probes);
  return { probe: { method, ...(params !== undefined && { params }) }, nonced: false };
}

const resolvers: Readonly<Record<ProbeName, (probes: Facts['probes']) => Resolved>> = {
  'probe.plain': ({ plain }) => ({ probe: plain, nonced: false }),
  'probe.echo': ({ echo }) => ({ probe: found(echo), nonced: true }),
  'probe.identity': ({ identity }) => ({ probe: found(identity), nonced: false }),
  'probe.slow': ({ slow }) => ({ probe: found(slow), nonced: true }),
  'probe.notify': ({ notify }) => ({ probe: found(notify), nonced: true }),
  'probe.state.write': ({ state }) => {
    const { write, shows } = found(state);
    return { probe: write, nonced: true, shows };
  },
  'probe.state.read': ({ state }) => {
    const { read, shows } = found(state);
    return { probe: read, nonced: false, shows: shows === 'marks' ? shows : 'number-with-read' };
  },
  'probe.update.subscribe': ({ update }) => ({ probe: found(update).subscribe, nonced: false }),
  'probe.update.change': ({ update }) => ({ probe: found(update).change, nonced: false }),
};

/** A suite whose step does not need the fact is refused when it is loaded, and a step whose fact is missing is left out. */
function found<T>(probe: T | undefined): T {
  if (probe === undefined) throw new Error('a step uses a probe that the target does not have');
  return probe;
}
