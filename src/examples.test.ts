import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProgram } from './cli/program.js';
import { loadCatalogue, loadSuites } from './load/index.js';
import { profileNames } from './model/profile.js';

// Every fenced block of the README and of docs/ that can run is run, page by page, in a folder of its own, against the reference
// server. There `server.js` is the reference too, `server-stdio.js` the one over stdio, the package is installed as `sessionspec`, and the placeholder below is its address.
// A comment before a block says what is special: `no test`; `exit 1` (of a shell block; 0 is expected otherwise); `output` (each
// line of a text block came from the shell block before it; `…` stands for what was left out); `file NAME` (writes the block to
// that file first); `steps` (a YAML block is what a check does, not a whole suite).

const placeholder = 'http://127.0.0.1:3000/mcp';
const root = fileURLToPath(new URL('..', import.meta.url));
const pages = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);
const { profiles } = loadCatalogue();
const allProfiles = profileNames.map((name) => profiles[name]);
const main = join(root, 'dist/fixtures/reference/main.js');
const piped = join(root, 'dist/fixtures/stdio/main.js');
const folders: string[] = [];
let reference: { readonly child: ChildProcess; readonly url: string };

beforeAll(async () => {
  if (!existsSync(main)) throw new Error('the examples run what is built: npm run build');
  const child = spawn(process.execPath, [main, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (said: string) => resolve(/http\S+/.exec(said)?.[0] ?? ''));
  });
  reference = { child, url };
});

afterAll(() => {
  reference.child.kill();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

// Two at once: examples wait as often as they compute.
const lanes = pLimit(2);

test.concurrent.each(pages)('every example of %s runs', { timeout: 300_000 }, async (page) => {
  expect(await lanes(() => wrongIn(page))).toEqual([]);
});

/** What is wrong with the examples of a page; the first that does not run ends it, because others may rest on it. */
async function wrongIn(page: string): Promise<readonly string[]> {
  const folder = prepared();
  let said = '';
  for (const block of blocksOf(page)) {
    const { file, code, at } = block;
    if (file !== undefined) writeFileSync(join(folder, file), code);
    const { wrong, output } = await tried(block, folder, said);
    if (wrong.length > 0) return [`${at}: ${wrong.join('\n')}`];
    said = output;
  }
  return [];
}

/** Gives back what a text block behind it may quote. */
async function tried({ code, language, file, exit: wanted, how }: Block, folder: string, said: string) {
  if (how === 'no test') return { wrong: [], output: '' };
  if (how === 'output') return { wrong: partsOf(code).filter((part) => !said.includes(part)), output: said };
  if (language === 'yaml')
    return { wrong: linted(how === 'steps' ? suiteOf(code) : code, folder), output: '' };
  if (language !== 'sh' && language !== 'ts')
    return { wrong: ['cannot be tested; say <!-- no test --> before it'], output: '' };
  const { exit, output } = await ran(
    language === 'ts' ? executed(file ?? 'example.ts', code, folder) : code,
    folder,
  );
  return { wrong: exit === wanted ? [] : [`exit ${exit}, not ${wanted}`, output], output };
}

interface Block {
  readonly at: string;
  readonly language: string;
  readonly code: string;
  readonly file: string | undefined;
  readonly exit: number;
  readonly how: string | undefined;
}

function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(join(root, page), 'utf8');
  const fence = /(?:^<!-- (?<says>.*?) -->\n\n?)?^```(?<language>\w*)\n(?<code>[^]*?)^```$/gm;
  const blocks: Block[] = [];
  for (const { index, groups: { says = '', language = '', code = '' } = {} } of text.matchAll(fence)) {
    const words = says.split(', ');
    const valueOf = (key: string) => words.find((word) => word.startsWith(`${key} `))?.slice(key.length + 1);
    const how = words.find((word) => ['no test', 'output', 'steps'].includes(word));
    const at = `${page}:${text.slice(0, index).split('\n').length}`;
    blocks.push({ at, language, code, exit: Number(valueOf('exit') ?? 0), file: valueOf('file'), how });
  }
  return blocks;
}

function prepared(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sessionspec-examples-'));
  folders.push(folder);
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(root, join(folder, 'node_modules/sessionspec'), 'dir');
  const command = join(folder, 'node_modules/.bin/sessionspec');
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'dist/cli.js')}' "$@"\n`);
  chmodSync(command, 0o755);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(folder, 'server.js'), `import ${JSON.stringify(main)};\n`);
  writeFileSync(join(folder, 'server-stdio.js'), `import ${JSON.stringify(piped)};\n`);
  return folder;
}

function ran(
  code: string,
  folder: string,
): Promise<{ readonly exit: number | null; readonly output: string }> {
  const path = [join(folder, 'node_modules/.bin'), join(root, 'node_modules/.bin'), process.env['PATH']].join(
    delimiter,
  );
  const child = spawn('bash', ['-e', '-c', code.replaceAll(placeholder, reference.url)], {
    cwd: folder,
    env: { ...process.env, PATH: path, TOKEN: 'a secret', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (more: string) => (output += more));
  return new Promise((resolve) => {
    child.on('close', (exit) => resolve({ exit, output: output.replaceAll(reference.url, placeholder) }));
  });
}

/** Checked by the compiler against the published types, then run. */
function executed(file: string, code: string, folder: string): string {
  writeFileSync(join(folder, file), code.replaceAll(placeholder, reference.url));
  const strict =
    '--noEmit --strict --exactOptionalPropertyTypes --skipLibCheck --target es2023 --module nodenext';
  return `tsc ${strict} --types node --typeRoots '${join(root, 'node_modules/@types')}' ${file}\ntsx ${file}`;
}

function linted(code: string, folder: string): readonly string[] {
  const file = join(folder, 'linted.yaml');
  writeFileSync(file, code);
  return loadSuites([file], allProfiles).diagnostics.map(({ line, message }) => `${line}: ${message}`);
}

function suiteOf(steps: string): string {
  const head =
    'suite: demo\ntitle: Demo\nchecks:\n  - id: demo.one\n    title: A check\n    requirement: { level: MUST, says: it, section: basic }\n    steps:\n';
  return `${head}${steps.replaceAll(/^/gm, '      ')}\n`;
}

/** What must be found in the output, with every run of blanks as it stands. */
function partsOf(code: string): readonly string[] {
  return code
    .split(/\n|…/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const textOf = (page: string) => readFileSync(join(root, page), 'utf8');

test('docs/running.md tells of every command and every option', () => {
  const io = {
    out: () => undefined,
    err: () => undefined,
    env: {},
    colors: {} as never,
    columns: 120,
    onInterrupt: () => () => undefined,
    onExit: () => () => undefined,
  };
  const program = createProgram({
    io,
    loadEngine: () => Promise.reject(new Error('not needed')),
    done: { exit: 0 },
  });
  const commands = program.commands.map((command) => `sessionspec ${command.name()}`);
  const options = program.commands.flatMap((command) => command.options).map(({ long }) => `\`${long ?? ''}`);
  const text = textOf('docs/running.md');
  expect([...commands, ...options].filter((name) => !text.includes(name))).toEqual([]);
});

test('docs/suites.md names every word of the suite language', () => {
  const schema: unknown = JSON.parse(textOf('suites/schema/suite.json'));
  const text = textOf('docs/suites.md');
  const words = [...new Set(wordsOf(schema))];
  expect(words.length).toBeGreaterThan(100);
  expect(words.filter((word) => !text.includes(word))).toEqual([]);
});

/** The keys that a suite may have, and the values among which it chooses. */
function wordsOf(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(wordsOf);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
    if (key === 'enum' && Array.isArray(value)) return value.map(String);
    const keys =
      key === 'properties' && typeof value === 'object' && value !== null ? Object.keys(value) : [];
    return keys.concat(wordsOf(value));
  });
}
