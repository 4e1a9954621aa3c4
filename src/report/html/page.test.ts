import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Run } from '../../model/report.js';
import { failed, passed, plainOptions, sampleResult, sampleRun } from '../../testing/sample.js';
import { renderHtml } from './page.js';
import { attribute, below, byId, elementsIn, hasClass, textOf, type Element } from './testing/document.js';
import { hostileRun, sampleHtmlRun, sampleScene, seen } from './testing/runs.js';

const html = (run: Run) => renderHtml(run, plainOptions);
const page = elementsIn(html(sampleHtmlRun()));
const inside = (element: Element) => [...below(element)];
const tags = (all: readonly Element[]) => new Set(all.map(({ tagName }) => tagName));
const named = (elements: readonly Element[], tag: string) =>
  elements.filter(({ tagName }) => tagName === tag);

test('the parts come in the order in which a reader needs them', () => {
  const [first] = named(page, 'h1');
  expect(first && textOf(first)).toContain('Not conformant: a MUST failed.');
  expect(named(page, 'section').map((section) => attribute(section, 'id'))).toEqual([
    'findings',
    'undecided',
    'facts',
    'checks',
    'left-out',
    'incidents',
    'about',
  ]);
});

describe('a finding', () => {
  const finding = byId(page, 'finding-1');
  const text = textOf(finding);

  test.each([
    ['what is not met', 'A terminated id is refused'],
    ['the requirement', 'A session that ended stays ended. SM.404, SM.TERM'],
    ['why', 'Clients start over only then.'],
    ['what to change', 'Answer 404.'],
    ['what was sent', 'POST ping, mcp-session-id: «session alice»'],
    ['what came', '200 with a result'],
    ['the control', 'the same request before the DELETE: 200'],
    ['the command', 'npx sessionspec run http://127.0.0.1:4000/mcp --check termination.post-after-delete'],
    ['the weight', 'MUST'],
  ])('says %s', (_, words) => {
    expect(text).toContain(words);
  });

  test('links once to the requirement', () => {
    const links = named(inside(finding), 'a').map((link) => attribute(link, 'href'));
    expect(links.filter((link) => link?.startsWith('https://'))).toEqual([
      'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management',
    ]);
  });

  test('shows what went over the wire, with what decides and the control marked', () => {
    const cells = inside(finding).filter((element) => hasClass(element, 'cell'));
    expect(cells.map((cell) => hasClass(cell, 'decides'))).toEqual([false, false, false, false, true, false]);
    expect(cells.map((cell) => hasClass(cell, 'control'))).toEqual([false, false, false, true, false, false]);
    expect(text).toContain('news was watched for 4 ms');
  });

  test('shows the exchange and its control, with fields in order', () => {
    const exchanges = inside(finding).filter((element) => hasClass(element, 'exchange'));
    expect(exchanges.map((one) => textOf(named(inside(one), 'h4')[0] ?? one))).toEqual([
      'This decides',
      'Control',
    ]);
    expect(textOf(exchanges[0] ?? finding)).toMatch(/Content-Type: application\/json.*X-Sample: x/s);
  });

  test('has a command for curl', () => {
    expect(text).toContain(`-H 'Mcp-Session-Id: '"$SESSION"`);
    expect(text).toContain('SESSION stands for «session alice».');
  });
});

test('a finding that does not count is told below the gate, and folded', () => {
  const finding = byId(page, 'finding-2');
  expect(finding.tagName).toBe('details');
  expect(textOf(byId(page, 'findings'))).toContain('Below the gate: --fail-on must lets it pass');
});

test('every result has a row, with the verdict of each profile where they are not alike', () => {
  const rows = page.filter((element) => attribute(element, 'data-verdicts') !== undefined);
  expect(rows.map((row) => attribute(row, 'data-verdicts')?.split(' ')[0])).toEqual([
    'pass',
    'fail',
    'warning',
    'inconclusive',
    'not-applicable',
    'not-applicable',
    'not-run',
  ]);
  expect(attribute(rows[2] ?? byId(page, 'checks'), 'data-verdicts')).toBe('warning');
  const split = sampleResult(passed, { others: { 'strict-400': failed } });
  const shown = elementsIn(html(sampleRun([split]))).flatMap(
    (element) => attribute(element, 'data-verdicts') ?? [],
  );
  expect(shown).toEqual(['pass pass pass fail pass']);
});

test('the counts by suite, level and profile each add up to the summary', () => {
  const rows = named(page, 'tr').map((row) =>
    inside(row).flatMap((cell) => (cell.tagName === 'th' || cell.tagName === 'td' ? [textOf(cell)] : [])),
  );
  const countsOf = (name: string) => rows.find(([first]) => first === name)?.slice(1);
  const total = ['1', '1', '1', '1', '2', '1'];
  for (const name of ['all', 'spec (selected)', 'interop', 'strict-400'])
    expect(countsOf(name)).toEqual(total);
  expect(countsOf('security')).toEqual(['0', '0', '0', '0', '2', '1']);
  expect(countsOf('MUST')).toEqual(['1', '1', '0', '1', '2', '1']);
  expect(countsOf('SHOULD')).toEqual(['0', '0', '1', '0', '0', '0']);
});

test('what was not examined is told with what enables it', () => {
  const text = textOf(byId(page, 'left-out'));
  expect(text).toContain('You can enable 1 check');
  expect(text).toContain("--as 'alice=Authorization: …' --as 'bob=Authorization: …'");
  expect(text).toContain('Does not apply: 1 check');
  expect(text).toContain('There is no such thing.');
  expect(text).toContain('Not run: 1 check');
  expect(text).toContain('no mutant has shown the check able to fail');
});

test('the run can be told from others: selection, versions, seed, digests', () => {
  const { report, transcripts } = sampleHtmlRun();
  const provenance = {
    recording: 'ab'.repeat(32),
    suites: [{ suite: 'issuance', digest: 'cd'.repeat(32) }],
    profiles: [{ profile: 'spec', digest: 'ef'.repeat(32) }],
    signature: { algorithm: 'Ed25519', publicKey: 'MCow', value: 'AAAA' },
  } as const;
  const recorded = { ...report, provenance };
  const text = textOf(byId(elementsIn(html({ report: recorded, transcripts })), 'about'));
  for (const words of ['sessionspec 0.1.0', '20.20.2', '7 of 8 checks', 'streams.other', 'Seed1'])
    expect(text).toContain(words);
  for (const digest of ['ab', 'cd', 'ef']) expect(text).toContain(digest.repeat(32));
});

test('a target that could not be examined has a page too', () => {
  const { report } = sampleRun([]);
  const gate = { exit: 2, sentence: 'Nothing is there.', failed: [], undecided: [] } as const;
  const text = html({ report: { ...report, facts: [], revisions: [], gate }, transcripts: [] });
  expect(text).toContain('Nothing is there.');
  expect(text).toContain('nothing was examined');
});

describe('the page is whole by itself', () => {
  test('and its policy knows its one style and its one script', () => {
    const meta = page.find((one) => attribute(one, 'http-equiv') === 'Content-Security-Policy');
    const allowed = attribute(meta ?? byId(page, 'about'), 'content') ?? '';
    expect(allowed).toContain("default-src 'none'");
    const own = [...named(page, 'style'), ...named(page, 'script')];
    expect(own).toHaveLength(2);
    for (const element of own)
      expect(allowed).toContain(createHash('sha256').update(textOf(element)).digest('base64'));
  });

  test('no element loads anything, and no attribute has a style or a script', () => {
    const loading = new Set(['src', 'srcset', 'poster', 'data', 'action', 'formaction', 'style', 'ping']);
    const bad = page.flatMap(({ tagName, attrs }) =>
      attrs
        .filter(({ name }) => loading.has(name) || name.startsWith('on'))
        .map(({ name }) => `${tagName} ${name}`),
    );
    expect(bad).toEqual([]);
    expect(
      page.filter(({ tagName }) => ['link', 'iframe', 'object', 'base', 'img'].includes(tagName)),
    ).toEqual([]);
  });

  test('each id is there once, and each link within the page leads somewhere', () => {
    const ids = page.flatMap((element) => attribute(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const inner = named(page, 'a').flatMap((link) => attribute(link, 'href') ?? []);
    const dangling = inner.filter((href) => href.startsWith('#') && !ids.includes(href.slice(1)));
    expect(inner.length).toBeGreaterThan(10);
    expect(dangling).toEqual([]);
  });
});

test('whatever a target says stays text', () => {
  const words = `"'><script>x()</script><img src=x onerror=x()></style></pre>\u202e\u0000<!-- «`;
  const elements = elementsIn(html(hostileRun(words)));
  const plain = elementsIn(html(hostileRun('plain words')));
  expect(tags(elements)).toEqual(tags(plain));
  expect(named(elements, 'script')).toHaveLength(1);
  const attributes = new Set(elements.flatMap(({ attrs }) => attrs.map(({ name }) => name)));
  expect([...attributes].filter((name) => name.startsWith('on') || name === 'src')).toEqual([]);
  const links = named(elements, 'a').flatMap((link) => attribute(link, 'href') ?? []);
  expect(links.filter((href) => !/^(#|https?:\/\/)/.test(href))).toEqual([]);
  const text = elements.length > 0 ? textOf(elements[0] ?? byId(elements, 'about')) : '';
  expect(text.split('<script>x()</script>').length).toBeGreaterThan(40);
  for (const char of ['\u202e', '\u0000']) expect(html(hostileRun(words))).not.toContain(char);
});

test('what is masked in an address stays masked, and curl has a variable for it', () => {
  const { report, transcripts } = sampleHtmlRun();
  const target = { url: 'http://127.0.0.1:4000/mcp?token=«secret»' };
  const text = textOf(byId(elementsIn(html({ report: { ...report, target }, transcripts })), 'finding-1'));
  expect(text).toContain('POST /mcp?token=«secret»');
  expect(text).toContain(`'http://127.0.0.1:4000/mcp?token='"$SECRET"`);
});

test('of a long body the beginning is shown, and how much more there is', () => {
  const text = `{"text":"${'a'.repeat(10_000)}"}`;
  const results = [sampleResult({ kind: 'fail', reason: 'served', evidence: [seen] })];
  const shown = html(sampleRun(results, [sampleScene(undefined, { text })]));
  expect(shown).toContain('… 7511 more characters, in the recording');
});

test('the page stays small enough to be sent around, whatever came', () => {
  const large = '"\u202e'.repeat(4_000);
  const results = Array.from({ length: 150 }, (_, i) =>
    sampleResult(
      { kind: 'fail', reason: 'served', evidence: [seen] },
      { id: `x.${i}`, requirement: { says: `it is ${i}`, keys: [`K.${i}`] } },
    ),
  );
  const scenes = results.map(({ id }) => sampleScene(id, { text: large, body: large, header: large }));
  const shown = html(sampleRun(results, scenes));
  expect(Buffer.byteLength(shown)).toBeLessThan(2 * 1024 * 1024);
  const elements = elementsIn(shown);
  expect(elements.filter((element) => hasClass(element, 'finding'))).toHaveLength(150);
  expect(elements.filter((element) => hasClass(element, 'lanes')).length).toBeGreaterThan(0);
  expect(shown).toContain('is not shown here');
});

test('a run of which nothing failed says so', () => {
  expect(html(sampleRun([sampleResult({ kind: 'pass', evidence: [seen] })]))).toContain(
    'No check failed: 1 check passed.',
  );
  expect(html(sampleRun([sampleResult(failed)]))).not.toContain('No check failed');
});
