import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import picocolors from 'picocolors';
import { afterAll, expect, test } from 'vitest';
import { main } from './cli/main.js';
import type { Io } from './cli/output/io.js';
import { renderers, reporterNames } from './report/index.js';
import { allParts } from './report/renderer.js';

// What a user gives a command line to keep, in each place that takes a secret, and what is told of it in any output of any format.

const folder = mkdtempSync(join(tmpdir(), 'sessionspec-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const secrets = {
  header: 'hdr-8f2e51c07ab9',
  environment: 'env-77c0d1e94f3a',
  principal: 'prn-30b1aa62c9e8',
  cookie: 'ck-5d9e7f81a2c4',
  query: 'qry-c41f0b93d7e6',
  assigned: 'asg-e0a94c7715bd',
};

/** It answers with all header fields, its own address and every session id that it knows, in each place that a server has. */
const telltale = `
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
const told = new Set();
const sessions = new Set();
const ids = new Set();
createServer((request, response) => {
  for (const [name, value] of Object.entries(request.headers))
    if (/^(authorization|x-|cookie)/.test(name)) told.add(String(value)).add(String(value).split(' ').at(-1));
  told.add(request.url);
  let body = '';
  request.on('data', (more) => (body += more)).on('end', () => {
    let message = {};
    try { message = JSON.parse(body); } catch {}
    const { id, method } = message;
    const own = request.headers['mcp-session-id'];
    const issued = method === 'initialize' ? 'sid-' + randomUUID() : undefined;
    // An id that its client has not read yet is known to nobody.
    if (ids.has(own)) sessions.add(own);
    if (issued) ids.add(issued), appendFileSync(process.env.ISSUED, issued + '\\n');
    const all = [...told, ...sessions].join(' ');
    const answer = (status, value) => {
      response.writeHead(status, { 'content-type': 'application/json', 'x-echo': encodeURIComponent(all), ...(issued && { 'mcp-session-id': issued }) });
      response.end(value && JSON.stringify({ jsonrpc: '2.0', id, ...value }));
    };
    if (request.method === 'DELETE') return answer(200);
    if (request.method !== 'POST') return answer(405);
    if (issued) return answer(200, { result: { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'tells ' + [...told].join(' '), version: all } } });
    if (own === undefined) return answer(400, { error: { code: -32000, message: 'no session ' + all } });
    if (id === undefined) return answer(202);
    if (method === 'tools/list') return answer(200, { result: { tools: [{ name: 'whoami', description: all, inputSchema: { type: 'object' } }] } });
    if (method === 'tools/call') return answer(200, { result: { content: [{ type: 'text', text: 'you are ' + own + ' of ' + all }] } });
    return answer(200, { result: {} });
  });
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

async function told(argv: readonly string[], env: Io['env']) {
  let out = '';
  let err = '';
  const io: Io = {
    out: (text) => (out += text),
    err: (text) => (err += text),
    env,
    colors: picocolors.createColors(false),
    columns: 120,
    onInterrupt: () => () => undefined,
    onExit: () => () => undefined,
  };
  return { exit: await main(argv, io), out, err };
}

test('no secret of a command line, its files or its environment stands in any output of any format', async () => {
  writeFileSync(join(folder, 'server.mjs'), telltale);
  const config = join(folder, 'sessionspec.yaml');
  writeFileSync(config, `headers:\n  X-Environment: 'Token \${SECRET_OF_TEST}'\n`);
  const output = join(folder, 'out');
  const summary = join(folder, 'summary.md');
  const issued = join(folder, 'issued');
  const server = `env ISSUED='${issued}' API_TOKEN=${secrets.assigned} '${process.execPath}' '${join(folder, 'server.mjs')}'`;
  const url = `http://127.0.0.1:{port}/mcp?token=${secrets.query}`;
  const workflow = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
  const { exit, out, err } = await told(
    [
      'run',
      url,
      `--config=${config}`,
      `--server=${server}`,
      `--output=${output}`,
      `--reporter=${reporterNames.join(',')}`,
      `--as=alice=Authorization: Bearer ${secrets.principal}`,
      `--header=X-Given: ${secrets.header}`,
      `--header=Cookie: a=b; sid=${secrets.cookie}`,
      '--verbose',
      '--explore',
      ...['issuance', 'isolation', 'security', 'invalid-ids'].map((suite) => `--suite=${suite}`),
    ],
    { ...process.env, ...workflow, SECRET_OF_TEST: secrets.environment },
  );
  expect({ exit, err }).toEqual({ exit: 1, err: expect.not.stringContaining('cannot be written') });
  const files = reporterNames.flatMap((name) => allParts(renderers[name]).flatMap(({ file }) => file ?? []));
  expect(readdirSync(output).toSorted()).toEqual([...files, 'run.ndjson'].toSorted());
  const texts: Readonly<Record<string, string>> = {
    'standard output': out,
    'standard error': err,
    summary: readFileSync(summary, 'utf8'),
    ...Object.fromEntries(
      readdirSync(output).map((file) => [file, readFileSync(join(output, file), 'utf8')]),
    ),
  };
  expect(texts['run.ndjson']).toContain('«secret»');
  expect(texts['report.json']).toContain('«secret»');
  const ids = readFileSync(issued, 'utf8').trim().split('\n');
  expect(ids.length).toBeGreaterThan(50);
  const kept = [...Object.entries(secrets), ...ids.map((id) => ['a session id', id] as const)];
  const leaks = Object.entries(texts).flatMap(([name, text]) =>
    kept.flatMap(([place, secret]) => {
      const at = text.indexOf(secret);
      return at < 0 ? [] : [`${place} in ${name}: ${text.slice(Math.max(0, at - 80), at + 80)}`];
    }),
  );
  expect(leaks).toEqual([]);
});
