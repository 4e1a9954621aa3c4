import type { Facts, Probe } from '../model/facts.js';
import type { ExchangeStep } from '../model/suite.js';

interface Resolved {
  readonly probe: Probe;
  readonly shows?: 'number' | 'number-with-read' | 'marks';
  /** Each use carries a nonce of its own. */
  readonly nonced: boolean;
}

/** What a `send` step asks for: a method as it stands, or what the facts found for `probe.…`. */
export function resolveProbe(step: Extract<ExchangeStep, { kind: 'send' }>, { probes }: Facts): Resolved {
  switch (step.method) {
    case 'probe.plain':
      return { probe: probes.plain, nonced: false };
    case 'probe.echo':
      return { probe: probes.echo ?? probes.plain, nonced: true };
    case 'probe.identity':
      return { probe: probes.identity ?? probes.plain, nonced: false };
    case 'probe.notify':
      return { probe: probes.notify ?? probes.plain, nonced: true };
    case 'probe.update.subscribe':
      return { probe: probes.update?.subscribe ?? probes.plain, nonced: false };
    case 'probe.update.change':
      return { probe: probes.update?.change ?? probes.plain, nonced: false };
    case 'probe.slow':
      return { probe: probes.slow ?? probes.plain, nonced: true };
    case 'probe.state.write':
      return {
        probe: probes.state?.write ?? probes.plain,
        nonced: true,
        ...(probes.state && { shows: probes.state.shows }),
      };
    case 'probe.state.read':
      return {
        probe: probes.state?.read ?? probes.plain,
        nonced: false,
        shows: probes.state?.shows === 'marks' ? 'marks' : 'number-with-read',
      };
    default:
      return {
        probe: { method: step.method, ...(step.params !== undefined && { params: step.params }) },
        nonced: false,
      };
  }
}
