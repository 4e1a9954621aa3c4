import { describe, expect, it } from 'vitest';
import { leapingClock } from '../../fixtures/testing/clock.js';
import { needNames, type Need } from '../model/need.js';
import type { Check } from '../model/suite.js';
import { checkOf } from '../testing/check.js';
import { fakeCarrier } from '../testing/fake-carrier.js';
import { scripted } from '../testing/target.js';
import { discover, type Discovery } from './discover.js';
import { plainDiscovery } from '../testing/discovery.js';
import { disturbances } from './probe.js';
import { discoveryRequestsMax, probesInOrder, factsWanted } from './wanted.js';

const stepping = (steps: string) =>
  checkOf({
    needs: '[]',
    steps: `
  - open: alice
  ${steps}
  - { send: ping, judge: { status: 200 } }
`,
  });
const needing = (...needs: readonly Need[]): Check => ({
  ...stepping('- { send: ping, observe: true }'),
  needs,
});
const namesFor = (checks: readonly Check[]) =>
  [...factsWanted({ checks, revision: 'auto' }, 'legacy')].toSorted();

/** Known from the handshake, or from what the run was configured. */
const needsOfNoProbe: readonly Need[] = [
  'sessions',
  'no-sessions',
  'logging',
  'two-principals',
  'no-credentials',
  'idle-timeout',
  'replicas',
  'operator',

  // The handshake tells these, and the description of the target the last three.
  'data-sessions',
  'data-create',
  'data-list',
  'data-delete',
  'wg-sessions',
  'refusal-open',
  'refusal-error',
  'refusal-tool',
];

async function asked(
  checks: readonly Check[],
  revision: 'auto' | 'all' = 'auto',
): Promise<{ readonly found: Discovery; readonly sent: number; readonly open: number }> {
  const carrier = fakeCarrier(scripted().target);
  const found = await discover({ ...plainDiscovery, carrier, revision, checks });
  return { found, sent: carrier.arrived.length, open: carrier.open() };
}

leapingClock();

describe('the table of questions', () => {
  it('asks in the order of what each disturbs, and ends the session last', () => {
    const levels = probesInOrder.slice(0, -1).map(([, { disturbs }]) => disturbances.indexOf(disturbs));
    expect(levels).toEqual(levels.toSorted((a, b) => a - b));
    expect(probesInOrder.at(-1)?.[0]).toBe('delete');
  });

  it('names before each what it builds on', () => {
    const names = probesInOrder.map(([name]) => name);
    for (const [i, [, { after }]] of probesInOrder.entries())
      expect(names.slice(0, i)).toEqual(expect.arrayContaining([...after]));
  });

  it('has a question for each need', () => {
    const answered = new Set([...needsOfNoProbe, ...probesInOrder.flatMap(([, { answers }]) => answers)]);
    expect(needNames.filter((need) => !answered.has(need))).toEqual([]);
  });
});

describe('asked is only what the checks rest on', () => {
  it('which is little for one that needs nothing', () => {
    expect(namesFor([needing('sessions')])).toEqual(['delete', 'plain']);
  });

  it.each<[string, Check, readonly string[]]>([
    ['a need', needing('echo'), ['echo']],
    [
      'a need that builds on other questions',
      needing('push'),
      ['explore', 'get', 'identity', 'messages', 'notices', 'state', 'tools'],
    ],
    ['a probe', stepping('- { send: probe.plain, observe: true }'), ['without-id']],
    [
      'a step that is left out where a fact is missing',
      stepping('- { send: ping, observe: true, when: [get] }'),
      ['get'],
    ],
    [
      'a step within another',
      stepping('- { repeat: 2, do: [{ send: ping, observe: true, when: [get] }] }'),
      ['get'],
    ],
  ])('by %s', (_, check, more) => {
    expect(namesFor([check])).toEqual(['delete', 'plain', ...more].toSorted());
  });

  it('and whether clients disturb each other, where several checks run', () => {
    const several = ['affinity', 'clients', 'delete', 'plain', 'revisions', 'still-heard'];
    expect(namesFor([needing(), needing()])).toEqual(several);
    expect([...factsWanted({ checks: [needing()], revision: 'all' }, 'legacy')].toSorted()).toEqual(several);
  });

  it('and all of it where no checks are named', () => {
    expect(factsWanted({ revision: 'auto' }, 'legacy').size).toBe(probesInOrder.length);
  });
});

describe.each(['auto', 'all'] as const)('at revision %s', (revision) => {
  it.each(needNames)(
    'what was not asked for %s is absent, and no more is sent than was said',
    async (need) => {
      const checks = [needing(need)];
      const { found, sent, open } = await asked(checks, revision);
      expect(sent).toBeLessThanOrEqual(
        discoveryRequestsMax({ checks, revision, explore: false, other: undefined }),
      );
      expect(open).toBe(0);
      if (found.kind !== 'found') throw new Error(found.sentence);
      expect(found.facts).toHaveLength(revision === 'all' ? 3 : 1);
      const names = factsWanted({ checks, revision }, 'legacy');
      const sought = probesInOrder.flatMap(([name, { finds }]) => (names.has(name) ? finds : []));
      const absent = probesInOrder.flatMap(([, { finds }]) => finds.filter((one) => !sought.includes(one)));
      for (const facts of found.facts) {
        const there = new Set([
          ...Object.keys(facts),
          ...Object.keys(facts.probes).map((one) => `probes.${one}`),
        ]);
        expect(absent.filter((one) => there.has(one))).toEqual([]);
        expect(sought.filter((one) => !one.startsWith('probes.') && !there.has(one))).toEqual([]);
        expect([...names, ...(facts.notAsked ?? [])].toSorted()).toEqual(
          probesInOrder.map(([name]) => name).toSorted(),
        );
      }
    },
  );
});
