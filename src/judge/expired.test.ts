import { expect, it } from 'vitest';
import type { Exchange } from '../model/transcript.js';
import type { Check } from '../model/suite.js';
import { checkOf } from '../testing/check.js';
import { exchange, failure, silence } from '../testing/made.js';
import { unlessExpired } from './expired.js';
import type { Rating } from './rating.js';

const hasty = checkOf('- open: alice\n- { send: ping, judge: { result: true }, reason: refused }');
const patient = checkOf({
  steps: '- open: alice\n- idle-timeouts: 1.6\n- { send: ping, judge: { result: true }, reason: refused }',
  needs: '[idle-timeout]',
});

const late = exchange('1', failure(404), { asked: { idle: true } });
const next = exchange('2', failure(404));

function ratingOf({ seq, step }: Exchange, reason: 'refused' | 'no-answer' = 'refused'): Rating {
  return { kind: 'fail', reason, evidence: { step, entries: [seq], sent: '', acceptable: '', came: '' } };
}

function kindOf(rating: Rating, check: Check = hasty, exchanges: readonly Exchange[] = [late, next]): string {
  const [only] = unlessExpired([rating], check, exchanges);
  return only?.kind === 'unclear' ? only.reason : (only?.kind ?? '');
}

it('doubts a refusal in a session that was idle for too long, then and later', () => {
  expect(kindOf(ratingOf(late))).toBe('may-have-expired');
  expect(kindOf(ratingOf(next))).toBe('may-have-expired');
});

it('doubts no refusal before, none of another session, and no silence', () => {
  const before = exchange('0', failure(404));
  expect(
    kindOf(ratingOf(before), hasty, [before, exchange('1', failure(404), { asked: { idle: true } })]),
  ).toBe('fail');
  const other = exchange('3', failure(404), { asked: { session: ['«session bob»'] } });
  expect(kindOf(ratingOf(other), hasty, [late, other])).toBe('fail');
  const silent = exchange('4', silence, { asked: { idle: true } });
  expect(kindOf(ratingOf(silent, 'no-answer'), hasty, [silent])).toBe('fail');
});

it('doubts nothing where the check lets the time pass on purpose', () => {
  expect(kindOf(ratingOf(late), patient)).toBe('fail');
});
