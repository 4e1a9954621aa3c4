import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { operatorOf } from './hooks.js';
import { accepts, freePort } from './port.js';
import { folder } from '../testing/folder.js';

const listen = `
const stubborn = process.argv[3] === 'stubborn';
if (stubborn) process.on('SIGTERM', () => 0);
require('node:fs').writeFileSync(process.argv[4], String(process.pid));
require('node:http').createServer((q, s) => s.end()).listen(Number(process.argv[2]), '127.0.0.1');
`;
// Longer than any test may take: code that waits for this instead of an event is found out.
const hangsAfterMs = 600_000;
const killing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const kill of killing.splice(0)) await kill();
});

async function operated(how: 'kind' | 'stubborn', changes: { readonly start?: string } = {}) {
  const path = folder();
  const [script, pid] = [join(path, 'server.cjs'), join(path, 'pid')];
  writeFileSync(script, listen);
  const port = await freePort();
  const url = new URL(`http://127.0.0.1:${port}/mcp`);
  const hooks = {
    stop: `kill $(cat '${pid}')`,
    kill: `kill -9 $(cat '${pid}')`,
    start: `'${process.execPath}' '${script}' ${port} ${how} '${pid}'`,
    ...changes,
  };
  const operator = operatorOf(hooks, url, process.env, hangsAfterMs);
  killing.push(operator.kill);
  return { operator, listens: () => accepts(url) };
}

test('starts, stops and kills a target, and knows when it has happened', async () => {
  const { operator, listens } = await operated('kind');
  expect([await operator.start(), await listens()]).toEqual([{ answers: true }, true]);
  expect([await operator.stop(hangsAfterMs), await listens()]).toEqual(['ended', false]);
  expect([await operator.start(), await listens()]).toEqual([{ answers: true }, true]);
  expect([await operator.kill(), await listens()]).toEqual(['killed', false]);
});

test('a target that does not stop in time is killed', async () => {
  const { operator, listens } = await operated('stubborn');
  await operator.start();
  expect([await operator.stop(200), await listens()]).toEqual(['killed', false]);
});

test('a hook that fails, or does not start anything, is false and not an error', async () => {
  const failing = await operated('kind', { start: 'exit 3' });
  expect(await failing.operator.start()).toMatchObject({ answers: false });
  const idle = operatorOf(
    { stop: 'true', kill: 'true', start: 'sleep 60' },
    new URL('http://127.0.0.1:9/'),
    process.env,
    100,
  );
  expect(await idle.start()).toMatchObject({ answers: false });
});

test('hooks that end nothing are found out', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const nothing = { stop: 'true', kill: 'true', start: 'true' };
  const operator = operatorOf(nothing, new URL(`http://127.0.0.1:${port}/`), process.env, 100);
  expect([await operator.stop(50), await operator.kill()]).toEqual(['running', 'running']);
  server.close();
});
