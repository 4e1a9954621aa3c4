import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { conformant } from '../../fixtures/reference/behaviour.js';
import { createReference } from '../../fixtures/reference/reference.js';
import { createHttp } from '../carriers/http/http.js';
import { createStdio } from '../carriers/stdio/stdio.js';
import { execute } from '../execute/execute.js';
import { initializeParams } from '../execute/content.js';
import { discover } from '../facts/discover.js';
import { plainDiscovery } from '../testing/discovery.js';
import { sampleFacts } from '../testing/sample.js';
import { loadTexts } from '../load/testing/lint.js';
import { defaultLimits, type Address, type Carrier } from '../model/carrier.js';
import type { Facts } from '../model/facts.js';
import { defaultPolicy } from '../model/gate.js';
import type { Transcript } from '../model/transcript.js';
import { judged } from './results.js';
import { builtIn } from '../testing/check.js';
import { depsOf } from '../testing/deps.js';
import { fakeCarrier } from '../testing/fake-carrier.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/stdio/${name}`, import.meta.url));
const { suites, diagnostics } = loadTexts({ 'both.yaml': readFileSync(fixture('both.yaml'), 'utf8') });
const checks = suites.flatMap((suite) => suite.checks);

const silentCarrier = fakeCarrier(() => 'silence');
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface Reached {
  readonly carrier: Carrier;
  readonly address: Address;
}

async function overHttp(): Promise<Reached> {
  const server = createServer(createReference(conformant).handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
  return { carrier: createHttp({ url, headers: [], limits: defaultLimits }), address: { kind: 'http', url } };
}

function overStdio(
  command: readonly [string, ...string[]] = [process.execPath, fixture('server.mjs')],
): Reached {
  const carrier = createStdio({
    command,
    env: process.env,
    limits: defaultLimits,
    idPlace: { in: 'meta', key: 'mcp/session' },
  });
  return { carrier, address: { kind: 'stdio', command: command.join(' '), env: {}, given: [] } };
}

async function factsAt({ carrier, address }: Reached): Promise<Facts> {
  const found = await discover({
    ...plainDiscovery,
    carrier,
    address,
    revision: '2025-11-25',
    initialize: initializeParams,
  });
  if (found.kind !== 'found' || found.facts[0] === undefined) throw new Error(JSON.stringify(found));
  return found.facts[0];
}

async function examined(reached: Reached) {
  closing.unshift(() => reached.carrier.close());
  const facts = await factsAt(reached);
  const deps = depsOf(silentCarrier, { nodes: [reached], timeScale: 1 });
  const transcripts: Transcript[] = [];
  const verdicts: Record<string, string> = {};
  for (const check of checks) {
    if (!check.needs.every((need) => facts.needsMet.includes(need))) continue;
    const transcript = await execute(check, facts, deps);
    transcripts.push(transcript);
    const context = {
      profiles: builtIn.profiles,
      selected: 'spec',
      proven: new Set<string>(),
      policy: defaultPolicy,
    } as const;
    verdicts[check.id] = judged(check, transcript, facts, context).verdict;
  }
  return { facts, transcripts, verdicts };
}

it('one suite is read without a word about a carrier', () => {
  expect(diagnostics).toEqual([]);
});

it('one suite examines a server over HTTP', async () => {
  const { verdicts, transcripts } = await examined(await overHttp());
  expect(verdicts).toEqual(Object.fromEntries(checks.map(({ id }) => [id, 'pass'])));
  expect(JSON.stringify(transcripts)).not.toContain('"stdio"');
});

it('the same suite examines a server over stdio, but for what stdio has no message for', async () => {
  const { facts, verdicts, transcripts } = await examined(overStdio());
  expect(facts).toMatchObject({ issuesIds: true, notices: 'both', delete: { offered: false } });
  const said = checks.filter(({ needs }) => !needs.includes('delete'));
  expect(verdicts).toEqual(Object.fromEntries(said.map(({ id }) => [id, 'pass'])));
  expect(JSON.stringify(transcripts)).not.toContain('"http"');
}, 60_000);

it('a process that ends under a request is on record, with its code and last words', async () => {
  const script = "process.stdin.once('data', () => { console.error('no token abc123'); process.exit(3); })";
  const reached = overStdio([process.execPath, '-e', script]);
  closing.unshift(() => reached.carrier.close());
  const deps = {
    ...depsOf(silentCarrier),
    nodes: [reached] as const,
    secrets: [['X-Key', 'token abc123']] as const,
  };
  const [check] = checks;
  if (check === undefined) throw new Error('no check');
  const { entries } = await execute(check, sampleFacts, { ...deps, timeScale: 1 });
  expect(entries).toMatchObject([
    {
      kind: 'exchange',
      reply: { kind: 'dropped', code: 'EXIT', says: 'the process ended with exit code 3' },
    },
    { kind: 'exited', actor: 'alice', code: 3, signal: null, stderr: 'no «secret»\n' },
  ]);
});
