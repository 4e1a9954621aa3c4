import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { folder } from '../cli/testing/folder.js';
import { quoted } from '../report/evidence.js';
import {
  judge,
  loadSuites,
  Mistake,
  readBaseline,
  readDescription,
  render,
  renderFinding,
  run,
  startServer,
} from '../index.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'dist/fixtures/reference/main.js');
const url = 'http://127.0.0.1:{port}/mcp';
const command = (mutant?: string) =>
  `${quoted(process.execPath)} ${quoted(main)} --port {port}${mutant === undefined ? '' : ` --mutant ${mutant}`}`;
const few = { select: { checks: ['termination.request-after-delete'] }, seed: 1 };

test('what it tests is built', () => {
  expect(existsSync(main)).toBe(true);
});

test('run starts a server, examines it, and its recording is judged alike', async () => {
  let text = '';
  const seen: string[] = [];
  const request = {
    url,
    server: command(),
    ...few,
    record: (more: string) => void (text += more),
    observe: ({ kind }: { readonly kind: string }) => void seen.push(kind),
  };
  const { report, transcripts } = await run(request);
  expect(report.gate).toMatchObject({ exit: 0, sentence: expect.stringContaining('1 of ') as string });
  expect(report.results).toMatchObject([
    { id: 'termination.request-after-delete', verdict: 'pass', proven: true },
  ]);
  expect(transcripts).toHaveLength(1);
  expect(seen).toContain('checked');
  const again = await judge(text);
  expect(again.report.gate).toEqual(report.gate);
  expect(again.report.results).toEqual(report.results);
  expect((await judge(text, { policy: { judgedMin: 2 } })).report.gate.exit).toBe(2);
  await expect(judge('{}\n')).rejects.toThrow('line 1');
});

test('a failure is rendered, and excused by the entry that is offered with it', async () => {
  const server = await startServer({ url, command: command('terminated-id-400') });
  try {
    const first = await run({ url: server.url, ...few });
    const { findings } = first.report;
    expect(first.report.gate.exit).toBe(1);
    const [finding] = findings;
    const text = finding ? await renderFinding(finding, first.report) : '';
    expect(text).toMatch(/^✗ A request with a terminated session id is refused with 404 {3}MUST, 1 check\n/);
    expect(text).toMatch(/\n {2}acceptable {2}404\n {2}came {8}400 with/);
    expect(await render(first, 'terminal')).toContain(text);
    expect(JSON.parse(await render(first, 'json'))).toMatchObject({ gate: { exit: 1 } });
    const baseline = findings.flatMap(({ entry }) => entry ?? []);
    let recorded = '';
    const record = (more: string) => void (recorded += more);
    const second = await run({ url: server.url, ...few, baseline, record });
    expect((await judge(recorded)).report).toEqual(second.report);
    expect((await judge(recorded, { baseline: [] })).report.gate.exit).toBe(1);
    expect(second.report.gate).toMatchObject({ exit: 0, excused: ['termination.request-after-delete'] });
    const lenient = await run({ url: server.url, ...few, policy: { failOn: 'any' }, profile: 'strict-4xx' });
    expect(lenient.report).toMatchObject({
      profile: 'strict-4xx',
      policy: { failOn: 'any', inconclusive: 'fail' },
    });
  } finally {
    await server.stop();
  }
});

const path = (name: string, text: string) => {
  const file = join(folder(), name);
  writeFileSync(file, text);
  return file;
};

test('files are read, with their mistakes as values', async () => {
  const suite = path(
    'own.yaml',
    'suite: own\ntitle: Ours\nchecks:\n  - id: own.ping\n    title: A ping\n    requirement: { level: house, says: it is answered }\n    steps:\n      - open: alice\n      - { send: ping, judge: { status: 200, result: true } }\n',
  );
  const { suites, diagnostics } = await loadSuites([suite]);
  expect([suites.map((one) => one.suite), diagnostics]).toEqual([['own'], []]);
  const broken = path('broken.yaml', 'suite: [\n');
  expect((await loadSuites([broken])).diagnostics.length).toBeGreaterThan(0);
  const config = path(
    'sessionspec.yaml',
    `url: ${url}\nserver: ${JSON.stringify(command())}\nheaders: { X-Own: 'a \${WORD}' }\n`,
  );
  const { description } = await readDescription(config, { WORD: 'word' });
  expect(description).toMatchObject({ url, headers: [['X-Own', 'a word']] });
  expect((await readDescription(config, {})).diagnostics).toMatchObject([{ line: 3 }]);
  expect((await readBaseline(path('known.yaml', 'baseline: []\n'))).baseline).toEqual([]);
  for (const request of [{ suites: [suite] }, { suites }]) {
    const { report } = await run({
      config,
      env: { ...process.env, WORD: 'word' },
      ...request,
      select: { suites: ['own'] },
    });
    expect(report.gate.exit).toBe(0);
    expect(report.results).toMatchObject([{ id: 'own.ping', verdict: 'pass', proven: true }]);
  }
  const naming = path(
    'naming.yaml',
    `url: ${url}\nserver: ${JSON.stringify(command())}\nsuites: [${suite}]\n`,
  );
  const { report } = await run({ config: naming, select: { checks: ['own.*'] } });
  expect(report.results).toMatchObject([{ id: 'own.ping', verdict: 'pass' }]);
  await expect(run({ url, suites: [broken] })).rejects.toThrow('a suite has mistakes');
});

test.each([
  ['no address', {}, 'name the server'],
  [
    'a key that is misspelt',
    Object.assign({ url }, { profil: 'spec' }),
    '`profil` is no key of a request; did you mean `profile`',
  ],
  [
    'a misspelt key of the selection',
    { url, select: Object.assign({ checks: [] }, { tag: ['core'] }) },
    '`select.tag` is no key of a request; did you mean `tags`',
  ],
  ['an address that is none', { url: 'nowhere' }, 'is not a URL'],
  [
    'a check that there is not',
    { url, select: { checks: ['termination.request-after-delte'] } },
    'did you mean `termination.request-after-delete`?',
  ],
  ['a suite that there is not', { url, select: { suites: ['terminaton'] } }, 'did you mean `termination`?'],
  ['a baseline that there is not', { url, baseline: 'no-such.yaml' }, 'the baseline has mistakes'],
  [
    'a header field that checks set',
    { url: 'http://127.0.0.1:9/mcp', headers: { Accept: 'x' } },
    'is set by sessionspec itself',
  ],
  ['a port that nothing chooses', { url }, '{port} in `url` needs `server`'],
  [
    'an actor that no check has',
    { url: 'http://127.0.0.1:9/mcp', principals: { alcie: { Authorization: 'x' } } },
    'did you mean `alice`?',
  ],
  ['a command that does not start', { url, server: 'exit 7' }, 'exit code 7'],
])('run refuses %s', async (_, request, says) => {
  const refused = run(request);
  await expect(refused).rejects.toThrow(says);
  await expect(refused).rejects.toBeInstanceOf(Mistake);
});

const importing = `
  const library = await import(${JSON.stringify(join(root, 'dist/index.js'))});
  await new Promise((resolve) => setImmediate(resolve));
  console.log(JSON.stringify({ open: process.getActiveResourcesInfo(), names: Object.keys(library) }));
`;

test('importing opens nothing and prints nothing', () => {
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', importing], {
    encoding: 'utf8',
  });
  const { open, names }: { readonly open: readonly string[]; readonly names: readonly string[] } =
    JSON.parse(said);
  expect(open.filter((kind) => kind !== 'PipeWrap')).toEqual([]);
  expect(names).toEqual(
    expect.arrayContaining([
      'run',
      'judge',
      'loadSuites',
      'startServer',
      'readDescription',
      'render',
      'renderFinding',
      'readCatalogue',
    ]),
  );
});

test('importing loads neither network nor validators: these wait until they are used', () => {
  const { files, packages } = loadedBy(join(root, 'dist/index.js'));
  expect(files).toBeGreaterThan(10);
  expect(packages.filter((name) => !name.startsWith('node:'))).toEqual(['picocolors']);
  // Parts of undici are loaded by require.
  for (const heavy of ['node:child_process', 'node:module']) expect(packages).not.toContain(heavy);
  const whole = loadedBy(join(root, 'dist/run/run.js')).packages;
  expect(whole).toEqual(expect.arrayContaining(['eventsource-parser', 'node:module']));
});

/** What a module loads before anything of it is called. */
function loadedBy(entry: string): { readonly files: number; readonly packages: readonly string[] } {
  const files = new Set([entry]);
  const packages = new Set<string>();
  for (const file of files)
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(
      /^(?:import|export) (?:[^'"]* from )?['"]([^'"]+)['"];/gm,
    )) {
      if (name.startsWith('.')) files.add(join(dirname(file), name));
      else packages.add(name);
    }
  return { files: files.size, packages: [...packages].toSorted() };
}
