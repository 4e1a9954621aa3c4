import { expect, it } from 'vitest';
import { leapingClock } from '../../fixtures/testing/clock.js';
import { checkOf } from '../testing/check.js';
import { depsOf } from '../testing/deps.js';
import { FakeStream, fakeCarrier } from '../testing/fake-carrier.js';
import { sampleFacts } from '../testing/sample.js';
import { scripted } from '../testing/target.js';
import { execute } from './execute.js';
import { createHeads } from './heads.js';

leapingClock();

it('a head is waited for twice as long as the slowest one took, within a bound', () => {
  const heads = createHeads();
  expect(heads.leastMs()).toBe(0);
  for (const tookMs of [1_800, 30]) heads.came(tookMs);
  expect(heads.leastMs()).toBe(3_600);
  heads.came(9_000);
  expect(heads.leastMs()).toBe(10_000);
});

it('a stream whose head is later than its deadline is opened where one was late before', async () => {
  const lateMs = [1_500, 2_500];
  const { target } = scripted(({ method }) =>
    method === 'GET'
      ? new Promise((resolve) => setTimeout(() => resolve(new FakeStream()), lateMs.shift()))
      : undefined,
  );
  const check = checkOf(`
    - open: alice
    - { listen: alice, name: first, observe: true }
    - { listen: alice, name: second, judge: { stream: true } }
  `);
  const { entries } = await execute(check, sampleFacts, depsOf(fakeCarrier(target)));
  const came = entries.flatMap((entry) =>
    entry.kind === 'exchange' && entry.asked.kind === 'get' ? [entry.reply.kind] : [],
  );
  expect(came).toEqual(['response', 'response']);
});
