import { expect, test } from 'vitest';
import { sampleFacts } from '../../testing/sample.js';
import { shownFacts } from './facts.js';

const call = (name: string) => ({ method: 'tools/call', params: { name, arguments: {} } });

test('the tool that reads back what another writes is not said to be unused', () => {
  const probes = {
    plain: { method: 'ping' },
    state: { write: call('add'), read: call('get'), shows: 'number' as const },
    words: { write: call('append'), read: call('read'), shows: 'marks' as const },
  };
  const tools = ['add', 'get', 'append', 'read', 'other'];
  expect(new Map(shownFacts({ ...sampleFacts, tools, probes })).get('tools')).toBe(
    '5 listed; state: add; not used: other',
  );
});
