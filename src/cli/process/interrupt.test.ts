import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { folder } from '../testing/folder.js';

// The program as it is shipped.
const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
if (!existsSync(cli)) throw new Error('npm run build makes the program');

/** Longer than a test may take: what waits for it instead of the interrupt is found out. */
const hangsAfterMs = 60_000;

const suite = (steps: string) => `
suite: mine
title: Mine
checks:
  - id: mine.endless
    title: It goes on and on
    requirement: { says: it ends, level: house }
    steps:
      - open: alice
${steps}
`;

const endless: readonly (readonly [what: string, steps: string, asked: string])[] = [
  [
    'a request that is never answered',
    `      - { send: hang/on, within-ms: ${hangsAfterMs}, judge: { status: 200 } }`,
    'hang/on',
  ],
  [
    'a thousand of them, one after the other',
    `      - { repeat: 1000, do: [{ send: hang/on, within-ms: ${hangsAfterMs}, judge: { status: 200 } }] }`,
    'hang/on',
  ],
  [
    'very many quick requests',
    '      - { repeat: 10000, do: [{ send: count/up, judge: { status: 200 } }] }',
    'count/up',
  ],
  [
    'a pause',
    `      - { send: go/on, judge: { status: 200 } }\n      - { pause-ms: ${hangsAfterMs} }\n      - { send: go/on, judge: { status: 200 } }`,
    'go/on',
  ],
];

test.each(endless)('an interrupt ends %s', async (_, steps, asked) => {
  const path = join(folder(), 'mine.yaml');
  writeFileSync(path, suite(steps));
  const reached = new EventEmitter();
  const isReached = once(reached, 'request');
  const server = createServer(
    (req, res) => void answer(req, res, (text) => text.includes(asked) && reached.emit('request')),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const args = ['run', `http://127.0.0.1:${port}/mcp`, '--suite', path, '--check', 'mine.*'];
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const pipe of [child.stdout, child.stderr])
    pipe.setEncoding('utf8').on('data', (more: string) => (said += more));
  const closed = once(child, 'close');
  await Promise.race([isReached, closed]);
  child.kill('SIGINT');
  await closed;
  expect({ exit: child.exitCode, said }).toMatchObject({
    exit: 130,
    said: expect.stringContaining('interrupted: 0 checks judged'),
  });
  server.closeAllConnections();
  server.close();
});

/** A small server that serves all but `hang/on`. */
async function answer(
  req: IncomingMessage,
  res: ServerResponse,
  seen: (text: string) => void,
): Promise<void> {
  let text = '';
  for await (const chunk of req.setEncoding('utf8')) text += String(chunk);
  seen(text);
  if (text.includes('hang/on')) return;
  const { id, params } = (text === '' ? {} : JSON.parse(text)) as {
    readonly id?: number;
    readonly params?: { readonly protocolVersion?: string };
  };
  if (id === undefined) return void res.writeHead(202).end();
  const { protocolVersion } = params ?? {};
  const opened = { protocolVersion, capabilities: {}, serverInfo: { name: 'small', version: '1' } };
  const result = protocolVersion === undefined ? {} : opened;
  res.writeHead(200, { 'content-type': 'application/json', 'mcp-session-id': 'one' });
  res.end(JSON.stringify({ jsonrpc: '2.0', id, result }));
}
