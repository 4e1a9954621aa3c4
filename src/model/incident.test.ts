import { expect, test } from 'vitest';
import { describeIncident, incidentKinds, type Incident } from './incident.js';

const incidents: readonly Incident[] = [
  { kind: 'stopped-answering', request: 7, suspects: ['a.a', 'a.b', 'a.c', 'a.d'] },
  { kind: 'process-exited', request: 7, code: 3, signal: null, words: ['boom'], suspects: ['a.a'] },
  { kind: 'not-restarted', request: 7, says: 'nothing listens there' },
  { kind: 'limited', request: 7, by: '429' },
  { kind: 'too-long', request: 7, perSecond: 4.83, takesMs: 700_000, boundMs: 600_000 },
  { kind: 'authorization-demanded', request: 7 },
  { kind: 'redirected', request: 7, to: 'http://127.0.0.1/' },
];

test('each kind of incident is said in one clause, with its request', () => {
  expect(incidents.map(({ kind }) => kind)).toEqual(incidentKinds);
  const said = incidents.map(describeIncident);
  for (const clause of said) expect(clause).toContain('request 7');
  expect(said[0]).toContain('a.a, a.b, a.c …');
  expect(said[1]).toContain('exit code 3');
  expect(said[1]).toContain('it wrote: boom');
});

test('a process that said nothing and was killed by a signal', () => {
  const said = describeIncident({
    kind: 'process-exited',
    request: 1,
    code: null,
    signal: 'SIGSEGV',
    words: [],
    suspects: [],
  });
  expect(said).toContain('signal SIGSEGV');
  expect(said).toContain('it wrote nothing to standard error');
});
