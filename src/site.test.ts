import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordOf } from './report/record.js';
import { renderImplementation } from './report/site/implementation-page.js';
import { renderIndex } from './report/site/index-page.js';
import type { Member } from './report/site/matrix.js';
import { chromiumPath, launchChromium } from './testing/browser.js';
import { assembledRun } from './testing/runs.js';
import { failed, passed, sampleResult } from './testing/sample.js';

const { requirement } = sampleResult(passed);
const hostile = `"'><script>done=1</script><img src=x onerror=done=1>\u202e`;
const why = chromiumPath === undefined ? ' (left out: no Chromium is installed here)' : '';

/** Thirty servers, every second of which fails half of forty checks, and each of which says hostile words wherever it may. */
const members = Array.from({ length: 30 }, (_, at): Member => {
  const target = `a-server-with-a-name-that-is-long-${at}.0.0`;
  const results = Array.from({ length: 40 }, (__, id) =>
    sampleResult(at % 2 === 0 && id % 2 === 0 ? failed : passed, {
      id: `a.check-with-a-name-${id}`,
      requirement: { ...requirement, keys: [], says: `a server meets demand ${id}` },
    }),
  );
  const record = recordOf(target, assembledRun(results).report);
  const says = { server: { name: hostile }, gate: { exit: 1, sentence: hostile } } as const;
  return {
    target: {
      name: target,
      title: hostile,
      implementation: 'it',
      version: String(at),
      needs: [],
      unsteady: {},
      language: hostile,
      source: 'https://example.org/',
    },
    outcome: { target, digest: 'd', kind: 'examined', tookMs: 1, record: { ...record, ...says } },
    notes: hostile,
    report: `reports/${target}.html`,
  };
});

describe.skipIf(chromiumPath === undefined)(`the site of a fleet in Chromium${why}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sessionspec-site-'));
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(join(folder, 'implementations'));
    writeFileSync(join(folder, 'index.html'), renderIndex(hostile, members));
    writeFileSync(join(folder, 'implementations/it.html'), renderImplementation('it', members));
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const views = ['index.html', 'implementations/it.html'].flatMap((file) =>
    (
      [
        [1280, 'light'],
        [390, 'dark'],
      ] as const
    ).map(([width, colorScheme]) => ({ file, width, colorScheme })),
  );

  test.each(views)(
    '$file at $width px, $colorScheme',
    async ({ file, width, colorScheme }) => {
      const context = await browser.newContext({
        viewport: { width, height: 844 },
        colorScheme,
        bypassCSP: true,
      });
      const strict = await browser.newContext({ viewport: { width, height: 844 }, colorScheme });
      const page = await strict.newPage();
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => requests.push(request.url()));
      const { href } = pathToFileURL(join(folder, file));
      await page.goto(href);
      expect(complaints).toEqual([]);
      expect(requests).toEqual([href]);
      expect(await page.evaluate('typeof done')).toBe('undefined');
      // Only the tables scroll sideways, and their heads and first columns stay in view.
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      const cornerOf = () =>
        page.evaluate<readonly number[]>(`(() => {
        const [table, head] = ['.matrix', '.matrix thead th'].map((one) => document.querySelector(one).getBoundingClientRect());
        return [head.x - table.x, head.y - table.y];
      })()`);
      const before = await cornerOf();
      const scrolled = await page.evaluate(
        `(() => { const table = document.querySelector('.matrix'); table.scrollBy({ left: 300, top: 300, behavior: 'instant' }); return table.scrollTop; })()`,
      );
      expect(scrolled).toBeGreaterThan(100);
      const padding = 12;
      for (const [at, place] of (await cornerOf()).entries())
        expect(Math.abs(place - (before[at] ?? 0))).toBeLessThan(padding);
      const audited = await context.newPage();
      await audited.goto(href);
      await audited.evaluate(axe.source);
      const violations = await audited.evaluate<readonly string[]>(
        `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html.slice(0, 200)))`,
      );
      expect(violations).toEqual([]);
      await Promise.all([context.close(), strict.close()]);
    },
    60_000,
  );

  test('each server is reached from the first page', async () => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(folder, 'index.html')).href);
    await page.locator('#targets a').nth(7).click();
    expect(page.url()).toMatch(/implementations\/it\.html#a-server-with-a-name-that-is-long-7\.0\.0$/);
    expect(await page.locator(':target h2').textContent()).toContain('-7.0.0');
    await page.close();
  });
});
