import { expect, test } from 'vitest';
import { told } from '../testing/history.js';
import { body, result } from '../testing/made.js';
import { sampleEvidence, sampleResult } from '../testing/sample.js';
import { excuseEvicted } from './evicted.js';

const gone = (status: number) =>
  body(status, '{"jsonrpc":"2.0","id":1,"error":{"code":-32001,"message":"gone"}}');

/** Five sessions, of which the latest three are served; what the first check saw of it is a failure. */
function excused(status: number) {
  const run = told();
  const names = ['a', 'b', 'c', 'd', 'e'];
  for (const [i, name] of names.entries()) run.open(name, i + 1);
  for (const name of ['c', 'd', 'e']) run.ask(name, result({}));
  for (const name of ['a', 'b', 'a', 'b']) run.ask(name, gone(status));
  const evidence = [{ ...sampleEvidence, entries: [3] }] as const;
  const failure = sampleResult(
    { kind: 'fail', reason: 'refused', evidence },
    { id: 'demo.a', suite: 'demo' },
  );
  const [one] = excuseEvicted([failure], run.transcripts());
  return one;
}

test('a session that made room for others and is told so by 404 is no matter of the check that had it', () => {
  expect(excused(404)).toMatchObject({
    verdict: 'not-applicable',
    reason: 'permitted',
    counts: false,
    message: expect.stringContaining('had ended this one for another'),
  });
});

test('one that is refused otherwise is', () => {
  expect(excused(400)).toMatchObject({ verdict: 'fail', reason: 'refused', counts: true });
});
