import { expect, test } from 'vitest';
import type { Incident } from '../model/incident.js';
import { body, reset, result } from '../testing/made.js';
import { seenBy, told } from '../testing/history.js';
import { historyOf } from './history.js';
import { liveIsServed } from './live.js';
import { processLives } from './process.js';

const exited = { kind: 'process-exited', request: 9, words: ['Error: boom'], suspects: ['demo.a'] } as const;
const during = { check: 'demo.a', step: '2', sent: 'POST ping' };

function observed(incidents: readonly Incident[], isProcessInSight = false) {
  const run = told();
  run.open('a', 1);
  return processLives.observe(historyOf(run.transcripts(), { incidents, isProcessInSight }));
}

test('a process that ends by itself is a failure, with its code, its last words and the request', () => {
  for (const how of [
    { code: 1, signal: null },
    { code: 0, signal: null },
    { code: null, signal: 'SIGSEGV' },
  ]) {
    const [bad] = observed([{ ...exited, ...how, during }]);
    expect(bad).toMatchObject({ kind: 'bad', reason: 'process-ended', at: { exchange: { step: '2' } } });
    expect(bad).toHaveProperty('says', expect.stringMatching(/POST ping, step 2 of demo\.a.*Error: boom/));
  }
});

test('one that was ended from outside is a doubt, unless one check alone does it again', () => {
  for (const how of [
    { code: null, signal: 'SIGTERM' },
    { code: null, signal: 'SIGKILL' },
    { code: 143, signal: null },
  ]) {
    const once: Incident = { ...exited, ...how };
    expect(observed([once])).toMatchObject([{ kind: 'unsure', reason: 'target-lost' }]);
    expect(observed([once, { ...once, alone: true }])[0]?.kind).toBe('bad');
  }
});

test('the end that came with one check alone stands first', () => {
  const alone: Incident = { ...exited, code: 1, signal: null, alone: true, during };
  const [first] = observed([{ ...exited, code: 1, signal: null, suspects: ['demo.b'] }, alone]);
  expect(first).toHaveProperty('says', expect.stringContaining('which had the target for itself'));
});

test('a target that nobody reaches any more counts where its connections are refused, not where it is silent', () => {
  const silent: Incident = { kind: 'stopped-answering', request: 9, suspects: ['demo.a'] };
  expect(observed([silent], true)).toEqual([]);
  expect(observed([{ ...silent, gone: true }])[0]?.kind).toBe('bad');
  expect(observed([{ kind: 'not-restarted', request: 9, says: 'no' }], true)).toEqual([]);
});

test('that it lives can be said where it is in sight', () => {
  expect(observed([], true).map(({ kind }) => kind)).toEqual(['good', 'good']);
  expect(observed([])).toEqual([]);
});

const gone = body(404, '{"jsonrpc":"2.0","id":1,"error":{"code":-32001,"message":"unknown session"}}');

/** Three sessions of three checks; a call of the first is cut off, and from then on none is known. */
function swept(survivor: boolean) {
  const run = told();
  for (const [i, who] of ['a', 'b', 'c', 'd'].entries()) run.open(who, i + 1);
  for (const who of ['a', 'b', 'c', 'd']) run.ask(who, result({}));
  for (const who of ['a', 'b']) run.ask(who, reset, { asked: { method: 'tools/call' } });
  for (const who of ['a', 'b', 'c', 'a', 'b', 'c']) run.ask(who, gone);
  run.ask('d', survivor ? result({}) : gone);
  return run;
}

test('sessions that are all lost at once are one failure, at the request that was cut off', () => {
  const { bad } = seenBy(processLives, swept(false));
  expect(bad).toEqual([
    'lost-at-once: all 4 sessions that were open were refused from then on, after this request of demo.a',
  ]);
  expect(seenBy(liveIsServed, swept(false)).bad).toEqual([]);
});

test('they are no matter of the process where one of them is served on', () => {
  expect(seenBy(processLives, swept(true)).bad).toEqual([]);
  expect(seenBy(liveIsServed, swept(true)).bad).not.toEqual([]);
});
