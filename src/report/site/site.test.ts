import { expect, test } from 'vitest';
import type { Outcome, TargetRecord } from '../../model/fleet.js';
import { assembledRun, hostileTexts } from '../../testing/runs.js';
import type { Result } from '../../model/report.js';
import type { Verdict } from '../../model/verdict.js';
import { failed, leftOut, passed, sampleResult } from '../../testing/sample.js';
import { attribute, elementsIn, textOf } from '../html/testing/document.js';
import { recordOf } from '../record.js';
import { historyOf } from './history.js';
import { renderImplementation } from './implementation-page.js';
import { renderIndex } from './index-page.js';
import { byVersion, findingRows, type Member } from './matrix.js';

const recordOfResults = (...results: readonly Result[]) => recordOf('x', assembledRun(results).report);

const recordWith = (fails: boolean) =>
  recordOfResults(
    sampleResult(fails ? failed : passed, { id: 'a.one' }),
    sampleResult(passed, { id: 'a.two' }),
  );

/** A release in which one check came to this. */
const cameTo = (version: string, verdict: Verdict) =>
  member(`it-${version}`, version, {}, { record: recordOfResults(sampleResult(verdict, { id: 'a.one' })) });

function member(
  name: string,
  version: string,
  changes: Partial<Member['target']> = {},
  outcome?: Partial<Outcome>,
): Member {
  const target = {
    name,
    title: `About ${name}`,
    implementation: 'it',
    version,
    needs: [],
    unsteady: {},
    ...changes,
  };
  const examined = {
    target: name,
    digest: 'd',
    kind: 'examined',
    record: recordWith(version < '2'),
    tookMs: 1,
  } as const;
  return { target, outcome: Object.assign({}, examined, outcome), report: `reports/${name}.html` };
}

const otherwise: Verdict = failed.kind === 'fail' ? { ...failed, reason: 'server-error' } : failed;

const [old, newer] = [member('it-1.9.0', '1.9.0'), member('it-1.10.0', '1.10.0')];
const fixed = member('it-2.0.0', '2.0.0');
const broken = member('it-3', '3', {}, { kind: 'failed', at: 'build', says: 'no compiler' });

test('a finding is one row, and who has it not was examined or not', () => {
  const rows = findingRows([old, fixed, broken]);
  expect(rows).toMatchObject([{ id: 'a.one', cells: ['fail', 'pass', 'absent'] }]);
});

test('releases follow each other by their numbers, with what was fixed', () => {
  const sorted = [fixed, newer, old].toSorted(byVersion);
  expect(sorted.map(({ target }) => target.name)).toEqual(['it-1.9.0', 'it-1.10.0', 'it-2.0.0']);
  expect(historyOf(sorted)).toMatchObject([
    { version: '1.9.0', changes: [] },
    { version: '1.10.0', changes: [] },
    { version: '2.0.0', changes: [{ kind: 'fixed', finding: { id: 'a.one' } }] },
  ]);
  // What was not examined is no release without findings.
  expect(historyOf([old, broken])).toHaveLength(1);
});

const kindsOf = (...verdicts: readonly Verdict[]) =>
  historyOf(verdicts.map((verdict, at) => cameTo(String(at + 1), verdict))).map(({ changes }) =>
    changes.map(({ kind }) => kind),
  );

test('nothing is called fixed or new where its check was not judged', () => {
  expect(kindsOf(leftOut, failed, leftOut)).toEqual([[], ['unexamined-before'], ['unexamined-now']]);
  expect(kindsOf(failed, leftOut, passed)).toEqual([[], ['unexamined-now'], ['fixed']]);
  expect(kindsOf(passed, leftOut, failed)).toEqual([[], [], ['new']]);
  expect(kindsOf(failed, leftOut, failed)).toEqual([[], ['unexamined-now'], []]);
  expect(kindsOf(failed, otherwise)).toEqual([[], ['other']]);
});

test('what fails in another way was examined', () => {
  expect(findingRows([cameTo('1', failed), cameTo('2', otherwise)])).toMatchObject([
    { cells: ['fail', 'other'] },
    { cells: ['other', 'fail'] },
  ]);
});

test('the first page has a row for each target, also for one without a report', () => {
  const page = elementsIn(renderIndex('Ours', [old, fixed, broken]));
  const text = page.map(textOf).join(' ');
  expect(text).toContain('not built: no compiler');
  const links = page.filter(({ tagName }) => tagName === 'a').map((link) => attribute(link, 'href'));
  expect(links).toContain('implementations/it.html#it-1.9.0');
});

test('whatever a server, a subject or a note says stays text, and no page asks anybody for anything', () => {
  for (const text of [...hostileTexts, 'javascript:alert(1)']) {
    const hostileRecord: TargetRecord = {
      ...recordWith(true),
      server: { name: text, version: text },
      gate: { exit: 1, sentence: text },
      findings: recordWith(true).findings.map((finding) =>
        Object.assign({}, finding, { id: text, says: text, title: text, link: text }),
      ),
    };
    const one: Member = {
      ...member('name', '1', { title: text, source: text, language: text }),
      outcome: { target: 'name', digest: 'd', kind: 'examined', record: hostileRecord, tookMs: 1 },
      notes: text,
    };
    for (const html of [renderIndex(text, [one]), renderImplementation('it', [one])]) {
      const elements = elementsIn(html);
      const tags = new Set(elements.map(({ tagName }) => tagName));
      for (const tag of ['script', 'img', 'iframe', 'form', 'link', 'object'])
        expect(tags).not.toContain(tag);
      const hrefs = elements.flatMap((element) => attribute(element, 'href') ?? []);
      expect(hrefs.filter((href) => /^\s*(javascript|data|vbscript):/i.test(href))).toEqual([]);
    }
  }
});
