import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from './library/run.js';
import { quoted } from './report/evidence.js';

// The program and the server as they are built.
const built = (path: string) => fileURLToPath(new URL(`../dist/${path}`, import.meta.url));
const [cli, overHttp, overStdio] = [
  built('cli.js'),
  built('fixtures/reference/main.js'),
  built('fixtures/stdio/main.js'),
];
if (![cli, overHttp, overStdio].every((path) => existsSync(path)))
  throw new Error('npm run build makes the program');

const folder = mkdtempSync(join(tmpdir(), 'sessionspec-stdio-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const node = (...words: readonly string[]) => [process.execPath, ...words].map(quoted).join(' ');

/** Nothing in it is about a carrier. */
const anywhere = join(folder, 'anywhere.yaml');
writeFileSync(
  anywhere,
  `
suite: anywhere
title: What is demanded over every carrier
checks:
  - id: anywhere.opened
    title: A client opens, and its requests are answered
    requirement: { level: MUST, says: initialize is answered, section: basic/lifecycle }
    steps:
      - { open: alice, judge: { result: true } }
      - { send: ping, name: alive, require: { result: true } }
      - { send: nosuch/method, control: alive, judge: { error: true } }
  - id: anywhere.own-state
    title: What a client wrote is read by it, and by no other
    requirement: { level: MUST, says: clients share no state, section: basic/lifecycle }
    needs: [state]
    steps:
      - open: [alice, bob]
      - { send: probe.state.write, as: alice, require: { result: true } }
      - { send: probe.state.write, as: bob, require: { result: true } }
      - { send: probe.state.write, as: alice, require: { result: true } }
      - { send: probe.state.read, as: alice, judge: { state-count: 2 } }
      - { send: probe.state.read, as: bob, judge: { state-count: 1 } }
  - id: anywhere.own-answers
    title: Overlapping requests get their own answers
    requirement: { level: MUST, says: an answer has the id of its request, section: basic }
    steps:
      - open: alice
      - { repeat: 12, concurrency: 12, do: [{ send: probe.echo, as: alice, group: answers }] }
    needs: [echo]
    invariants:
      - { holds: each-reply-matches-its-request, over: answers, at-least: 12 }
      - { holds: every-request-is-answered, over: answers, at-least: 12 }
`,
);

describe('one suite', () => {
  const select = { suites: ['anywhere'] };
  const verdicts = async (
    at: { readonly stdio: string } | { readonly server: string; readonly url: string },
  ) => {
    const { report } = await run({ ...at, suites: [anywhere], select });
    return {
      exit: report.gate.exit,
      results: report.results.map(({ id, verdict }) => `${id} ${verdict}`),
      carrier: report.facts[0]?.carrier,
    };
  };
  const results = ['anywhere.opened pass', 'anywhere.own-state pass', 'anywhere.own-answers pass'];

  it('examines a server over HTTP and one over stdio unchanged', async () => {
    const url = 'http://127.0.0.1:{port}/mcp';
    expect(await verdicts({ server: `${node(overHttp)} --port {port}`, url })).toEqual({ exit: 0, results });
    expect(await verdicts({ stdio: node(overStdio) })).toEqual({ exit: 0, results, carrier: 'stdio' });
  }, 60_000);
});

describe('a run over stdio', () => {
  it('says of what HTTP alone has that it does not apply', async () => {
    const { report } = await run({ stdio: node(overStdio), select: { tags: ['core'] } });
    const others = report.results.filter(({ verdict }) => verdict === 'not-applicable');
    expect(others.length).toBeGreaterThan(10);
    for (const { message } of others) expect(message).toMatch(/^HTTP only: |no session id/);
    expect(report.target.url).toBe(node(overStdio));
  }, 60_000);

  it('tells of a process that ended: with its client, check, request and last words', async () => {
    const request = { stdio: `${node(overStdio)} --set badLine=exits`, seed: 1 } as const;
    const { report } = await run({ ...request, select: { checks: ['stdio.*'] } });
    expect(report.incidents).toMatchObject([
      {
        kind: 'process-exited',
        client: 'alice',
        code: 1,
        words: ['sessionspec-stdio is ready'],
        during: { check: 'stdio.goes-on-after-bad-line' },
      },
    ]);
    const failed = report.results.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
    expect(failed).toEqual(['stdio.goes-on-after-bad-line', 'stdio.process-lives']);
    // Practice, and no client but its own has lost anything.
    expect(report.gate.exit).toBe(0);
  }, 60_000);

  it('gives a process what it is given and nothing else, and shows no value of it', async () => {
    const secret = 'tok-5d9e7f81a2c4';
    const shown = join(folder, 'environment');
    const script = join(folder, 'shows.mjs');
    writeFileSync(
      script,
      `import { writeFileSync } from 'node:fs';
       writeFileSync(${JSON.stringify(shown)}, JSON.stringify(process.env));
       console.error(process.env.API_TOKEN);
       await import(${JSON.stringify(overStdio)});`,
    );
    const args = ['run', '--stdio', node(script), '--env', `API_TOKEN=${secret}`, '--env', 'HANDED_ON'];
    const output = ['--check', 'stdio.*', '--reporter', 'terminal,json,html,junit', '--output', folder];
    const child = spawn(process.execPath, [cli, ...args, ...output], {
      env: { PATH: process.env['PATH'], HANDED_ON: 'handed-on-9f31', OTHER_SECRET: 'other-77c0d1e94f3a' },
    });
    let said = '';
    for (const pipe of [child.stdout, child.stderr]) pipe.on('data', (more) => (said += String(more)));
    await once(child, 'close');
    const environment = JSON.parse(readFileSync(shown, 'utf8'));
    expect(environment).toMatchObject({ API_TOKEN: secret, HANDED_ON: 'handed-on-9f31' });
    expect(environment).not.toHaveProperty('OTHER_SECRET');
    const written = readdirSync(folder).filter((name) => /\.(json|html|xml|ndjson)$/.test(name));
    expect(written.length).toBeGreaterThan(3);
    for (const text of [said, ...written.map((name) => readFileSync(join(folder, name), 'utf8'))])
      expect(text).not.toContain(secret);
  }, 60_000);

  it.each(['SIGINT', 'SIGKILL'] as const)(
    'leaves no process behind when %s ends it',
    async (signal) => {
      const pids = join(folder, `pids-${signal}`);
      const script = join(folder, `stubborn-${signal}.mjs`);
      writeFileSync(
        script,
        `import { appendFileSync } from 'node:fs';
       appendFileSync(${JSON.stringify(pids)}, process.pid + '\\n');
       process.argv.push('--set', 'atEndOfInput=ignores-sigterm');
       await import(${JSON.stringify(overStdio)});`,
      );
      const child = spawn(process.execPath, [cli, 'run', '--stdio', node(script)], { stdio: 'ignore' });
      const started = () =>
        existsSync(pids) ? readFileSync(pids, 'utf8').trim().split('\n').map(Number) : [];
      await until(() => started().length >= 3);
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      await until(() => !started().some(lives));
      expect(started().filter(lives)).toEqual([]);
    },
    60_000,
  );
});

async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 1_000 && !isSo(); i += 1) await new Promise((resolve) => setTimeout(resolve, 25));
}

/** A process that ended and was not collected is none. */
function lives(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
