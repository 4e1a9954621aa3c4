import type { Need } from './facts.js';

/** The requests that discovery finds for a target, each with the fact that says that there is one. Any server answers the plain one. */
export const probeNeeds = {
  'probe.plain': undefined,
  'probe.echo': 'echo',
  'probe.identity': 'identity',
  'probe.slow': 'slow',
  'probe.notify': 'notify',
  'probe.state.write': 'state',
  'probe.state.read': 'state',
  'probe.update.subscribe': 'update',
  'probe.update.change': 'update',
} as const satisfies Readonly<Record<`probe.${string}`, Need | undefined>>;

export type ProbeName = keyof typeof probeNeeds;

export function isProbe(method: string): method is ProbeName {
  return Object.hasOwn(probeNeeds, method);
}
