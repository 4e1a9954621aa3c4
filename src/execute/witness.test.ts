import { expect, it } from 'vitest';
import { leapingClock } from '../../fixtures/testing/clock.js';
import type { Witness } from '../model/witness.js';
import { builtIn, checkOf } from '../testing/check.js';
import { depsOf } from '../testing/deps.js';
import { fakeCarrier } from '../testing/fake-carrier.js';
import { sampleFacts } from '../testing/sample.js';
import { scripted, type Deviation } from '../testing/target.js';
import { attend } from './witness.js';

leapingClock();

const { steps } = checkOf(`
  - open: one
  - repeat: 3
    do:
      - { send: ping, observe: true }
  - { send: ping, judge: { status: 200 } }
`);
const witness: Witness = {
  id: 'witness.demo',
  title: 'A witness for the tests',
  needs: [],
  every: 1,
  before: steps.slice(0, 1),
  ...(steps[1]?.kind === 'repeat' && { beside: steps[1] }),
  after: steps.slice(2),
};

async function attended(rounds: number, deviate?: Deviation) {
  const server = scripted(deviate);
  const one = await attend(witness, sampleFacts, depsOf(fakeCarrier(server.target)));
  for (let i = 0; i < rounds; i += 1) one.beside();
  const transcript = await one.end();
  return { server, places: transcript.entries.map(({ step }) => step), transcript };
}

it('opens its session first, does a round for each check, and asks once more in the end', async () => {
  const { places, transcript } = await attended(2);
  expect(transcript.check).toBe('witness.demo');
  expect(places).toEqual(['0', '0.initialized', '1.do.0#0', '1.do.0#1', '2']);
});

it('does no more rounds than it may', async () => {
  const { places } = await attended(5);
  expect(places.filter((place) => place.startsWith('1.'))).toHaveLength(3);
});

it('ends its session', async () => {
  const { server } = await attended(0);
  expect(server.issued).toHaveLength(1);
  expect(server.alive.size).toBe(0);
});

it('goes on where it is refused, so that what came is seen', async () => {
  const { places } = await attended(1, ({ method }) =>
    method === 'ping' ? { kind: 'dropped', code: 'ECONNRESET', says: 'reset' } : undefined,
  );
  expect(places.at(-1)).toBe('2');
});

it.each(builtIn.witnesses.map((one) => [one.id, one] as const))(
  '%s says what it needs before it uses it, and demands nothing',
  async (_, one) => {
    const server = scripted();
    // Only what it needs is there.
    const state = { write: { method: 'ping' }, read: { method: 'ping' }, shows: 'marks' } as const;
    const probes = { plain: sampleFacts.probes.plain, ...(one.needs.includes('state') && { state }) };
    const facts = { ...sampleFacts, probes, needsMet: one.needs };
    const attending = await attend(one, facts, depsOf(fakeCarrier(server.target)));
    attending.beside();
    const { cut, entries } = await attending.end();
    expect(cut).toBeUndefined();
    expect(entries.length).toBeGreaterThan(2);
  },
);
