import { expect, test } from 'vitest';
import type { Incident } from '../model/incident.js';
import { judgeProcess } from './process-lives.js';

const exited = { kind: 'process-exited', request: 9, words: ['Error: boom'], suspects: ['demo.a'] } as const;
const during = { check: 'demo.a', step: '2', sent: 'POST ping' };

test('a process that ends by itself is a failure that shows harm, with its code and last words', () => {
  for (const how of [
    { code: 1, signal: null },
    { code: 0, signal: null },
    { code: null, signal: 'SIGSEGV' },
  ]) {
    const judgement = judgeProcess([{ ...exited, ...how, during }]);
    expect(judgement?.verdict).toMatchObject({ kind: 'fail', reason: 'process-ended', harm: true });
    expect(judgement?.message).toContain('POST ping, step 2 of demo.a');
    expect(judgement?.message).toContain('Error: boom');
  }
});

test('one that was ended from outside is a doubt, unless one check alone does it again', () => {
  for (const how of [
    { code: null, signal: 'SIGTERM' },
    { code: null, signal: 'SIGKILL' },
    { code: 143, signal: null },
  ]) {
    const once: Incident = { ...exited, ...how };
    expect(judgeProcess([once])?.verdict).toMatchObject({ kind: 'inconclusive', mayHarm: true });
    expect(judgeProcess([once, { ...once, alone: true }])?.verdict.kind).toBe('fail');
  }
});

test('the evidence begins with the check that had the target for itself', () => {
  const alone: Incident = { ...exited, code: 1, signal: null, alone: true, during };
  const verdict = judgeProcess([{ ...exited, code: 1, signal: null, suspects: ['demo.b'] }, alone])?.verdict;
  expect(verdict).toMatchObject({ evidence: [{ check: 'demo.a', step: '2' }, { step: '' }] });
});

test('a target that nobody reaches any more counts where its connections are refused, not where it is silent', () => {
  const silent: Incident = { kind: 'stopped-answering', request: 9, suspects: ['demo.a'] };
  expect(judgeProcess([silent])).toBeUndefined();
  expect(judgeProcess([{ ...silent, gone: true }])?.verdict.kind).toBe('fail');
  expect(judgeProcess([{ kind: 'not-restarted', request: 9, says: 'no' }])).toBeUndefined();
});
