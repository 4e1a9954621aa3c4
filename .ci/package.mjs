// Is the package complete? Packs it, has it looked at by publint and by attw, and uses it where it is installed with nothing but
// what it depends on: types under both ways to resolve modules, the program, the library, and the example project.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules/.bin');
const folder = mkdtempSync(join(tmpdir(), 'sessionspec-package-'));
const project = join(folder, 'project');
const installed = join(project, 'node_modules/sessionspec');

const typedUse = `
import { readCatalogue, type Run } from 'sessionspec';
export const failed = ({ report }: Run): readonly string[] =>
  report.results.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
export const count: Promise<number> = readCatalogue().then(({ suites }) => suites.length);
`;
const uses = `
import { readCatalogue } from 'sessionspec';
import schema from 'sessionspec/suites/schema/target.json' with { type: 'json' };
const { suites } = await readCatalogue();
if (suites.length < 5 || schema.type !== 'object') throw new Error('the library is not whole');
`;

try {
  const tarball = packed();
  run(join(bin, 'publint'), ['run', tarball, '--strict']);
  run(join(bin, 'attw'), [tarball, '--profile', 'esm-only', '--no-emoji', '--format', 'table-flipped']);
  install(tarball);
  refuseDeadLinks();
  for (const [module, resolution] of [
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ])
    typecheck(module, resolution);
  run(process.execPath, ['uses.mjs'], project);
  run('npx', ['--no', '--', 'sessionspec', '--version'], project);
  gateExample();
  console.log('the package is complete');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function packed() {
  const [{ filename, size, files }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--silent', '--pack-destination', folder], {
      cwd: root,
      encoding: 'utf8',
    }),
  );
  console.log(`${filename}: ${files.length} files, ${Math.round(size / 1024)} KiB`);
  const stray = files.filter(({ path }) => /\.test\.|\/testing\/|\.ndjson$/.test(path));
  if (stray.length > 0)
    throw new Error(`the package has files of tests: ${stray.map(({ path }) => path).join(', ')}`);
  return join(folder, filename);
}

/** As npm does it, but from what the checkout has, so that no network is needed. */
function install(tarball) {
  mkdirSync(installed, { recursive: true });
  run('tar', ['xzf', tarball, '--strip-components=1', '-C', installed]);
  const { dependencies, peerDependencies = {} } = json(join(installed, 'package.json'));
  for (const name of [...Object.keys({ ...dependencies, ...peerDependencies }), '@types/node'])
    link(name, project);
  linkBin(project);
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(project, 'uses.mjs'), uses);
}

function link(name, to) {
  const place = join(to, 'node_modules', name);
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(join(root, 'node_modules', name), place, 'dir');
}

function linkBin(to) {
  mkdirSync(join(to, 'node_modules/.bin'), { recursive: true });
  symlinkSync('../sessionspec/dist/cli.js', join(to, 'node_modules/.bin/sessionspec'));
  run('chmod', ['+x', join(to, 'node_modules/sessionspec/dist/cli.js')]);
}

/** A page of the package must not point to what only the checkout has. */
function refuseDeadLinks() {
  const pages = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.md'),
  );
  const has = new Set(readdirSync(installed, { recursive: true, encoding: 'utf8' }));
  const dead = pages.flatMap((page) => {
    const links = [...readFileSync(join(installed, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)];
    return links
      .map(([, to]) => join(dirname(page), to).replace(/\/$/, ''))
      .filter((to) => !has.has(to))
      .map((to) => `${page}: ${to}`);
  });
  if (dead.length > 0) throw new Error(`links to what the package has not:\n${dead.join('\n')}`);
}

/** Every entry of `exports` that has types, and one use of them. Types of dependencies are checked too. */
function typecheck(module, resolution) {
  const { exports } = json(join(installed, 'package.json'));
  const typed = Object.entries(exports).filter(([, entry]) => entry.types !== undefined);
  const imports = typed.map(([path], at) => `import * as entry${at} from 'sessionspec${path.slice(1)}';`);
  const used = typed.map((_, at) => `export const used${at}: object = entry${at};`);
  writeFileSync(join(project, 'consumer.ts'), `${[...imports, ...used, typedUse].join('\n')}\n`);
  const options = {
    module,
    moduleResolution: resolution,
    target: 'es2023',
    strict: true,
    noEmit: true,
    types: ['node'],
  };
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, files: ['consumer.ts'] }),
  );
  run(join(bin, 'tsc'), ['-p', 'tsconfig.json'], project);
  console.log(`types under ${resolution}: ${typed.map(([path]) => path).join(', ')}`);
}

/** The example project with the package, by the command that its workflow runs; and the proof of its own suite. */
function gateExample() {
  const example = join(folder, 'example');
  cpSync(join(installed, 'examples/sdk-server'), example, { recursive: true });
  const { dependencies } = json(join(example, 'package.json'));
  for (const name of Object.keys(dependencies)) link(name, example);
  symlinkSync(installed, join(example, 'node_modules/sessionspec'), 'dir');
  linkBin(example);
  const workflow = parse(readFileSync(join(example, '.github/workflows/sessions.yml'), 'utf8'));
  const commands = workflow.jobs.sessions.steps.flatMap(({ run: command }) => command ?? []);
  const command = commands.find((one) => one.startsWith('npx sessionspec '));
  run('bash', ['-e', '-c', command], example);
  run('npm', ['run', '--silent', 'prove'], example);
  const { gate } = json(join(example, 'sessions/report.json'));
  if (gate.exit !== 0) throw new Error(`the example is not green: ${gate.sentence}`);
}

function json(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function run(command, args, cwd = folder) {
  // Nothing but what is installed there is found.
  const path = [join(cwd, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  execFileSync(command, args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: path },
  });
}
