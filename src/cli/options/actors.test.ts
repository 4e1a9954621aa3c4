import { expect, test } from 'vitest';
import { createEngine } from '../engine.js';
import { command } from '../testing/sample.js';

const { builtIn } = await createEngine();
const said = (name: string, ...as: readonly string[]) => {
  const flags = as.flatMap((text) => ['--as', text]);
  return command([...name.split(' '), 'http://127.0.0.1:4000/mcp', ...flags], { builtIn });
};

test.each(['run', 'plan'])('%s refuses credentials of an actor that no check has', async (name) => {
  const { exit, out, err } = await said(name, 'alice=a: 1', 'bbo=a: 2');
  expect({ exit, out, err }).toEqual({
    exit: 3,
    out: '',
    err: 'sessionspec: --as bbo=: no check has an actor of that name; did you mean `bob`?\n',
  });
});

test('an actor is known wherever one acts: in a step, in an open, and by number in a repetition', async () => {
  for (const name of ['stranger', 'carol', 'client0', 'guest12'])
    expect((await said('run', `${name}=a: 1`)).err).toBe('');
  expect((await said('run', 'client=a: 1')).exit).toBe(3);
  expect((await said('run --check issuance.*', 'carol=a: 1')).err).toBe('');
});

test('alice and bob are two principals, in every command', async () => {
  const { exit, err } = await said('facts', 'alice=A: 1', 'alice=B: 2', 'bob=b: 2', 'bob=a:  1');
  expect([exit, err]).toEqual([
    3,
    'sessionspec: alice and bob have the same credentials; give each those of another user\n',
  ]);
  expect((await said('facts', 'alice=A: 1', 'alice=B: 2', 'bob=b: 2')).exit).toBe(0);
});
