import { describe, expect, it } from 'vitest';
import { kindNames, kindOf } from './steps/index.js';
import type { Common, Step } from './suite.js';
import { applies, total, walk, written } from './walk.js';

const at = (path: string, when: Common['when'] = []): Common => ({ path, when });
const pause = (path: string, when?: Common['when']): Step => ({
  kind: 'pause-ms',
  ...at(path, when),
  forMs: 1,
});
const steps: readonly Step[] = [
  pause('0'),
  {
    kind: 'parallel',
    ...at('1'),
    steps: [
      pause('1.0', ['state']),
      { kind: 'repeat', ...at('1.1'), times: 2, concurrency: 1, steps: [pause('1.1.do.0')] },
    ],
  },
  {
    kind: 'repeat',
    ...at('2', ['state']),
    times: 'burst',
    concurrency: 1,
    steps: [pause('2.do.0'), pause('2.do.1', ['slow'])],
  },
];

const paths = (needsMet?: Common['when']) => written(steps, needsMet && { needsMet }).map(({ path }) => path);

const visited = (needsMet: Common['when'], burst: number) => {
  const seen: string[] = [];
  walk(steps, { needsMet, burst }, ({ path }, i) => void seen.push(i === undefined ? path : `${path}#${i}`));
  return seen;
};

describe('the steps of a check', () => {
  it('are written in order, those within a group behind it', () => {
    expect(paths()).toEqual(['0', '1', '1.0', '1.1', '1.1.do.0', '2', '2.do.0', '2.do.1']);
  });

  it('are left out with all that is in them where a fact is missing', () => {
    expect(paths([])).toEqual(['0', '1', '1.1', '1.1.do.0']);
    expect(paths(['state'])).toEqual(['0', '1', '1.0', '1.1', '1.1.do.0', '2', '2.do.0']);
    expect(applies(at('0', ['state', 'slow']), { needsMet: ['state'] })).toBe(false);
  });

  it('are visited once for each iteration', () => {
    expect(visited([], 3)).toEqual(['0', '1', '1.1', '1.1.do.0#0', '1.1.do.0#1']);
    expect(visited(['state'], 2).slice(-3)).toEqual(['2', '2.do.0#0', '2.do.0#1']);
  });

  it('count as often as they are visited, however often that is', () => {
    const extent = { needsMet: ['state', 'slow'], burst: 3 } as const;
    expect(total(steps, extent, () => 1)).toBe(visited(extent.needsMet, extent.burst).length);
    expect(total(steps, { burst: 1e12 }, () => 1)).toBeGreaterThan(2e12);
  });
});

it('a pause asks nothing of a target, disturbs none and decides nothing', () => {
  const [step] = steps;
  if (step?.kind !== 'pause-ms') throw new Error('no pause');
  const entry = kindOf(step);
  expect(kindNames).toContain('pause-ms');
  expect([entry.cost(step), entry.isHarmless(step), entry.overlaps(step), entry.canFail(step)]).toEqual([
    { requests: 0 },
    true,
    false,
    false,
  ]);
  expect([entry.needs(step), entry.says(step)]).toEqual([undefined, 'waits 1 ms']);
});
