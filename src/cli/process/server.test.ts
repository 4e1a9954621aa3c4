import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { ProcessEnd } from '../../model/run.js';
import { folder } from '../testing/folder.js';
import { freePort } from './port.js';
import { startServer } from './server.js';
import type { Server } from './server.js';

const started: Server[] = [];
const exits = new Set<() => void>();
const io = {
  env: process.env,
  onExit: (exiting: () => void) => {
    exits.add(exiting);
    return () => void exits.delete(exiting);
  },
};

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
});

const listen = `require('node:http').createServer((q, s) => s.end('hi')).listen(Number(process.argv[1]), '127.0.0.1')`;

test('starts a command on a free port, and stops it with all that it started', async () => {
  // The shell stays between us and two servers, so stopping the child alone would leave them behind.
  const other = await freePort();
  const server = await start(`${node(listen, String(other))} & ${node(listen, '{port}')}; true`);
  expect(server.url.href).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
  expect(await until(() => listens(other))).toBe(true);
  await server.stop();
  expect(await listens(Number(server.url.port))).toBe(false);
  expect(await listens(other)).toBe(false);
  expect(exits.size).toBe(0);
});

test('a server that ignores SIGTERM is killed', async () => {
  const server = await start(node(`process.on('SIGTERM', () => 0); ${listen}`, '{port}'));
  await server.stop();
  expect(await until(async () => !(await listens(Number(server.url.port))))).toBe(true);
});

test('the exit of our own process takes the server along', async () => {
  const server = await start(node(listen, '{port}'));
  for (const exiting of exits) exiting();
  expect(await until(async () => !(await listens(Number(server.url.port))))).toBe(true);
});

test('a command that ends is told with its last words', async () => {
  const command = node(`console.error('no such module\\nfix it'); process.exit(7)`, '');
  await expect(start(command)).rejects.toThrow(
    '--server ended before it listened (exit code 7); it wrote: no such module | fix it',
  );
});

test('the first line is told too where much was said', async () => {
  const script = `console.error(['EADDRINUSE', ...Array(900).keys()].join('\\n')); process.exit(1)`;
  await expect(start(node(script, ''))).rejects.toThrow('; it wrote: EADDRINUSE | … | 897 | 898 | 899');
});

test('a command that does not exist is told by the shell', async () => {
  await expect(start('no-such-command-here')).rejects.toThrow(
    /^--server ended before it listened \(exit code 127\)/,
  );
});

test('a command that never listens is given up and stopped', async () => {
  await expect(start(node('setInterval(() => 0, 1000)', ''), 300)).rejects.toThrow(
    /does not listen at .* after 0.3 s/,
  );
  expect(exits.size).toBe(0);
});

test('a server that listens elsewhere from the start is told of, with the port and what to write', async () => {
  const other = await freePort();
  const elsewhere = `const port = ${other}; console.log('listening on ' + port); require('node:http').createServer((q, s) => s.end('hi')).listen(port, '127.0.0.1')`;
  const says = await start(node(elsewhere, ''), 6_000).catch((error: unknown) => String(error));
  expect(says).toContain(`but something does at port ${other}`);
  expect(says).toContain('write {port} in the command');
  expect(says).toContain(`it wrote: listening on ${other}`);
  const named = node(elsewhere.replace("'listening on '", "'ready: http://localhost:'"), '');
  await expect(start(named, 6_000)).rejects.toThrow(`something does at http://localhost:${other}`);
  const fixed = { command: node('setTimeout(() => 0, 60000)', '{port}'), io, startMs: 300 };
  await expect(startServer({ ...fixed, url: `http://127.0.0.1:${await freePort()}/mcp` })).rejects.toThrow(
    'write {port} in the URL too',
  );
});

test('while a server is awaited, what it says and where it listens is told', async () => {
  const other = await freePort();
  const slow = `process.on('SIGUSR2', () => require('node:http').createServer((q, s) => s.end('hi')).on('error', () => 0).listen(Number(process.argv[2]), '127.0.0.1')); ${listen}; console.log('loading models, port ' + ${other})`;
  const told: string[] = [];
  const server = await startServer({
    command: `${node(slow, String(other))} {port} & echo $! >&2; wait`,
    url: 'http://127.0.0.1:{port}/mcp',
    io,
    startMs: 60_000,
    tellEveryMs: 100,
    tell: (says) => {
      told.push(says);
      const [, pid] = /(\d+) \| loading models/.exec(says) ?? [];
      // Once all is told, the process listens where it should.
      if (pid !== undefined && says.includes('but something does')) process.kill(Number(pid), 'SIGUSR2');
    },
  });
  started.push(server);
  expect(told.at(-1)).toMatch(
    new RegExp(
      `^waiting for the server to answer at 127\\.0\\.0\\.1:\\d+, [0-9.]+ s, but something does at port ${other}; it wrote: \\d+ \\| loading models`,
    ),
  );
});

test('of a failure that Node tells the line with the error is kept', async () => {
  const says = await start(`'${process.execPath}' no-such-server.js {port}`).catch((error: unknown) =>
    String(error),
  );
  expect(says).toMatch(
    /ended before it listened \(exit code 1\); it wrote: Error: Cannot find module '[^|]+'$/,
  );
});

test('a port that is taken is not mistaken for the server', async () => {
  const server = await start(node(listen, '{port}'));
  await expect(startServer({ command: 'true', url: server.url.href, io })).rejects.toThrow(
    'another process listens',
  );
});

test('a server that accepts early is waited for until it answers', async () => {
  const early = `let open = false; setTimeout(() => (open = true), 600); require('node:http').createServer((q, s) => { const wait = setInterval(() => open && (clearInterval(wait), s.end('hi')), 10); }).listen(Number(process.argv[1]), '127.0.0.1')`;
  const { url } = await start(node(early, '{port}'));
  // By now it is open, so that this does not wait for the moment in which it opens.
  const signal = AbortSignal.timeout(60_000);
  expect(await (await fetch(url, { signal })).text()).toBe('hi');
});

test('one that ends by itself is told of, with its code and last words; one that is stopped is not', async () => {
  const dies = `require('node:http').createServer((q, s) => { s.end('hi'); if (q.url === '/end') { console.error('no more'); process.exit(5); } }).listen(Number(process.argv[1]), '127.0.0.1')`;
  const server = await start(node(dies, '{port}'));
  const ends: ProcessEnd[] = [];
  const told = new Promise<void>((resolve) => {
    server.operator.watch?.((end) => {
      ends.push(end);
      resolve();
    });
  });
  await server.operator.kill();
  expect(await server.operator.start()).toEqual({ answers: true });
  expect(ends).toEqual([]);
  await fetch(new URL('/end', server.url)).catch(() => undefined);
  await told;
  expect(ends).toMatchObject([{ code: 5, signal: null }]);
  expect(await ends[0]?.words).toEqual(['no more']);
});

test('a server that comes back at another port is told of, with that port', async () => {
  const other = await freePort();
  const file = join(folder(), 'count');
  const moves = `const fs = require('node:fs'); const again = fs.existsSync('${file}'); fs.writeFileSync('${file}', ''); const port = again ? ${other} : Number(process.argv[1]); console.log('listening on ' + port); require('node:http').createServer((q, s) => s.end('hi')).listen(port, '127.0.0.1')`;
  const server = await start(node(moves, '{port}'), 6_000);
  await server.operator.kill();
  const came = await server.operator.start();
  expect(came).toMatchObject({ answers: false });
  expect(came.answers ? '' : came.says).toContain(`but something does at port ${other}`);
  expect(came.answers ? '' : came.says).toContain(`listening on ${other}`);
});

test.runIf(process.platform === 'linux')('a child in a session of its own is ended too', async () => {
  const other = await freePort();
  const escaping = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(listen)}, '${other}'], { detached: true, stdio: 'ignore' }).unref(); ${listen}`;
  const server = await start(node(escaping, '{port}'));
  expect(await until(() => listens(other))).toBe(true);
  await server.stop();
  expect(await until(async () => !(await listens(other)))).toBe(true);
});

test.runIf(process.platform === 'linux')('what was started ends with a harness that is killed', async () => {
  const [port, other] = [await freePort(), await freePort()];
  const escaping = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(listen)}, '${other}'], { detached: true, stdio: 'ignore' }).unref(); ${listen}`;
  const group = new URL('group.ts', import.meta.url).pathname;
  const harness = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      '-e',
      `import('${group}').then(({ startGroup }) => startGroup(process.argv[1], process.env))`,
      node(escaping, String(port)),
    ],
    { stdio: 'ignore' },
  );
  expect(await until(async () => (await listens(port)) && (await listens(other)))).toBe(true);
  harness.kill('SIGKILL');
  expect(await until(async () => !(await listens(port)) && !(await listens(other)))).toBe(true);
});

async function start(command: string, startMs = 60_000): Promise<Server> {
  const server = await startServer({ command, url: 'http://127.0.0.1:{port}/mcp', io, startMs });
  started.push(server);
  return server;
}

function node(script: string, argument: string): string {
  return `'${process.execPath}' -e '${script.replaceAll("'", `'\\''`)}' ${argument}`;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function until(happened: () => Promise<boolean>): Promise<boolean> {
  while (!(await happened())) await new Promise((resolve) => setTimeout(resolve, 25));
  return true;
}
