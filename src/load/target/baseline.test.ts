import { describe, expect, it } from 'vitest';
import { entryText } from '../../model/baseline.js';
import { renderDiagnostic } from '../yaml/render.js';
import { filesOf } from '../testing/lint.js';
import { loadBaseline } from './baseline.js';
import { loadTarget } from './target.js';

const load = (text: string, ids?: readonly string[]) =>
  loadBaseline('known.yaml', ids, filesOf({ 'known.yaml': text }));
const wrong = (text: string, ids?: readonly string[]) =>
  load(text, ids).diagnostics.map(({ line, column, message }) => `${line}:${column} ${message}`);
const terms = "verdict: fail, reason: served, note: 'issue 12', expires: 2027-03-01";
const entry = (fields: string) => `baseline:\n  - { ${fields} }\n`;

const described = (text: string) =>
  loadTarget('conf/it.yaml', {}, { ...filesOf({ 'conf/it.yaml': text }), read: () => text });

describe('a baseline', () => {
  it('has entries for findings and for checks', () => {
    const { baseline, diagnostics } = load(`
baseline:
  - finding: termination.request-after-delete
    verdict: fail
    reason: session-still-usable
    harm: true
    note: a cache keeps sessions for a minute
    expires: 2027-03-01
  - { check: reuse.own-id, ${terms}, revision: 2025-06-18, profile: interop }
`);
    expect(diagnostics).toEqual([]);
    expect(baseline).toEqual([
      {
        finding: 'termination.request-after-delete',
        verdict: 'fail',
        reason: 'session-still-usable',
        harm: true,
        note: 'a cache keeps sessions for a minute',
        expires: '2027-03-01',
      },
      {
        check: 'reuse.own-id',
        verdict: 'fail',
        reason: 'served',
        revision: '2025-06-18',
        profile: 'interop',
        note: 'issue 12',
        expires: '2027-03-01',
      },
    ]);
    expect(load('baseline: []\n').baseline).toEqual([]);
  });

  it.each([
    [entry(`finding: a.b, ${terms}, since: now`), ['2:91 unknown key `since`']],
    [entry(terms), ['2:5 an entry needs one of `finding` or `check`']],
    [entry(`finding: a.b, check: a.b, ${terms}`), ['2:21 an entry names a finding or a check, not both']],
    [
      entry(`check: a.b, ${terms.replace('fail', 'inconclusive')}`),
      ['2:28 `verdict` cannot be `inconclusive`; only `fail`'],
    ],
    [
      entry(`check: a.b, ${terms.replace('served', 'severd')}`),
      ['2:42 `reason` cannot be `severd`; did you mean `served`?'],
    ],
    [entry(`check: a.b, ${terms.replace("'issue 12'", "' '")}`), ['2:56 ` ` cannot stand here']],
    [entry(`check: a.b, ${terms.replace("note: 'issue 12', ", '')}`), ['2:5 an entry needs `note`']],
    [entry(`check: a.b, ${terms.replace(', expires: 2027-03-01', '')}`), ['2:5 an entry needs `expires`']],
    [
      entry(`check: a.b, ${terms.replace('2027-03-01', '2027-02-30')}`),
      ['2:77 `2027-02-30` is no day of the calendar'],
    ],
    [entry(`check: a.b, ${terms.replace('2027-03-01', 'next year')}`), ['expected is a day as YYYY-MM-DD']],
    [entry(`check: a.b, harm: false, ${terms}`), ['2:25 `harm` cannot be `false`; only `true`']],
    [
      `${entry(`check: a.b, ${terms}`)}  - { check: a.b, ${terms} }\n`,
      ['3:14 entry 1 is about `a.b` already; keep one of them'],
    ],
    ['known: []\n', ['1:1 this file needs `baseline`', 'unknown key `known`']],
  ])('is refused where it says what cannot be: %s', (text, says) => {
    const found = wrong(text);
    expect(found.length).toBeGreaterThan(0);
    expect(says.filter((one) => !found.some((message) => message.includes(one)))).toEqual([]);
    expect(load(text).baseline).toBeUndefined();
  });

  it('names a check that there is, where all are known', () => {
    const ids = ['reuse.own-id', 'reuse.missing-id'];
    expect(wrong(entry(`check: reuse.own-di, ${terms}`), ids)).toEqual([
      '2:14 no check has the id `reuse.own-di`; did you mean `reuse.own-id`?',
    ]);
    expect(wrong(entry(`check: reuse.own-id, ${terms}`), ids)).toEqual([]);
  });

  it('shows the place of a mistake', () => {
    const [first] = load(entry(`check: a.b, ${terms.replace('served', 'severd')}`)).diagnostics;
    expect(first && renderDiagnostic(first)).toMatchInlineSnapshot(`
      "known.yaml:2:42: \`reason\` cannot be \`severd\`; did you mean \`served\`?
          2 |   - { check: a.b, verdict: fail, reason: severd, note: 'issue 12', expires: 2027-03-01 }
            |                                          ^^^^^^"
    `);
  });

  it('reads back what is offered to be copied', () => {
    const offered = {
      finding: 'a.b',
      verdict: 'fail',
      reason: 'served',
      harm: true,
      profile: 'strict-400',
      note: `it's "true": #1, {x}`,
      expires: '2027-03-01',
    } as const;
    expect(load(`baseline:\n  - ${entryText(offered)}\n`).baseline).toEqual([offered]);
    expect(load(`baseline:\n  - ${entryText({ ...offered, note: 'true' })}\n`).baseline).toEqual([
      { ...offered, note: 'true' },
    ]);
  });

  it('stands in a description, or is named there', () => {
    expect(described(`baseline:\n  - { check: reuse.own-id, ${terms} }\n`).target?.baseline).toMatchObject([
      { check: 'reuse.own-id' },
    ]);
    expect(described('baseline: known.yaml\n').target?.baseline).toMatch(/\/conf\/known\.yaml$/);
    expect(
      described(`baseline:\n  - { check: a.b, ${terms.replace('-03-01', '-03-41')} }\n`).diagnostics,
    ).toMatchObject([{ line: 2, message: '`2027-03-41` is no day of the calendar' }]);
    expect(described(`baseline: [{ check: a.b }]\n`).diagnostics.length).toBeGreaterThan(0);
  });
});
