import { analysers } from '../id-analysis/analyses.js';
import { execute } from '../execute/execute.js';
import type { ExecutorDeps } from '../execute/check-run.js';
import { createPlaces } from '../execute/places.js';
import { createSessions } from '../execute/sessions.js';
import { createHeads } from '../execute/heads.js';
import { createSilences } from '../execute/silences.js';
import { meets } from '../judge/meets.js';
import type { Facts } from '../model/facts.js';
import type { Check } from '../model/suite.js';
import type { Exchange, Transcript } from '../model/transcript.js';
import { sampleFacts } from './sample.js';
import { fakeCarrier, type FakeCarrier, type Target } from './fake-carrier.js';

/** What the executor is given, on a carrier without sockets. Its clock is the global one, which the tests let leap. */
export function depsOf(carrier: FakeCarrier, changes: Partial<ExecutorDeps> = {}): ExecutorDeps {
  let actors = 0;
  return {
    nodes: [{ carrier, address: { kind: 'http', url: new URL('http://target.test/mcp') } }],
    clock: {
      nowMs: () => performance.now(),
      wallMs: () => Date.now(),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    },
    meets,
    analyse: async (name, ids) => analysers[name](ids, { nowMs: Date.now() }),
    timeScale: 1,
    seed: 7,
    headersOf: () => [],
    secrets: [],
    idleTimeoutMs: 10,
    showIds: false,
    sessions: createSessions(),
    silences: createSilences(),
    heads: createHeads(),
    places: createPlaces(),
    signal: new AbortController().signal,
    turn: () => Promise.resolve(undefined),
    actorNumber: () => (actors += 1),
    lost: () => undefined,
    ...changes,
  };
}

export interface Executed {
  readonly transcript: Transcript;
  readonly exchanges: readonly Exchange[];
  readonly carrier: FakeCarrier;
}

/** Drives a check against a scripted target. */
export async function executed(
  check: Check,
  target: Target,
  { facts = sampleFacts, ...changes }: Partial<ExecutorDeps> & { readonly facts?: Facts } = {},
): Promise<Executed> {
  const carrier = fakeCarrier(target);
  const transcript = await execute(check, facts, depsOf(carrier, changes));
  return { transcript, exchanges: transcript.entries.filter((entry) => entry.kind === 'exchange'), carrier };
}
