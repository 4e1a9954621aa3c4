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

test('tools that were called stand beside those that were not, and why', () => {
  const leftOut = { 'the name reads like a deletion': ['drop'] };
  const rows = new Map(shownFacts({ ...sampleFacts, tools: ['add', 'drop', 'get'], leftOut }));
  expect([rows.get('called'), rows.get('not called')]).toEqual([
    'add, get',
    'drop (the name reads like a deletion)',
  ]);
});

test('what a probe makes up for each call is left out of its name', () => {
  const probes = { plain: { method: 'ping' }, echo: call('no_such_tool_${nonce}') };
  expect(new Map(shownFacts({ ...sampleFacts, probes })).get('probes')).toContain(
    'echo tools/call no_such_tool_…',
  );
});
