import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
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

test('a port that is taken is not mistaken for the server', async () => {
  const server = await start(node(listen, '{port}'));
  await expect(startServer({ command: 'true', url: server.url.href, io })).rejects.toThrow(
    'another process listens',
  );
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
