import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rejudge } from './cli/rejudge.js';
import { defaultPolicy } from './model/gate.js';
import { shownVerdictOf, shownVerdicts, type Run } from './model/report.js';
import { renderHtml } from './report/html/page.js';
import { hostileRun, sampleHtmlRun, seen } from './report/html/testing/runs.js';
import { readRun } from './report/read-run.js';
import { chromiumPath, launchChromium, needsChromium } from './testing/browser.js';
import { builtIn, builtInChecks } from './testing/check.js';
import { plainOptions, sampleResult, sampleRun } from './testing/sample.js';

const says = (page: Page) => page.locator('#shown').textContent();
const opened = (page: Page) => page.locator('details[open]').count();
const shownRows = (page: Page) => page.locator('.suite li:visible').count();
const openAll = (page: Page) =>
  page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');

/** Presses Tab until an element has the focus. */
async function tabTo(page: Page, selector: string) {
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
  }
  throw new Error(`Tab does not come to ${selector}`);
}

const words = (most: number) => 'POST tools/call, mcp-session-id: «session alice»; '.repeat(9).slice(0, most);

const folder = mkdtempSync(join(tmpdir(), 'sessionspec-html-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function recorded(name: string): Promise<Run> {
  const file = new URL(`../fixtures/recorded/${name}.ndjson`, import.meta.url);
  const monitors = builtIn.suites.flatMap((suite) => suite.monitors);
  const context = {
    profiles: builtIn.profiles,
    selected: 'spec',
    policy: defaultPolicy,
    proven: new Set<string>(),
  } as const;
  return rejudge(await readRun(readFileSync(file, 'utf8')), { checks: builtInChecks, monitors }, context);
}

/** All checks, passed, with as much evidence as they have. */
function greenRun(): Run {
  const evidence = [
    { ...seen, sent: words(60), acceptable: words(70), came: words(90), control: words(90) },
  ] as const;
  return sampleRun(
    builtIn.suites.flatMap(({ suite, checks, monitors }) =>
      [...checks, ...monitors].map(({ id, title, requirement }) =>
        sampleResult({ kind: 'pass', evidence }, { id, suite, title, requirement }),
      ),
    ),
  );
}

// A run of a whole mutant is smaller than the bound that a test of the page holds for any run.
test('the page of a green run of all checks has less than 400 KiB', () => {
  const html = renderHtml(greenRun(), plainOptions);
  expect(html.match(/data-verdicts=/g)?.length).toBeGreaterThan(150);
  expect(Buffer.byteLength(html)).toBeLessThan(400 * 1024);
});

test.runIf(needsChromium)('Chromium is there', () => {
  expect(chromiumPath).toBeDefined();
});

const why = chromiumPath === undefined ? ' (left out: no Chromium is installed here)' : '';

describe.skipIf(chromiumPath === undefined)(`in Chromium${why}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  /** Opens the page of a run from disk, and notes what a browser complains of and asks for. */
  async function open(run: Run, options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    const file = join(folder, 'report.html');
    writeFileSync(file, renderHtml(run, plainOptions));
    await page.goto(pathToFileURL(file).href);
    return { page, complaints, requests, close: () => context.close() };
  }

  const runs: readonly (readonly [string, () => Run | Promise<Run>])[] = [
    ['one of each kind', sampleHtmlRun],
    ['the recorded reference', () => recorded('reference')],
    ['a recorded server with many findings', () => recorded('sdk-v1-old-wiring')],
    ['a recorded mutant that hangs', () => recorded('mutant-unknown-id-hangs')],
    [
      'hostile words everywhere',
      () => hostileRun(`"'><script>done=1</script><img src=x onerror=done=1>\u202e`),
    ],
  ];

  test.each(runs)('%s: opens from disk without a complaint and without a request', async (_, make) => {
    const run = await make();
    const { page, complaints, requests, close } = await open(run);
    await openAll(page);
    expect(complaints).toEqual([]);
    expect(requests).toHaveLength(1);
    expect(await page.evaluate('typeof done')).toBe('undefined');
    expect(await shownRows(page)).toBe(run.report.results.length);
    await close();
  });

  test.each(runs)('%s: has the same counts as the report', async (_, make) => {
    const { report } = await make();
    const { page, close } = await open({ report, transcripts: [] });
    const used = shownVerdicts.filter((verdict) => report.summary[verdict] > 0);
    expect(await page.locator('.summary b').allTextContents()).toEqual(
      used.map((verdict) => String(report.summary[verdict])),
    );
    for (const verdict of used) {
      const count = page.locator(`[data-count="${verdict}"]`);
      expect([verdict, await count.textContent()]).toEqual([verdict, String(report.summary[verdict])]);
    }
    await close();
  });

  // A page of many rows takes long.
  const views = [
    { scheme: 'light', width: 1280, make: () => recorded('sdk-v1-old-wiring') },
    { scheme: 'dark', width: 390, make: () => recorded('mutant-unknown-id-hangs') },
    { scheme: 'dark', width: 1280, make: sampleHtmlRun },
    { scheme: 'light', width: 390, make: sampleHtmlRun },
  ] as const;

  test.each(views)('axe finds nothing in $scheme at $width pixels', async ({ scheme, width, make }) => {
    const viewport = { width, height: 800 };
    const { page, close } = await open(await make(), { colorScheme: scheme, viewport, bypassCSP: true });
    await openAll(page);
    await page.addScriptTag({ content: axe.source });
    const { violations, passes } = await page.evaluate<axe.AxeResults>('axe.run()');
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html).slice(0, 3)])).toEqual([]);
    expect(passes.length).toBeGreaterThan(20);
    await close();
  });

  test.each(runs)('%s: nothing is wider than a phone', async (_, make) => {
    const { page, close } = await open(await make(), { viewport: { width: 390, height: 800 } });
    await openAll(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await close();
  });

  describe('by keyboard alone', () => {
    test('one searches, filters by verdict and suite, and shows all again', async () => {
      const { page, complaints, close } = await open(sampleHtmlRun());
      expect(await says(page)).toBe('All 7 checks are shown.');
      await tabTo(page, 'input[type=search]');
      await page.keyboard.type('it would');
      expect(await says(page)).toBe('1 of 7 checks are shown.');
      expect(await page.locator('.suite li:visible').textContent()).toContain('reuse.soft');
      expect(await page.locator('.suite:visible').count()).toBe(1);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.press('Delete');
      await tabTo(page, 'select[name=suite]');
      await page.keyboard.type('reuse');
      expect(await says(page)).toBe('2 of 7 checks are shown.');
      await tabTo(page, 'input[value=inconclusive]');
      await page.keyboard.press('Space');
      expect(await says(page)).toBe('1 of 7 checks are shown.');
      await tabTo(page, 'button[type=reset]');
      await page.keyboard.press('Enter');
      await page.locator('#shown', { hasText: 'All 7' }).waitFor();
      expect(await shownRows(page)).toBe(7);
      expect(complaints).toEqual([]);
      await close();
    });

    test('one opens a row, and comes from a finding to its check though it is filtered out', async () => {
      const { page, close } = await open(sampleHtmlRun());
      await tabTo(page, 'input[type=search]');
      await page.keyboard.type('nothing has these words');
      expect(await shownRows(page)).toBe(0);
      await page.evaluate('document.querySelector(".ids a").focus()');
      await page.keyboard.press('Enter');
      const row = page.locator('.suite li:target');
      await row.locator('dl').waitFor();
      expect(await row.textContent()).toContain('termination.post-after-delete');
      await row.locator('summary').focus();
      await page.keyboard.press('Enter');
      expect(await row.locator('details[open]').count()).toBe(0);
      await close();
    });

    test('one copies a command', async () => {
      const permissions = ['clipboard-read', 'clipboard-write'];
      const { page, close } = await open(sampleHtmlRun(), { permissions });
      await tabTo(page, '.copy');
      await page.keyboard.press('Enter');
      await page.locator('.copy', { hasText: 'Copied' }).waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
        'npx sessionspec run http://127.0.0.1:4000/mcp --check termination.post-after-delete',
      );
      await close();
    });
  });

  test('the verdicts of another profile are filtered by', async () => {
    const other = { others: { interop: { kind: 'pass', evidence: [seen] } } } as const;
    const fails = { kind: 'fail', reason: 'served', evidence: [seen] } as const;
    const run = sampleRun([sampleResult(fails, other), sampleResult(fails, { id: 'x.other' })]);
    const { page, close } = await open(run);
    await page.locator('select[name=profile]').selectOption('interop');
    await page.locator('input[value=fail]').uncheck();
    expect(await page.locator('#shown').textContent()).toBe('1 of 2 checks are shown.');
    expect(run.report.results.map(shownVerdictOf)).toEqual(['fail', 'fail']);
    await close();
  });

  test('without a script all is there, and nothing that needs one', async () => {
    const { page, close } = await open(sampleHtmlRun(), { javaScriptEnabled: false });
    expect(await shownRows(page)).toBe(7);
    expect(await page.locator('#filter').isVisible()).toBe(false);
    expect(await page.locator('.copy:visible').count()).toBe(0);
    await close();
  });

  test('on paper all is open but what passed or does not apply, and afterwards all is as it was', async () => {
    const { page, close } = await open(sampleHtmlRun());
    const before = await opened(page);
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    const rows = page.locator('.suite li');
    expect(await page.locator('details:not([open])').count()).toBe(4);
    expect(await rows.locator('details[open]').count()).toBe(3);
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await opened(page)).toBe(before);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#filter').isVisible()).toBe(false);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await opened(page)).toBe(before);
    await close();
  });
});
