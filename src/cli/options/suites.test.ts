import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEngine } from '../engine.js';
import type { Engine } from '../ports.js';
import { folder } from '../testing/folder.js';
import { command, sampleEngine } from '../testing/sample.js';

const real = await createEngine();

const own = (id: string) => `suite: ${id.split('.')[0]}
title: Ours
checks:
  - id: ${id}
    title: A ping is answered
    requirement: { level: house, says: a ping is answered with a result }
    steps:
      - open: alice
      - { send: ping, judge: { status: 200, result: true } }
`;
const prepared = () => {
  const to = folder();
  mkdirSync(join(to, 'tests'));
  writeFileSync(join(to, 'tests/own.yaml'), own('own.ping'));
  writeFileSync(join(to, 'more.yaml'), own('more.ping'));
  writeFileSync(join(to, 'sessionspec.yaml'), `url: http://127.0.0.1:4000/mcp\nsuites: [tests]\n`);
  return to;
};
const idsOf = async (...argv: readonly string[]) => {
  let seen: readonly string[] = [];
  const run: Engine['run'] = (selected, options) => {
    seen = selected.checks.map(({ id }) => id);
    return sampleEngine.run(selected, options);
  };
  const { err } = await command(['run', ...argv], { ...real, run });
  return err.startsWith('sessionspec: ') ? err : seen;
};

test('suites of the user that a description names run beside the built-in ones, wherever the command is run', async () => {
  const to = prepared();
  const ids = await idsOf('--config', join(to, 'sessionspec.yaml'));
  expect(ids).toContain('own.ping');
  expect(ids.length).toBeGreaterThan(100);
  const more = join(to, 'more.yaml');
  expect(await idsOf('--config', join(to, 'sessionspec.yaml'), '--suite', more, '--check', '*.ping')).toEqual(
    ['more.ping', 'own.ping'],
  );
});

test('suites of the user run alone with --only, which is there again where a failure is to be seen again', async () => {
  const to = prepared();
  const more = join(to, 'more.yaml');
  expect(await idsOf('--config', join(to, 'sessionspec.yaml'), '--only', more)).toEqual(['more.ping']);
  const { out } = await command(['run', 'http://127.0.0.1:4000/mcp', '--only', more], {
    read: real.read,
  });
  expect(out).toContain(`--only ${more}`);
});

test('suites of the user are refused where they are not there, or named twice over', async () => {
  const to = prepared();
  writeFileSync(join(to, 'sessionspec.yaml'), `url: http://127.0.0.1:4000/mcp\nsuites: [none.yaml]\n`);
  const missing = await idsOf('--config', join(to, 'sessionspec.yaml'));
  expect(missing).toContain('sessionspec.yaml:2:10: the suite');
  expect(await idsOf('http://127.0.0.1:4000/mcp', '--only', join(to, 'none.yaml'))).toContain(
    'is no file and no folder',
  );
  const both = ['--only', join(to, 'more.yaml'), '--suite', 'reuse'];
  expect(await idsOf('http://127.0.0.1:4000/mcp', ...both)).toContain('--only leaves out all other suites');
});

test('a tag leaves out what has it not, and the report says so of suites of the user', async () => {
  const to = prepared();
  const engine = { ...real, run: sampleEngine.run };
  const config = ['run', '--config', join(to, 'sessionspec.yaml')];
  const tagged = await command([...config, '--tag', 'core'], engine);
  expect(tagged.out.replaceAll(/\s+/g, ' ')).toContain(
    '1 check of your own suites, which --tag leaves out: own.ping',
  );
  expect((await command(config, engine)).out).not.toContain('own suites');
});

test('a description that is not there is said in a line, with what writes one', async () => {
  expect(await idsOf('--config', 'no-such.yaml')).toBe(
    'sessionspec: --config no-such.yaml: there is no such file; npx sessionspec init writes one\n',
  );
});
