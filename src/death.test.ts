import { atUrl } from './model/carrier.js';
import { expect, test } from 'vitest';
import { startServer } from './cli/process/server.js';
import { readCatalogue } from './catalogue.js';
import { defaultOptions, type RunOptions } from './model/run.js';
import { run } from './run/run.js';
import { checkOf } from './testing/check.js';

/** A server that ends its process a moment after a client hung up inside a body, or at once at a field. */
const fragile = `
const { randomUUID } = require('node:crypto');
const sessions = new Set();
require('node:http').createServer((request, response) => {
  if (request.headers['x-fatal']) throw new Error('cannot bear it');
  let body = '';
  request.on('error', () => setTimeout(() => { throw new Error('hung up'); }, 5));
  request.on('data', (more) => (body += more)).on('end', () => {
    const answer = (status, value, headers) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(value && JSON.stringify({ jsonrpc: '2.0', ...value }));
    if (request.method === 'DELETE') return answer(sessions.delete(request.headers['mcp-session-id']) ? 204 : 404);
    if (request.method !== 'POST') return answer(405);
    const { id, method } = JSON.parse(body);
    if (method === 'initialize') {
      const session = randomUUID();
      sessions.add(session);
      return answer(200, { id, result: { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 'fragile', version: '1' } } }, { 'mcp-session-id': session });
    }
    if (!sessions.has(request.headers['mcp-session-id'])) return answer(404, { id, error: { code: -32001, message: 'unknown' } });
    return id === undefined ? answer(202) : answer(200, { id, result: {} });
  });
}).listen(Number(process.argv[1]), '127.0.0.1');`;

const quiet = checkOf('- open: alice\n- { send: ping, judge: { status: 200 } }');
const fatal = {
  ...checkOf("- open: alice\n- { send: ping, headers: { X-Fatal: 'yes' }, judge: { status: 200 } }"),
  id: 'demo.fatal',
};
const hangsUp = {
  ...checkOf(`
    - open: alice
    - { send: ping, judge: { status: 200 } }
    - raw: "POST \${path} HTTP/1.1\\r\\nHost: \${host}\\r\\nContent-Type: application/json\\r\\nContent-Length: 400\\r\\n\\r\\n{"
      as: ghost
      background: true
      within-ms: 20000
      observe: true
    - open: bob
  `),
  id: 'demo.hangs-up',
};
const others = Array.from({ length: 6 }, (_, i) => ({ ...quiet, id: `demo.n${i}` }));

async function examined(
  checks: readonly (typeof quiet)[],
  options: Partial<RunOptions>,
  isOperated: boolean,
) {
  const command = `'${process.execPath}' -e '${fragile.replaceAll("'", `'\\''`)}' {port}`;
  const io = { env: process.env, onExit: () => () => undefined };
  const server = await startServer({ command, url: 'http://127.0.0.1:{port}/mcp', io });
  try {
    const { profiles, suites } = await readCatalogue();
    const monitors = suites
      .flatMap((suite) => suite.monitors)
      .filter(({ holds }) => holds === 'the-process-lives');
    return await run(
      { checks, monitors, profiles, proven: new Set() },
      {
        ...defaultOptions,
        address: atUrl(server.url),
        seed: 1,
        ...(isOperated && { operator: server.operator }),
        ...options,
      },
    );
  } finally {
    await server.stop();
  }
}

test('a server that ends shortly after a check that passed: that check is named, with code, words and request', async () => {
  const { report } = await examined([...others, hangsUp], {}, true);
  expect(report.gate).toMatchObject({ exit: 1, failed: ['monitors.process-lives'] });
  const alone = report.incidents.find((one) => one.kind === 'process-exited' && one.alone);
  expect(alone).toMatchObject({
    code: 1,
    suspects: ['demo.hangs-up'],
    during: { check: 'demo.hangs-up', step: '2', sent: expect.stringContaining('raw bytes') },
    words: expect.arrayContaining([expect.stringContaining('Error: hung up')]),
  });
  // Nobody else is accused, and everybody was examined in the end.
  const unmet = report.results.filter(
    ({ verdict, reason }) => verdict !== 'pass' && reason !== 'other-carrier',
  );
  expect(unmet.map(({ id }) => id)).toEqual(['monitors.process-lives']);
});

test('a server that one request ends at once: the check is run again alone, and named with the request', async () => {
  const { report } = await examined([...others, fatal], { jobs: 1 }, true);
  expect(report.gate).toMatchObject({ exit: 1 });
  expect(report.gate.failed).toContain('monitors.process-lives');
  expect(report.gate.sentence).toContain('step 1 of demo.fatal, which had the target for itself');
});

test('a server that cannot be started again and refuses all connections is a finding as well', async () => {
  const { report } = await examined([...others, fatal], { jobs: 1 }, false);
  expect(report.gate).toMatchObject({ exit: 1, failed: ['monitors.process-lives'] });
  expect(report.incidents[0]).toMatchObject({ gone: true, during: { check: 'demo.fatal', step: '1' } });
});

test('a server that ends while it is asked what it offers: its code and words are said', async () => {
  const { report } = await examined(others, { headers: [['X-Fatal', 'yes']] }, true);
  expect(report.gate.exit).toBe(2);
  expect(report.gate.sentence).toMatch(
    /^the process of the target ended \(exit code 1\); it wrote: .*cannot bear it.*; http/,
  );
});

async function lifeOfServer(isOperated: boolean) {
  const { report } = await examined(others, {}, isOperated);
  expect(report.gate.exit).toBe(0);
  expect(report.incidents).toEqual([]);
  return report.results.find(({ id }) => id === 'monitors.process-lives');
}

test('that a server lives can be said where its process is in sight', async () => {
  expect(await lifeOfServer(true)).toMatchObject({
    verdict: 'pass',
    message: expect.stringMatching(/^met in \d+ exchanges of 6 checks$/),
  });
  expect(await lifeOfServer(false)).toMatchObject({ verdict: 'not-applicable' });
});
