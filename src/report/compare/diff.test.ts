import { expect, test } from 'vitest';
import type { Report, Result } from '../../model/report.js';
import type { Verdict } from '../../model/verdict.js';
import {
  failed,
  leftOut,
  passed,
  plainOptions,
  sampleEvidence,
  sampleResult,
  sampleRun,
  unsure,
} from '../../testing/sample.js';
import { renderDiff } from './diff-terminal.js';
import { diffOf, exitOfDiff } from './diff.js';

const report = (results: readonly Result[], changes: Partial<Report> = {}): Report => ({
  ...sampleRun(results).report,
  ...changes,
});
const result = (id: string, verdict: Parameters<typeof sampleResult>[0], level: 'MUST' | 'SHOULD' = 'MUST') =>
  sampleResult(verdict, { id, level });
const other: Verdict = { kind: 'fail', reason: 'wrong-status', evidence: [sampleEvidence] };

const before = report([
  result('a.breaks', passed),
  result('a.mended', failed),
  result('a.other', failed),
  result('a.stays', failed),
  result('a.lost', passed),
  result('a.gone', passed),
  result('a.soft', passed, 'SHOULD'),
]);
const after = report([
  result('a.breaks', failed),
  result('a.mended', passed),
  result('a.other', other),
  result('a.stays', failed),
  result('a.lost', unsure),
  result('a.added', failed),
  result('a.soft', failed, 'SHOULD'),
]);
const ids = (changes: readonly { readonly id: string }[]) => changes.map(({ id }) => id);

test('each change is of one kind', () => {
  const diff = diffOf(before, after);
  expect({
    failing: ids(diff.failing),
    changed: ids(diff.changed),
    warned: ids(diff.warned),
    fixed: ids(diff.fixed),
    unjudged: ids(diff.unjudged),
    onlyBefore: ids(diff.onlyBefore),
    onlyAfter: ids(diff.onlyAfter),
    still: diff.still,
  }).toEqual({
    failing: ['a.breaks', 'a.added'],
    changed: ['a.other'],
    warned: ['a.soft'],
    fixed: ['a.mended'],
    unjudged: ['a.lost'],
    onlyBefore: ['a.gone'],
    onlyAfter: ['a.added'],
    still: 2,
  });
});

test('a failure that did not count and does now is new', () => {
  const soft = report([result('a.x', failed, 'SHOULD')]);
  const hard = report([result('a.x', failed, 'MUST')]);
  expect(ids(diffOf(soft, hard).failing)).toEqual(['a.x']);
  expect(diffOf(hard, soft)).toMatchObject({ failing: [], warned: [], fixed: [] });
});

test('a failure that is left out afterwards is not fixed', () => {
  const diff = diffOf(report([result('a.x', failed)]), report([result('a.x', leftOut)]));
  expect(diff).toMatchObject({ fixed: [], unjudged: [{ id: 'a.x' }] });
});

const exit = (first: Report, second: Report) => exitOfDiff(diffOf(first, second), second);

test('the exit says whether something new fails, and whether the second report decides anything', () => {
  expect(exit(before, after)).toBe(1);
  expect(exit(after, after)).toBe(0);
  expect(exit(after, report([result('a.breaks', passed)]))).toBe(0);
  const undecided = { ...before.gate, exit: 2 } as const;
  expect(exit(before, report([], { gate: undecided }))).toBe(2);
});

test('revisions are told apart where there are several', () => {
  const old = sampleResult(passed, { id: 'a.x', revision: '2025-03-26' });
  const two = { revisions: ['2025-11-25', '2025-03-26'] } as const;
  const diff = diffOf(
    report([result('a.x', passed), old], two),
    report(
      [result('a.x', passed), { ...old, ...sampleResult(failed, { id: 'a.x', revision: '2025-03-26' }) }],
      two,
    ),
  );
  expect(ids(diff.failing)).toEqual(['a.x @ 2025-03-26']);
});

const suites = (digest: string) => ({
  recording: 'a'.repeat(64),
  profiles: [],
  suites: [{ suite: 'reuse', digest }],
});

test('other terms are told, since a difference may come of them', () => {
  const first = report([], { provenance: suites('a') });
  const second = report([], {
    provenance: suites('b'),
    profile: 'interop',
    tool: { ...first.tool, version: '9.9.9' },
  });
  expect(diffOf(first, second).remarks).toEqual([
    'versions of sessionspec: 0.1.0, 9.9.9',
    'profiles: spec, interop',
    'suites that say something else: reuse',
  ]);
  expect(diffOf(first, first).remarks).toEqual([]);
});

test('the terminal shows what is new first, with what came, and no control character', () => {
  const hostile = '\u001b[2J';
  const bad = report([sampleResult(failed, { id: 'a.breaks', title: hostile })], {
    target: { url: 'http://x/', name: hostile },
  });
  const text = renderDiff(diffOf(before, bad), [before, bad], plainOptions);
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  const shown = renderDiff(diffOf(before, after), [before, after], plainOptions);
  expect(shown).toContain(
    'New failures (2)\n  a.breaks  A terminated id is refused\n    pass → fail (session-still-usable): 200 with a result',
  );
  expect(shown.indexOf('New failures')).toBeLessThan(shown.indexOf('Fixed (1)'));
  expect(shown).toContain('Only in the first (1)  a.gone');
  expect(shown).toMatch(
    /2 new failures, 1 fixed, 1 for another reason, 1 no longer judged, 2 still failing\n$/,
  );
});
