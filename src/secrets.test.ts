import { atUrl } from './model/carrier.js';
import { createServer } from 'node:http';
import { once } from 'node:events';
import picocolors from 'picocolors';
import { expect, test } from 'vitest';
import { builtIn, builtInChecks } from './testing/check.js';
import { isObject, parseJson } from './model/json.js';
import { defaultOptions } from './model/run.js';
import { recorder } from './report/recorder.js';
import { renderers, reporterNames } from './report/index.js';
import { allParts } from './report/renderer.js';
import { run } from './run/run.js';
import { sampleHeader } from './testing/sample.js';

const token = 'tok"en/1\\2 3=é&x';
const cookie = 'c00kie-value-9';
const password = 'pass:w0rd-long';
const query = 'q0ery/token+value';
const headers = [
  ['Authorization', `Basic ${btoa(`somebody:${password}`)}`],
  ['X-Api', `Token ${Buffer.from(token).toString('latin1')}`],
  ['Cookie', `theme=dark; sid=${cookie}`],
] as const;

const secrets = [token, Buffer.from(token).toString('latin1'), cookie, password, query];
const units = (text: string) =>
  Array.from(
    { length: text.length },
    (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');
const spellings = (text: string) => [
  text,
  JSON.stringify(text).slice(1, -1),
  JSON.stringify(JSON.stringify(text)).slice(1, -1),
  encodeURIComponent(text),
  new URLSearchParams({ a: text }).toString().slice(2),
];

/** It tells all that it was told, in every place and spelling that it can. */
const telltale = createServer((request, response) => {
  const words = secrets.flatMap(spellings).join(' ');
  const ascii = secrets.map((text) => encodeURIComponent(text)).join(' ');
  let body = '';
  request
    .on('data', (more) => (body += String(more)))
    .on('end', () => {
      const message = parseJson(body);
      const { id, method } = isObject(message) ? message : {};
      const session = request.headers['mcp-session-id'];
      const answer = (status: number, value?: object) => {
        response.writeHead(status, {
          'content-type': 'application/json',
          'x-echo': ascii,
          'mcp-session-id': 'one-session-1',
        });
        // Every character of it as an escape of JSON, which only who reads it sees through.
        response.end(
          value &&
            JSON.stringify({ jsonrpc: '2.0', id, ...value }).replace('HERE', secrets.map(units).join(' ')),
        );
      };
      if (request.method !== 'POST') return answer(405);
      if (method === 'initialize')
        return answer(200, {
          result: {
            protocolVersion: '2025-11-25',
            capabilities: { tools: {}, [words]: {} },
            serverInfo: { name: words, version: `HERE ${ascii}` },
          },
        });
      if (session === undefined)
        return answer(400, { error: { code: -32000, message: `no session ${words} HERE` } });
      if (method === 'tools/list')
        return answer(200, {
          result: { tools: [{ name: cookie, description: words, inputSchema: { type: 'object' } }] },
        });
      return id === undefined ? answer(202) : answer(200, { result: { note: `${words} HERE` } });
    });
});

test('no secret stands in any report, whatever the target makes of it', async () => {
  await once(telltale.listen(0, '127.0.0.1'), 'listening');
  const address = telltale.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const url = new URL(`http://127.0.0.1:${port}/mcp?token=${encodeURIComponent(query)}&mode=a`);
  const checks = builtInChecks
    .filter(({ id }) => /^(issuance|reuse|invalid-ids|security)\./.test(id))
    .slice(0, 40);
  let record = '';
  const { observe, finish } = recorder(sampleHeader, (text) => (record += text));
  const { profiles, requirements } = builtIn;
  const suites = { checks, profiles, requirements, proven: new Set<string>() };
  const done = await run(suites, { ...defaultOptions, address: atUrl(url), headers, observe, seed: 1 });
  finish(done);
  telltale.close();
  const colors = picocolors.createColors(false);
  const parts = reporterNames.flatMap((name) => allParts(renderers[name]));
  const outputs = await Promise.all(
    parts.map(async ({ load }) =>
      (await load())(done, { colors, again: { url: 'x', options: [] }, columns: 120, verbose: true }),
    ),
  );
  expect(record).toContain('«secret»');
  expect(done.report.facts.length).toBeGreaterThan(0);
  expect(done.report.facts[0]?.server.name).toContain('«secret»');
  const written = [...secrets.flatMap(spellings), ...secrets.map(units)];
  const searched = [...written, ...written.map((spelling) => JSON.stringify(spelling).slice(1, -1))];
  const leaks = [record, ...outputs].flatMap((output) =>
    searched.flatMap((spelling) => {
      const place = output.indexOf(spelling);
      return place < 0 ? [] : [output.slice(Math.max(0, place - 80), place + 80)];
    }),
  );
  expect(leaks).toEqual([]);
}, 120_000);
