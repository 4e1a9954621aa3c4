import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { startSubject } from '../fixtures/subjects/run.js';
import { createOldWiring } from '../fixtures/subjects/sdk-v1-old-wiring.js';
import { createSdkV1 } from '../fixtures/subjects/sdk-v1.js';
import { startServer } from './cli/process/server.js';

/** The clients that the seeds 000 and 002 describe are in Python, and are run as people run them. */
const hasPython = spawnSync('python3', ['--version']).status === 0;
const why = hasPython ? '' : ' (left out: no python3 is on PATH)';

const subjects = fileURLToPath(new URL('../fixtures/subjects/', import.meta.url));
const python = '.build/venv/bin/python';
const isBuilt = existsSync(`${subjects}python-sdk-1.12.4/${python}`);
const whyNotBuilt = isBuilt ? '' : ' (left out: npm run interop has not built it here)';

let close: (() => Promise<unknown>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});

/** The port of a server of the folder that is started by the command. */
async function portOf(folder: string, command: string): Promise<string> {
  const url = 'http://127.0.0.1:{port}/mcp';
  const io = { env: process.env, onExit: () => () => undefined };
  const server = await startServer({
    command: `cd '${subjects}${folder}' && exec ${command} --port {port}`,
    url,
    io,
  });
  close = () => server.stop();
  return new URL(server.url).port;
}

async function portOfListener(listener: Parameters<typeof startSubject>[0]): Promise<string> {
  const subject = await startSubject(listener);
  close = subject.close;
  return new URL(subject.url).port;
}

async function saidBy(folder: string, port: string): Promise<string> {
  const client = `${subjects}${folder}/client.py`;
  return (await promisify(execFile)('python3', [client, '--port', port], { timeout: 60_000 })).stdout;
}

/** What the client of seed 002 says, as JSON. */
const saying = async (port: string) => JSON.parse(await saidBy('python-sdk-1.12.4', port)) as unknown;

describe.skipIf(!hasPython)(`the client of seed 000${why}`, () => {
  it('sees the counter of each session apart, with the server of the seed', async () => {
    const port = await portOf('seed-000', 'python3 server.py');
    expect(await saidBy('seed-000', port)).toBe('1 2 1 3\n');
  });

  it('sees the same with the official SDK', async () => {
    const port = await portOfListener(createSdkV1({ replies: 'json' }));
    expect(await saidBy('seed-000', port)).toBe('1 2 1 3\n');
  });
});

describe.skipIf(!hasPython)(`the client of seed 002${why}`, () => {
  it.each([
    ['400 as in the example of 1.25', () => createOldWiring(), 400],
    ['404', () => createSdkV1({ replies: 'sse' }), 404],
    ['404, in JSON', () => createSdkV1({ replies: 'json' }), 404],
  ])('opens another session where its id is answered %s', async (_, create, status) => {
    const tools = ['echo', 'increment_counter'];
    const port = await portOfListener(await create());
    expect(await saying(port)).toEqual({ tools, again: tools, refusals: [status], another: true });
  });

  it.skipIf(!isBuilt)(`does so with the manager that the seed describes${whyNotBuilt}`, async () => {
    const port = await portOf('python-sdk-1.12.4', `${python} server.py`);
    const tools = ['announce', 'increment_counter', 'session_id', 'slow'];
    expect(await saying(port)).toEqual({ tools, again: tools, refusals: [400], another: true });
  });
});
