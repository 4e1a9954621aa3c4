import { atUrl } from '../../model/carrier.js';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunOptions } from '../../model/run.js';
import { createEngine } from '../engine.js';
import type { Engine } from '../ports.js';
import { command, sampleEngine } from '../testing/sample.js';
import { folder } from '../testing/folder.js';

const { describe: described, builtIn } = await createEngine();
const written = (text: string) => {
  const path = join(folder(), 'sessionspec.yaml');
  writeFileSync(path, text);
  return path;
};

/** What a run is asked for, of a file and a command line. */
async function optionsOf(text: string, ...argv: readonly string[]): Promise<RunOptions> {
  let seen: RunOptions | undefined;
  const run: Engine['run'] = (checks, options) => {
    seen = options;
    return sampleEngine.run(checks, options);
  };
  const shown = await command(
    ['run', '--config', written(text), ...argv],
    { run, describe: described, builtIn },
    { TOKEN: 'word' },
  );
  if (seen === undefined) throw new Error(shown.err);
  return seen;
}

const whole = `
url: http://127.0.0.1:4000/mcp
headers: { Authorization: 'Bearer \${TOKEN}', X-Mode: file }
as: { alice: { a: file }, bob: { a: file too } }
revision: 2025-06-18
profile: strict-400
idle-timeout: 3
replicas: [http://127.0.0.1:4001/mcp]
burst: 7
time-scale: 3
insecure: true
tools: { identity: { name: who } }
hooks: { stop: a, kill: b, start: c }
`;

describe('--config', () => {
  test('says everything that flags say', async () => {
    expect(await optionsOf(whole)).toMatchObject({
      address: atUrl(new URL('http://127.0.0.1:4000/mcp')),
      headers: [
        ['Authorization', 'Bearer word'],
        ['X-Mode', 'file'],
      ],
      principals: { alice: [['a', 'file']], bob: [['a', 'file too']] },
      revision: '2025-06-18',
      profile: 'strict-400',
      idleTimeoutMs: 3_000,
      replicas: [new URL('http://127.0.0.1:4001/mcp')],
      burst: 7,
      timeScale: 3,
      insecure: true,
      described: { identity: { name: 'who', arguments: {} } },
      operator: { stop: expect.any(Function), kill: expect.any(Function), start: expect.any(Function) },
    });
  });

  test('gives way to flags, each for itself', async () => {
    const flags = [
      '--header',
      'x-mode: flag',
      '--as',
      'bob=a: flag',
      '--revision',
      'all',
      '--profile',
      'spec',
    ];
    const more = [
      '--idle-timeout',
      '5',
      '--replica',
      'http://127.0.0.1:5/mcp',
      '--burst',
      '9',
      '--time-scale',
      '1',
    ];
    expect(await optionsOf(whole, 'http://127.0.0.1:5000/mcp', ...flags, ...more)).toMatchObject({
      address: atUrl(new URL('http://127.0.0.1:5000/mcp')),
      headers: [
        ['Authorization', 'Bearer word'],
        ['x-mode', 'flag'],
      ],
      principals: { alice: [['a', 'file']], bob: [['a', 'flag']] },
      revision: 'all',
      profile: 'spec',
      idleTimeoutMs: 5_000,
      replicas: [new URL('http://127.0.0.1:5/mcp')],
      burst: 9,
      timeScale: 1,
    });
  });

  test('is the only way to a file: one in the folder is not read unasked', async () => {
    const { exit, err } = await command(['run'], {
      describe: () => Promise.reject(new Error('it was read')),
    });
    expect([exit, err]).toEqual([3, expect.stringContaining('name the server')]);
  });

  test('is needed again to see a failure again', async () => {
    const path = written('url: http://127.0.0.1:4000/mcp\n');
    const { out } = await command(['run', '--config', path], { describe: described });
    expect(out).toContain(`sessionspec run http://127.0.0.1:4000/mcp`);
    expect(out).toContain(`--config ${path}`);
  });

  test.each(['run', 'facts', 'plan'])(
    'with mistakes ends %s before a socket opens, with their places',
    async (name) => {
      const path = written('uri: x\nburst: 1\n');
      const { exit, out, err } = await command([name, '--config', path], { describe: described });
      expect({ exit, out }).toEqual({ exit: 3, out: '' });
      expect(err).toContain(
        `${path}:1:1: unknown key \`uri\`; did you mean \`url\`?\n    1 | uri: x\n      | ^^^\n`,
      );
      expect(err).toContain(`${path}:2:8: \`burst\` must be at least 2`);
    },
  );

  test.each([
    ['url: http://a/\nas: { alice: { a: b }, bob: { A: b } }\n', 'alice and bob have the same credentials'],
    ['insecure: true\n', 'name the server'],
    ['url: http://127.0.0.1:{port}/mcp\n', '{port} in the URL needs --server'],
  ])('that says too little is a mistake: %j', async (text, says) => {
    const { exit, err } = await command(['facts', '--config', written(text)], { describe: described });
    expect([exit, err]).toEqual([3, expect.stringContaining(says)]);
  });
});

test('every command is known by name', async () => {
  const { commandNames } = await import('./target.js');
  const { out } = await command(['--help']);
  const shown = [...out.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name);
  expect([...commandNames, 'help'].toSorted()).toEqual(shown.toSorted());
});
