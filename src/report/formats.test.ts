import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { subjectOf } from '../model/baseline.js';
import type { ExitCode } from '../model/gate.js';
import { shownVerdictOf, shownVerdicts, type Run } from '../model/report.js';
import { tabulate } from '../model/tables.js';
import { arbitraryReported } from '../testing/arbitrary-runs.js';
import { spread } from '../testing/runs.js';
import { plainOptions } from '../testing/sample.js';
import { brokenOf } from './baseline.js';
import { resultName } from './evidence.js';
import { renderers, reporterNames, type ReporterName } from './index.js';
import { outcomeOf, outcomes } from './outcome.js';
import { allParts } from './renderer.js';
import { attribute, below, elementsIn, textOf } from './html/testing/document.js';
import { readPage } from './testing/page.js';
import { readAnnotations, readCtrf, readJunit, readSarif, readTap } from './testing/readers.js';
import { all, parseXml } from './testing/xml.js';

/** Each part of a format, by the name of its file or of the format. */
async function rendered(run: Run): Promise<Readonly<Record<string, string>>> {
  const texts = await Promise.all(
    reporterNames.flatMap((name) =>
      allParts(renderers[name]).map(async ({ file = name, load }) => [
        file,
        await (await load())(run, { ...plainOptions, verbose: true }),
      ]),
    ),
  );
  return Object.fromEntries(texts);
}

/** What the report says, counted here and nowhere else. */
function truthOf({ report }: Run) {
  const { results } = report;
  return {
    names: tabulate(outcomes, (outcome) =>
      results.filter((one) => outcomeOf(one) === outcome).map((one) => resultName(one, report)),
    ),
    ids: tabulate(outcomes, (outcome) =>
      results.filter((one) => outcomeOf(one) === outcome).map(({ id }) => id),
    ),
    shown: shownVerdicts.map((shown) => results.filter((one) => shownVerdictOf(one) === shown).length),
    warnings: results
      .filter((one) => shownVerdictOf(one) === 'warning')
      .map((one) => resultName(one, report)),
    judged: results.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail').length,
  };
}

/** With the entries of the baseline that do not hold, which are failures of their own. */
function withBroken(run: Run) {
  const { names: own } = truthOf(run);
  const broken = brokenOf(run.report).map((entry) => `baseline ${subjectOf(entry)}`);
  return { ...own, failed: [...own.failed, ...broken] };
}

/** And with the one case that says why a run came to nothing, where no check does. */
const withGate = (run: Run, undecided: readonly string[]) =>
  run.report.gate.exit !== 0 && !isRed(run) ? [...undecided, 'gate'] : undecided;

const sorted = (names: readonly string[]) => names.toSorted();

const schemaText = readFileSync(new URL('../../reports/report.schema.json', import.meta.url), 'utf8');
const isReport = new Ajv2020({ allowUnionTypes: true }).compile(JSON.parse(schemaText));

/** What a format must say of any run, read back by a reader that knows only the format. */
const readings: Readonly<Record<ReporterName, (run: Run, texts: Readonly<Record<string, string>>) => void>> =
  {
    json(run, texts) {
      const report: Run['report'] = JSON.parse(texts['report.json'] ?? '');
      expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
      expect(report).toEqual(run.report);
      const { shown } = truthOf({ ...run, report });
      expect(shownVerdicts.map((name) => report.summary[name])).toEqual(shown);
      const counting = report.results.filter(({ counts }) => counts);
      const unique = (verdicts: (verdict: string) => boolean) => [
        ...new Set(counting.filter(({ verdict }) => verdicts(verdict)).map(({ id }) => id)),
      ];
      expect(report.gate.failed).toEqual(unique((verdict) => verdict === 'fail'));
      expect(report.gate.undecided).toEqual(unique((verdict) => verdict !== 'fail'));
    },
    junit(run, texts) {
      const read = readJunit(texts['junit.xml'] ?? '');
      // Suites gather what the report has in the order of the run, and tell the revisions apart.
      for (const outcome of outcomes) {
        const broken = outcome === 'failed' ? brokenOf(run.report).map(subjectOf) : [];
        const ids = [...truthOf(run).ids[outcome], ...broken];
        expect(sorted(read[outcome]), outcome).toEqual(
          sorted(outcome === 'undecided' ? withGate(run, ids) : ids),
        );
      }
    },
    ctrf(run, texts) {
      const said = withBroken(run);
      expect(readCtrf(texts['ctrf.json'] ?? '')).toEqual({
        ...said,
        undecided: withGate(run, said.undecided),
      });
    },
    tap(run, texts) {
      const { bailed, ...read } = readTap(texts['report.tap'] ?? '');
      expect(read).toEqual(withBroken(run));
      expect(bailed || read.failed.length > 0 || read.undecided.length > 0).toBe(
        run.report.gate.exit !== 0 || isRed(run),
      );
    },
    sarif(run, texts) {
      const { names, warnings } = truthOf(run);
      const read = readSarif(texts['sarif.json'] ?? '');
      expect(sorted(read.failed)).toEqual(sorted(names.failed));
      expect(sorted(read.warnings)).toEqual(sorted(warnings));
      expect(read.undecided).toBe(names.undecided.length);
      expect(read.broken).toBe(brokenOf(run.report).length);
      expect(read.excused).toBe(run.report.findings.filter(({ standing }) => standing === 'expected').length);
      expect(read.levels).toEqual(run.report.findings.map(({ counts }) => (counts ? 'error' : 'warning')));
    },
    markdown(run, texts) {
      const page = readPage(texts['report.md'] ?? '');
      const cells = page.filter(({ name }) => name === 'th' || name === 'td').map(({ text }) => text);
      const columns = cells.indexOf('all') < 0 ? 0 : page.filter(({ name }) => name === 'th').length;
      const heads = cells.slice(1, columns);
      const totals = cells.slice(cells.indexOf('all') + 1).map(Number);
      const { shown, names } = truthOf(run);
      expect(shownVerdicts.map((name) => totals[heads.indexOf(name)] ?? 0)).toEqual(shown);
      const summaries = page
        .filter(({ name }) => name === 'summary')
        .map(({ text }) => text.startsWith('❌'));
      const left = Number(/(\d+) more of \d+ findings do not fit/.exec(texts['report.md'] ?? '')?.[1] ?? 0);
      const { findings } = run.report;
      expect(summaries).toEqual(findings.slice(0, findings.length - left).map(({ counts }) => counts));
      const lists = page.filter(({ name }) => name === 'strong' || name === 'ul' || name === 'li');
      const at = lists.findIndex(({ text }) => text === 'The baseline does not hold');
      const broken = at < 0 ? [] : lists.slice(at + 2);
      const end = broken.findIndex(({ name }) => name !== 'li');
      expect(broken.slice(0, end < 0 ? undefined : end).length).toBe(brokenOf(run.report).length);
      const undecided = page.find(({ name, text }) => name === 'strong' && text.startsWith('Undecided'));
      expect(undecided?.text).toBe(
        names.undecided.length > 0 ? `Undecided: ${names.undecided.length}` : undefined,
      );
    },
    html(run, texts) {
      const page = elementsIn(texts['report.html'] ?? '');
      const rows = page
        .filter(({ tagName }) => tagName === 'tr')
        .map((row) =>
          [...below(row)].filter(({ tagName }) => tagName === 'th' || tagName === 'td').map(textOf),
        );
      const heads = rows.find(([first]) => first === 'checks') ?? [];
      const totals = rows.find(([first]) => first === 'all') ?? [];
      const { shown } = truthOf(run);
      const words = shownVerdicts.map((name) => name.replaceAll('-', ' '));
      expect(words.map((word) => Number(totals[heads.indexOf(word)] ?? 0))).toEqual(shown);
      const found = page.filter((element) => /^finding-\d+$/.test(attribute(element, 'id') ?? ''));
      expect(found).toHaveLength(run.report.findings.length);
    },
    github(run, texts) {
      const read = readAnnotations(texts['github'] ?? '');
      const { findings, gate } = run.report;
      const more = /^(\d+) more findings?$/;
      const countOf = (command: string) =>
        read
          .filter(
            (one) => one.command === command && (!one.title.startsWith('sessionspec') || more.test(one.text)),
          )
          .reduce((sum, { text }) => sum + Number(more.exec(text)?.[1] ?? 1), 0);
      const broken = read.find(({ title }) => title === 'sessionspec: the baseline does not hold');
      expect(broken?.text.split('\n').length ?? 0).toBe(brokenOf(run.report).length);
      expect(countOf('error')).toBe(findings.filter(({ counts }) => counts).length);
      expect(countOf('warning')).toBe(findings.filter(({ counts }) => !counts).length);
      expect(read.some(({ command }) => command === 'error')).toBe(gate.exit !== 0);
    },
    badge(run, texts) {
      const { results, gate, startedAt } = run.report;
      const applied = results.filter(({ verdict }) => verdict !== 'not-applicable').length;
      const says = `${truthOf(run).names.passed.length}/${applied} check`;
      const { message, color }: { readonly message: string; readonly color: string } = JSON.parse(
        texts['badge.json'] ?? '',
      );
      expect(message.startsWith(says)).toBe(true);
      expect(message.endsWith(` · ${startedAt.slice(0, 10)}`)).toBe(true);
      expect(color).toBe(colors[gate.exit]);
      const title = all(parseXml(texts['badge.svg'] ?? ''), 'title')[0]?.text ?? '';
      expect(title.endsWith(`: ${message}`)).toBe(true);
    },
    terminal(run, texts) {
      const text = texts['terminal'] ?? '';
      const { judged, shown } = truthOf(run);
      const { gate, facts, results } = run.report;
      expect(text).toContain(`exit ${gate.exit}: ${judged} check${judged === 1 ? '' : 's'} judged, `);
      if (facts.length === 0 || results.length === 0) return;
      const [heads = '', ...rows] = text.slice(text.search(/^ +pass( |$)/m)).split('\n');
      const totals =
        rows
          .slice(0, rows.indexOf(''))
          .at(-1)
          ?.match(/\d+(?= |$)/g)
          ?.map(Number) ?? [];
      const words = heads.trim().split(/ {2,}/);
      const counted = shownVerdicts.map(
        (name) => totals.slice(-words.length)[words.indexOf(name.replaceAll('-', ' '))] ?? 0,
      );
      expect(counted).toEqual(shown);
    },
  };

const colors: Readonly<Record<ExitCode, string>> = {
  0: 'brightgreen',
  1: 'red',
  2: 'yellow',
  3: 'lightgrey',
  4: 'lightgrey',
  130: 'lightgrey',
};

function isRed({ report }: Run): boolean {
  return report.results.some(({ counts }) => counts) || brokenOf(report).length > 0;
}

describe('the same run has the same verdicts and counts in every format', () => {
  test.each(Object.entries(spread))('%s', async (_, run) => {
    expect.hasAssertions();
    const texts = await rendered(run);
    for (const name of reporterNames) readings[name](run, texts);
  });

  test('any run', async () => {
    expect.hasAssertions();
    await fc.assert(
      fc.asyncProperty(arbitraryReported(), async (run) => {
        const texts = await rendered(run);
        for (const name of reporterNames) readings[name](run, texts);
      }),
      { numRuns: 30 },
    );
  });
});

test('no format has a character that moves a cursor, hides text or breaks a line', async () => {
  for (const run of Object.values(spread))
    for (const [name, text] of Object.entries(await rendered(run)))
      expect(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.exec(text.replaceAll('\n', ''))?.[0], name).toBeUndefined();
});
