import { atUrl } from './model/carrier.js';
import { afterEach, expect, it } from 'vitest';
import { openReplicas, type Replicas, type ReplicasOptions } from '../fixtures/replicas/replicas.js';
import { readCatalogue } from './catalogue.js';
import { defaultOptions } from './model/run.js';
import { run } from './run/run.js';

let replicas: Replicas | undefined;
afterEach(async () => replicas?.close());

async function examined({ sticky = false, share = false }: Partial<ReplicasOptions>) {
  replicas = await openReplicas({ port: 0, sticky, share });
  const { suites, profiles } = await readCatalogue();
  const checks = suites
    .flatMap((suite) => suite.checks)
    .filter(({ id, tags }) => tags.includes('core') || id.startsWith('resilience.replica-'));
  const { report } = await run(
    { checks, profiles, proven: new Set() },
    {
      ...defaultOptions,
      timeScale: 5,
      address: atUrl(new URL(replicas.url)),
      replicas: replicas.nodes.slice(1).map((node) => new URL(node)),
    },
  );
  const named = (id: string) => report.results.find((result) => result.id === id)?.verdict;
  return {
    exit: report.gate.exit,
    affinity: report.facts[0]?.affinity,
    elsewhere: named('resilience.replica-serves'),
    ended: named('resilience.replica-delete'),
  };
}

const everybody = { served: 4, asked: 4 };

it('a balancer that keeps a session at its node makes two nodes one', async () => {
  expect(await examined({ sticky: true })).toMatchObject({ exit: 0, affinity: everybody });
});

it('nodes that share their sessions need no such balancer', async () => {
  expect(await examined({ share: true })).toEqual({
    exit: 0,
    affinity: everybody,
    elsewhere: 'pass',
    ended: 'pass',
  });
});

it('nodes that take turns and share nothing are told apart from a server that refuses', async () => {
  const { exit, affinity } = await examined({});
  expect(affinity).toEqual({ served: 2, asked: 4 });
  expect(exit).not.toBe(0);
});
