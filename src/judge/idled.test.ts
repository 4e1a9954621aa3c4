import { expect, it } from 'vitest';
import { builtIn, checkOf } from '../testing/check.js';
import { exchange, failure, opened, result, transcript } from '../testing/made.js';
import { judge } from './judge.js';

const steps = `
  - open: alice
  - { send: ping, judge: { status: 200, result: true }, reason: refused }
  - { send: ping, judge: { status: 200, result: true }, reason: refused }
`;
const facts = { needsMet: ['idle-timeout'] } as const;
const { spec } = builtIn.profiles;

/** Two pings of a session, refused, which was idle before the first or was not. */
function told(idle: boolean, pause = ''): string {
  const check = checkOf({ steps: `${steps}${pause}`, needs: '[idle-timeout]' });
  const first = exchange('1', failure(404), { asked: { ...(idle && { idle }) } });
  const seen = transcript([opened(), first, exchange('2', failure(404))]);
  const { verdict } = judge(check, seen, spec, facts);
  return 'reason' in verdict ? `${verdict.kind} ${verdict.reason}` : verdict.kind;
}

it('a session that idled as long as the target keeps one is refused by right, from then on', () => {
  expect(told(true)).toBe('inconclusive expired');
  expect(told(false)).toBe('fail refused');
});

it('a check that lets the time pass on purpose judges it, and one that means to be in time does not', () => {
  expect(told(true, '  - idle-timeouts: 1.6')).toBe('fail refused');
  expect(told(true, '  - idle-timeouts: 0.5')).toBe('inconclusive expired');
});

it('what is served is judged as ever', () => {
  const served = exchange('1', result({}), { asked: { idle: true } });
  const seen = transcript([opened(), served, exchange('2', result({}))]);
  expect(judge(checkOf(steps), seen, spec, facts).verdict.kind).toBe('pass');
});
