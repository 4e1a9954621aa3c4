import type { Facts } from '../model/facts.js';
import type { Probe, StateProbe, UpdateProbe } from '../model/request.js';
import { keptIn } from '../model/kept.js';
import { isProbe, type ProbeName } from '../model/probe.js';
import type { HandleKind } from '../model/handle.js';
import type { ExchangeStep } from '../model/suite.js';
import { resolveHandle } from './handle-probes.js';
import type { Resolved } from './resolved.js';

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
  'probe.push': (probes) => asFound(found(probes.push), probes),
  'probe.wordless': (probes) => asFound(found(probes.wordless), probes),
  'probe.log': (probes) => asFound(found(probes.log), probes),
  'probe.ask': (probes) => asFound(found(probes.ask), probes),
  'probe.change': (probes) => asFound(found(probes.change), probes),
  'probe.input': ({ input }) => ({ probe: found(input), nonced: true }),
  'probe.mirrored': ({ mirrored }) => ({ probe: found(mirrored), nonced: true }),
  'probe.mirrored.absent': ({ mirrored }) => ({ probe: found(mirrored), nonced: true, mirrors: 'absent' }),
  'probe.mirrored.other': ({ mirrored }) => ({ probe: found(mirrored), nonced: true, mirrors: 'other' }),
  'probe.streamed': (probes) => asFound(found(probes.streamed), probes),
  'probe.subscribe': ({ subscribe }) => ({ probe: found(subscribe), nonced: false }),
  'probe.state.write': ({ state }) => writing(found(state)),
  'probe.state.read': ({ state }) => reading(found(state)),
  'probe.words.write': ({ words }) => writing(found(words)),
  'probe.words.read': ({ words }) => reading(found(words)),
  'probe.kept.write': (probes) => writing(found(keptIn(probes))),
  'probe.kept.read': (probes) => reading(found(keptIn(probes))),
  'probe.update.subscribe': ({ update }) => ({ probe: found(update).subscribe, nonced: false }),
  'probe.update.unsubscribe': ({ update }) => ({ probe: ending(found(update)), nonced: false }),
  'probe.update.change': (probes) => asFound(found(probes.update).change, probes),
  'probe.handle.create': ofHandle('probe.handle.create', 'handle'),
  'probe.handle.read': ofHandle('probe.handle.read', 'handle'),
  'probe.handle.write': ofHandle('probe.handle.write', 'handle'),
  'probe.handle.end': ofHandle('probe.handle.end', 'handle'),
  'probe.task.create': ofHandle('probe.task.create', 'task'),
  'probe.task.read': ofHandle('probe.task.read', 'task'),
  'probe.task.end': ofHandle('probe.task.end', 'task'),
  'probe.request-state.create': ofHandle('probe.request-state.create', 'request-state'),
  'probe.request-state.read': ofHandle('probe.request-state.read', 'request-state'),
  'probe.request-state.elsewhere': ofHandle('probe.request-state.elsewhere', 'request-state'),
  'probe.data.call': ({ data }) => ({ probe: found(data).call, nonced: true }),
  'probe.data.revoke': ({ data }) => ({ probe: found(data?.revoke), nonced: false }),
  'probe.data.renew': ({ data }) => ({ probe: found(data?.renew), nonced: false }),
};

function ofHandle(method: ProbeName, kind: HandleKind) {
  return (probes: Facts['probes']) => resolveHandle(method, found(probes[kind]));
}

/** Ends a subscription; what it names is what the subscription named. */
function ending({ subscribe }: UpdateProbe): Probe {
  return { ...subscribe, method: 'resources/unsubscribe' };
}

/** What writes or reads state does so whatever it is sent for. */
function asFound(probe: Probe, { state, words }: Facts['probes']): Resolved {
  const isSame = (other: Probe) => JSON.stringify(other) === JSON.stringify(probe);
  const pairs = [state, words].flatMap((pair) => (pair === undefined ? [] : [pair]));
  const written = pairs.find(({ write }) => isSame(write));
  if (written !== undefined) return writing(written);
  const read = pairs.find((pair) => isSame(pair.read));
  return read === undefined ? { probe, nonced: true } : reading(read);
}

function writing({ write, shows, count }: StateProbe): Resolved {
  return { probe: write, nonced: true, shows, ...(count && { count }), writes: true };
}

/** A counter that is read by the call that counts goes on with each reading. */
function reading({ write, read, shows, count, staleMs }: StateProbe): Resolved {
  const counts = shows === 'number' && JSON.stringify(read) === JSON.stringify(write);
  return {
    probe: read,
    nonced: false,
    shows: counts ? 'number-with-read' : shows,
    ...(count && { count }),
    ...(staleMs !== undefined && { staleMs }),
  };
}

/** A suite whose step does not need the fact is refused when it is loaded, and a step whose fact is missing is left out. */
function found<T>(probe: T | undefined): T {
  if (probe === undefined) throw new Error('a step uses a probe that the target does not have');
  return probe;
}
