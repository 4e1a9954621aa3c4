import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gate, type RunContext } from './gate.js';
import { defaultPolicy, type Policy } from '../model/gate.js';
import type { StoppedAnswering } from '../model/incident.js';
import { levels, severities, severityOf, sources, type Level, type Weight } from '../model/level.js';
import type { Result } from '../model/report.js';
import type { Verdict } from '../model/verdict.js';
import { failed, leftOut, notRun, passed, sampleEvidence, sampleResult, unsure } from '../testing/sample.js';

type At = (policy: Policy) => Result;
const at =
  (verdict: Verdict, level: Level, id = `demo.${level}`): At =>
  (policy) =>
    sampleResult(verdict, { level, id, policy });
const weights: readonly Weight[] = sources.flatMap((source) => levels.map((level) => ({ level, source })));
const weighing =
  (verdict: Verdict, weight: Weight): At =>
  (policy) =>
    sampleResult(verdict, { ...weight, policy });
const stopped = (suspects: readonly string[]): StoppedAnswering => ({
  kind: 'stopped-answering',
  request: 9,
  suspects,
});
const policy = (changes: Partial<Policy> = {}): Policy => ({ ...defaultPolicy, ...changes });
const decided = (results: readonly At[], under: Policy, context?: RunContext) =>
  gate(
    results.map((result) => result(under)),
    under,
    context,
  );
const exitOf = (results: readonly At[], changes: Partial<Policy> = {}) =>
  decided(results, policy(changes)).exit;

describe('the gate', () => {
  it('is met when something was judged and nothing failed', () => {
    expect(decided([at(passed, 'MUST')], policy())).toEqual({
      exit: 0,
      sentence: 'conformant: 1 check judged',
      failed: [],
      undecided: [],
    });
    expect(exitOf([at(passed, 'MUST'), at(leftOut, 'MUST'), at(notRun, 'MUST')])).toBe(0);
  });

  it.each(weights)('counts a failure at $level of $source when --fail-on reaches it', (weight) => {
    const results = [at(passed, 'MUST'), weighing(failed, weight)];
    const reached = severities.slice(severities.indexOf(severityOf(weight)));
    expect(severities.filter((failOn) => exitOf(results, { failOn }) === 1)).toEqual(reached);
  });

  it('trips by default on MUST, on the demands of the brief and of a house, and on harm', () => {
    const tripping = weights.filter((weight) => exitOf([weighing(failed, weight)]) === 1);
    const expected = weights.filter(
      ({ level, source }) =>
        level === 'MUST' ||
        level === 'MUST NOT' ||
        (level === 'none' && (source === 'brief' || source === 'house')),
    );
    expect(tripping).toEqual(expected);
    const harmful: Verdict = { kind: 'fail', reason: 'shared-state', evidence: [sampleEvidence], harm: true };
    expect(weights.filter((weight) => exitOf([weighing(harmful, weight)]) !== 1)).toEqual([]);
  });

  it('says what to raise where a limit of ours left something undecided', () => {
    const short: Verdict = { kind: 'inconclusive', reason: 'own-limit', evidence: [sampleEvidence] };
    const { exit, sentence } = decided([at(passed, 'MUST'), at(short, 'MUST')], policy());
    expect([exit, sentence]).toEqual([4, expect.stringContaining('ulimit -n')]);
    expect(exitOf([at(failed, 'MUST'), at(short, 'MUST')])).toBe(1);
    expect(exitOf([at(passed, 'MUST'), at(short, 'MUST')], { inconclusive: 'warn' })).toBe(0);
  });

  it('says what did not come, and what may help', () => {
    const came = 'no answer: the target closed the connection before it answered';
    const silent = {
      kind: 'inconclusive',
      reason: 'setup-failed',
      evidence: [{ ...sampleEvidence, came }],
    } as const;
    expect(decided([at(passed, 'MUST'), at(silent, 'MUST', 'demo.doubt')], policy()).sentence).toBe(
      `undecided: 1 check inconclusive (demo.doubt: setup-failed, ${came}); --jobs 1, --time-scale 4, --max-rps or a lower --burst may help`,
    );
  });

  it('is undecided while a check that could show harm is inconclusive', () => {
    const doubtful: Verdict = { kind: 'inconclusive', reason: 'too-few', evidence: [], mayHarm: true };
    expect(exitOf([at(passed, 'MUST'), at(doubtful, 'none')])).toBe(2);
    expect(exitOf([at(passed, 'MUST'), at(unsure, 'none')])).toBe(0);
  });

  it('says how many failed below it', () => {
    const { exit, sentence } = decided(
      [at(failed, 'MAY'), at(failed, 'SHOULD'), at(passed, 'MUST')],
      policy(),
    );
    expect([exit, sentence]).toEqual([0, 'conformant: 3 checks judged; 2 failures not counted']);
  });

  it('names a few of the failed checks, each once', () => {
    const results = ['demo.a', 'demo.a', 'demo.b', 'demo.c', 'demo.d'].map((id) => at(failed, 'MUST', id));
    expect(decided(results, policy()).sentence).toBe(
      'not conformant: 4 checks failed (demo.a, demo.b, demo.c …)',
    );
  });

  it('is undecided while a check that could trip it is inconclusive', () => {
    const results = [at(passed, 'MUST'), at(unsure, 'MUST', 'demo.doubt')];
    expect(decided(results, policy())).toEqual({
      exit: 2,
      sentence: 'undecided: 1 check inconclusive (demo.doubt: control-failed)',
      failed: [],
      undecided: ['demo.doubt'],
    });
    expect(exitOf(results, { inconclusive: 'warn' })).toBe(0);
  });

  it('does not mind doubt about what could not trip it', () => {
    const results = [at(passed, 'MUST'), at(unsure, 'SHOULD')];
    expect(exitOf(results)).toBe(0);
    expect(exitOf(results, { failOn: 'should' })).toBe(2);
  });

  it('is undecided when too little was judged', () => {
    for (const none of [[], [at(leftOut, 'MUST')], [at(notRun, 'MUST')]]) {
      expect(decided(none, policy()).exit).toBe(2);
      expect(decided(none, policy()).sentence).toContain('0 checks judged, at least 1 needed');
    }
    expect(exitOf([at(passed, 'MUST')], { judgedMin: 2 })).toBe(2);
    expect(exitOf([at(passed, 'MUST'), at(failed, 'MAY')], { judgedMin: 2 })).toBe(0);
    expect(exitOf([], { judgedMin: 0 })).toBe(0);
  });

  it('prefers a proven failure to doubt', () => {
    expect(exitOf([at(failed, 'MUST'), at(unsure, 'MUST')])).toBe(1);
    expect(decided([at(failed, 'MUST')], policy({ judgedMin: 9 })).exit).toBe(1);
    expect(decided([at(failed, 'MUST')], policy(), { incidents: [stopped(['demo.a'])] }).exit).toBe(1);
  });

  it('is undecided when the target was lost', () => {
    const incidents = [stopped(['demo.a', 'demo.b'])];
    const unstarted: Verdict = { kind: 'not-run', reason: 'stopped' };
    expect(decided([at(passed, 'MUST'), at(unstarted, 'MUST')], policy(), { incidents })).toMatchObject({
      exit: 2,
      sentence:
        'undecided: the target stopped answering (under way: demo.a, demo.b); the rest was not run; if it is but slow, --jobs 1 --time-scale 4 helps',
    });
  });

  it('is undecided as well when it was started again, and all that ran then passed', () => {
    const incidents = [['demo.a', 'demo.b'], ['demo.b'], ['demo.c', 'demo.d']].map(stopped);
    expect(decided([at(passed, 'MUST')], policy(), { incidents })).toMatchObject({
      exit: 2,
      sentence:
        'undecided: the target stopped answering 3 times (under way: demo.b, demo.a, demo.c …); if it is but slow, --jobs 1 --time-scale 4 helps',
    });
  });

  it('is undecided when the request budget kept a check that counts from running', () => {
    const skipped: Verdict = { kind: 'not-run', reason: 'budget' };
    expect(decided([at(passed, 'MUST'), at(skipped, 'MUST')], policy())).toMatchObject({
      exit: 2,
      sentence: 'undecided: no requests were left for 1 check (--max-requests)',
    });
    expect(exitOf([at(passed, 'MUST'), at(skipped, 'none')])).toBe(0);
    expect(exitOf([at(failed, 'MUST'), at(skipped, 'MUST')])).toBe(1);
  });

  it('is undecided when the run would have taken too long, and says what helps', () => {
    const skipped: Verdict = { kind: 'not-run', reason: 'too-long' };
    const slow = {
      kind: 'too-long',
      request: 90,
      perSecond: 4.83,
      takesMs: 700_000,
      boundMs: 600_000,
    } as const;
    const results = [at(passed, 'MUST'), at(skipped, 'MUST')];
    const incidents = [{ ...slow, coreMs: 80_000 }];
    expect(decided(results, policy(), { incidents })).toMatchObject({
      exit: 2,
      sentence:
        'undecided: at request 90 the run would take 12 min in all, by 4.8 requests a second, which is the pace of the target, and it may take 10 min; 1 check not run: --max-minutes 14 or --max-rps 4.8 lets the run take its time; --tag core takes 80 s; --suite and --check choose less',
    });
    expect(decided([at(failed, 'MUST'), ...results], policy(), { incidents: [slow] })).toMatchObject({
      exit: 1,
      sentence: expect.stringContaining('the run would take 12 min'),
    });
    expect(decided([at(passed, 'MUST')], policy(), { incidents: [slow] }).exit).toBe(0);
  });

  it('says 130 for every interrupted run', () => {
    for (const results of [[], [at(passed, 'MUST')], [at(failed, 'MUST')]])
      expect(decided(results, policy(), { interrupted: true }).exit).toBe(130);
    expect(decided([at(passed, 'MUST')], policy(), { interrupted: true }).sentence).toMatch(
      /^interrupted: 1 /,
    );
  });
});

const anyResult = fc
  .tuple(fc.constantFrom(passed, failed, unsure, leftOut, notRun), fc.constantFrom(...levels))
  .map(([verdict, level]) => ({ verdict, level, result: at(verdict, level) }));

it('never calls a target conformant that failed at a level which counts, nor one that nothing was judged of', () => {
  fc.assert(
    fc.property(fc.array(anyResult, { maxLength: 6 }), fc.constantFrom(...severities), (results, failOn) => {
      const counts = ({ level }: { readonly level: Level }) => exitOf([at(failed, level)], { failOn }) === 1;
      const judged = results.some(({ verdict: { kind } }) => kind === 'pass' || kind === 'fail');
      const bad = results.some(
        (one) => (one.verdict.kind === 'fail' || one.verdict.kind === 'inconclusive') && counts(one),
      );
      const exit = exitOf(
        results.map(({ result }) => result),
        { failOn },
      );
      expect(exit === 0).toBe(judged && !bad);
    }),
    { numRuns: 200 },
  );
});

it('names what failed and what is undecided, each once, and says of a part of the checks that it is one', () => {
  const selection = { selected: 2, of: 9, leftOut: [] };
  const results = [at(failed, 'MUST', 'demo.a'), at(failed, 'MUST', 'demo.a'), at(unsure, 'MUST', 'demo.b')];
  expect(decided(results, policy(), { selection })).toEqual({
    exit: 1,
    sentence: 'not conformant: 1 check failed (demo.a); 2 of 9 checks selected',
    failed: ['demo.a'],
    undecided: ['demo.b'],
  });
});
