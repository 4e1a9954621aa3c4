import { atUrl } from '../model/carrier.js';
import { expect, test, vi } from 'vitest';
import { defaultOptions } from '../model/run.js';
import { sampleFacts } from '../testing/sample.js';
import { createDeps } from './deps.js';
import { beginRun } from './session.js';

const loaded = vi.hoisted(() => ({ analyses: false }));
vi.mock('../id-analysis/analyses.js', (original) => {
  loaded.analyses = true;
  return original();
});

test('what analyses ids is loaded by the first analysis', async () => {
  const session = beginRun({ ...defaultOptions, address: atUrl(new URL('http://target.test/mcp')) });
  const { analyse } = createDeps(session, [sampleFacts]);
  expect(loaded.analyses).toBe(false);
  const found = await analyse('distinct', ['one', 'one'], { times: [], aheadMs: 0 });
  expect(found).toEqual({ distinct: false, repeated: 1 });
  expect(loaded.analyses).toBe(true);
});
