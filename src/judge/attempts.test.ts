// Helpers stand beside the tests that they serve.
/* oxlint-disable unicorn/consistent-function-scoping */
import { describe, expect, it } from 'vitest';
import type { Exchange, Transcript } from '../model/transcript.js';
import { builtIn, checkOf } from '../testing/check.js';
import {
  alive,
  body,
  empty,
  exchange,
  failure,
  opened,
  reset,
  result,
  silence,
  transcript,
} from '../testing/made.js';
import { isSteady, judge, triedNext } from './judge.js';

const facts = { needsMet: ['sessions', 'delete', 'get', 'echo'] } as const;
const { spec } = builtIn.profiles;
const check = checkOf(`
  - open: alice
  - { send: ping, judge: { status: 200, result: true }, reason: refused }
  - { send: ping, judge: { status: 200, result: true }, reason: refused }
`);

/** An attempt in which the two pings get these answers. */
const attempt = (first: Exchange['reply'], second: Exchange['reply'] = result({})): Transcript =>
  transcript([
    opened(),
    exchange('1', first, { afterwards: alive, afterwardsMs: 1 }),
    exchange('2', second, { afterwards: alive, afterwardsMs: 1 }),
  ]);
const notOpened = (reply: Exchange['reply']) =>
  exchange('0', reply, { asked: { kind: 'initialize', method: 'initialize', session: [] } });
const unopened = transcript([notOpened(empty(503))], { step: '0', because: 'setup' });
const served = attempt(result({}));

function attempts(...all: readonly Transcript[]): Transcript {
  const last = all.at(-1);
  if (last === undefined) throw new Error('an attempt is needed');
  return all.length === 1 ? last : { ...last, earlier: all.slice(0, -1) };
}

function told(...all: readonly Transcript[]) {
  const seen = attempts(...all);
  const { verdict, message } = judge(check, seen, spec, facts);
  const { how: next, slow } = triedNext(check, seen, [spec], facts) ?? {};
  const reason = 'reason' in verdict ? verdict.reason : '';
  return {
    says: `${verdict.kind} ${reason}`.trim(),
    next,
    slow,
    message,
    steady: isSteady(check, seen, [spec], facts),
  };
}

describe('what a target did not do', () => {
  it.each([
    ['silence', silence, 'no-answer'],
    ['a drop', reset, 'dropped'],
    ['a server error', empty(500), 'server-error'],
    ['a refusal', failure(404), 'refused'],
  ])('counts if it shows alike each time: %s', (_, reply, reason) => {
    const one = attempt(reply);
    expect(told(one)).toMatchObject({ says: `fail ${reason}`, next: 'again' });
    expect(told(one, one)).toMatchObject({ says: `fail ${reason}`, next: 'alone', steady: true });
    expect(told(one, one, one)).toMatchObject({ says: `fail ${reason}`, next: undefined });
    expect(told(one, one, one).message).toContain('in each of 3 attempts');
  });

  it.each([
    ['it came another time', [attempt(silence), served]],
    ['another step failed', [attempt(silence), attempt(result({}), silence)]],
    ['the step failed in another way', [attempt(silence), attempt(reset)]],
    ['it came the third time', [attempt(silence), attempt(silence), served]],
    ['nothing could be told another time', [attempt(silence), unopened]],
    ['nothing could be told after two silences', [attempt(silence), attempt(silence), unopened]],
    [
      'nothing could be told after two refusals for load',
      [attempt(empty(503)), attempt(empty(503)), unopened],
    ],
  ])('is unstable where %s, and is asked no more', (_, all) => {
    expect(told(...all)).toMatchObject({ says: 'inconclusive unstable', next: undefined, steady: false });
    expect(told(...all).message).toMatch(/attempt 1: .* at step \d.*; attempt 2: .*--jobs 1, --time-scale 4/);
  });

  it('counts if two answers were alike, and the target was gone the third time', () => {
    const one = attempt(empty(500));
    expect(told(one, one, unopened)).toMatchObject({ says: 'fail server-error', next: undefined });
    expect(told(one, one, unopened).message).toContain('in each of 2 attempts');
  });

  it('is asked once more where it was answered, and the preparation failed the second time', () => {
    const one = attempt(failure(404));
    expect(told(one, unopened)).toMatchObject({ says: 'inconclusive unstable', next: 'alone' });
    expect(told(one, unopened, one)).toMatchObject({ says: 'fail refused', next: undefined });
    expect(told(one, unopened, served)).toMatchObject({ says: 'inconclusive unstable', next: undefined });
    expect(told(one, unopened, unopened)).toMatchObject({ says: 'inconclusive unstable', next: undefined });
  });

  it('gets no more time where a fresh client was answered at once meanwhile', () => {
    const waited = (afterwardsMs: number) =>
      transcript([
        opened(),
        exchange('1', silence, { afterwards: alive, afterwardsMs, startedMs: 0, settledMs: 2_000 }),
      ]);
    expect(told(waited(4), waited(4))).toMatchObject({ next: 'alone', slow: false });
    expect(told(waited(4), waited(900))).toMatchObject({ next: 'alone', slow: true });
  });

  it('that leaves a doubt is asked for twice, unless it may have come too late', () => {
    const unanswered = checkOf(`
      - open: alice
      - { send: ping, judge: [{ if: { answered: false }, then: unclear }, { if: { answered: true }, then: pass }] }
    `);
    const nextAfter = (afterwardsMs: number) => {
      const one = transcript([
        opened(),
        exchange('1', silence, { afterwards: alive, afterwardsMs, startedMs: 0, settledMs: 2_000 }),
      ]);
      return triedNext(unanswered, attempts(one, one), [spec], facts)?.how;
    };
    expect([nextAfter(4), nextAfter(900)]).toEqual([undefined, 'alone']);
  });

  it('names iterations of a repeated step, which have to agree', () => {
    const fine = ['0', '1', '2', '4'].map((i) => exchange(`1.do.0#${i}`, result({}), { group: 'all' }));
    const at = (step: string) =>
      transcript([opened(), exchange(step, empty(500), { group: 'all' }), ...fine]);
    const repeating = checkOf({
      steps: '- open: alice\n- repeat: 9\n  do:\n    - { send: ping, group: all, judge: { status: 200 } }',
      invariants: '- { holds: no-server-error, over: all }',
    });
    const verdictOf = (...steps: readonly string[]) => {
      const { verdict } = judge(repeating, attempts(...steps.map(at)), spec, facts);
      return 'reason' in verdict ? verdict.reason : verdict.kind;
    };
    expect(verdictOf('1.do.0#3', '1.do.0#3')).toBe('server-error');
    expect(verdictOf('1.do.0#3', '1.do.0#7')).toBe('unstable');
  });

  it('lets a proper refusal come at another iteration', () => {
    const at = (step: string) => transcript([opened(), exchange(step, empty(404))]);
    const repeating = checkOf(
      '- open: alice\n- repeat: 3\n  do:\n    - { send: ping, judge: { status: 200 }, reason: refused }',
    );
    const { verdict } = judge(repeating, attempts(at('1.do.0#0'), at('1.do.0#2')), spec, facts);
    expect(verdict).toMatchObject({ kind: 'fail', reason: 'refused' });
  });

  it('does not count where it could not be asked for again', () => {
    const { says, message } = told({ ...attempt(silence), once: 'budget' });
    expect([says, message]).toEqual(['inconclusive unstable', expect.stringContaining('--max-requests')]);
  });
});

const [A, B] = ['0123456789abcdef', 'fedcba9876543210'];

describe('what a target did', () => {
  const crossed = checkOf({
    steps: '- open: alice\n- { send: tools/call, nonce: true, group: all, judge: { answered: true } }',
    invariants: '- { holds: each-reply-matches-its-request, over: all, at-least: 1 }',
  });
  const nonced = (nonce: string, text: string, again?: Exchange['again']) =>
    exchange('1', body(200, text), { group: 'all', asked: { nonce }, ...(again && { again }) });
  const swapped = transcript([opened(), nonced(A, B), nonced(B, A)]);
  const kept = transcript([opened(), nonced(A, A), nonced(B, B)]);

  it('counts at once, and whatever came another time', () => {
    const verdictOf = (...all: readonly Transcript[]) =>
      judge(crossed, attempts(...all), spec, facts).verdict;
    expect(triedNext(crossed, swapped, [spec], facts)).toBeUndefined();
    expect(verdictOf(swapped)).toMatchObject({ kind: 'fail', reason: 'crossed-reply' });
    expect(verdictOf(swapped, kept)).toMatchObject({ kind: 'fail', reason: 'crossed-reply' });
    expect(verdictOf(kept, swapped)).toMatchObject({ kind: 'fail', reason: 'crossed-reply' });
  });

  it('is asked again where a request may have reached it twice', () => {
    const counting = checkOf('- open: alice\n- { send: ping, judge: { status: 200, contains: [one] } }');
    const wrong = (again?: Exchange['again']) =>
      transcript([opened(), exchange('1', result({ text: 'two' }), { ...(again && { again }) })]);
    expect(triedNext(counting, wrong(), [spec], facts)).toBeUndefined();
    expect(triedNext(counting, wrong([empty(429)]), [spec], facts)).toBeUndefined();
    expect(triedNext(counting, wrong([reset]), [spec], facts)?.how).toBe('again');
  });

  it('is not seen where no answer came, whatever the suite calls it', () => {
    const named = checkOf(
      '- open: alice\n- { send: ping, judge: { status: 200, session-id: absent-or-own }, reason: wrong-session }',
    );
    const seen = (reply: Exchange['reply']) => transcript([opened(), exchange('1', reply)]);
    expect(triedNext(named, seen(empty(502)), [spec], facts)?.how).toBe('again');
    expect(triedNext(named, seen(result({})), [spec], facts)).toBeUndefined();
  });
});

describe('requests that are under way together', () => {
  const overlapping = checkOf({
    steps: `
      - open: alice
      - parallel:
          - { send: ping, group: all }
          - { send: ping, group: all }`,
    invariants: '- { holds: every-request-is-answered, over: all, at-least: 2 }',
  });
  const without = (missing: number, apart = false) =>
    transcript([
      opened(),
      ...[0, 1].map((one) =>
        exchange(`1.${one}`, one === missing ? silence : result({}), {
          group: 'all',
          startedMs: apart ? one * 20 : 0,
          settledMs: apart ? one * 20 + 10 : 10,
          afterwards: alive,
          afterwardsMs: 1,
        }),
      ),
    ]);
  const verdictOf = (...all: readonly Transcript[]) =>
    judge(overlapping, attempts(...all), spec, facts).verdict;

  it('miss the same where any of them goes without an answer each time', () => {
    expect(verdictOf(without(0), without(1), without(0))).toMatchObject({
      kind: 'fail',
      reason: 'no-answer',
    });
    expect(verdictOf(without(0, true), without(1, true), without(0, true))).toMatchObject({
      kind: 'inconclusive',
      reason: 'unstable',
    });
  });
});

describe('a doubt', () => {
  it('is gone once another attempt decides', () => {
    expect(told(unopened)).toMatchObject({ says: 'inconclusive rate-limited', next: 'again' });
    expect(told(unopened, served)).toMatchObject({ says: 'pass', next: undefined });
  });

  it('that may pass is tried alone, any other stays', () => {
    const refused = transcript([notOpened(failure(403))], {
      step: '0',
      because: 'setup',
    });
    expect(told(unopened, unopened)).toMatchObject({ next: 'alone' });
    expect(told(refused, refused)).toMatchObject({ says: 'inconclusive setup-failed', next: undefined });
    expect(told(unopened, unopened, served)).toMatchObject({ says: 'pass' });
  });

  it('does not become a failure that showed but once', () => {
    expect(told(unopened, attempt(silence))).toMatchObject({
      says: 'inconclusive unstable',
      next: undefined,
    });
  });
});
