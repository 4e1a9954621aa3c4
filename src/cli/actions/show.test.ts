import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { listen } from '../../../fixtures/reference/listen.js';
import { conformant } from '../../../fixtures/reference/behaviour.js';
import { createReference } from '../../../fixtures/reference/reference.js';
import { behaviourOf, mutantNamed } from '../../../fixtures/mutants/mutants.js';
import { statusOf } from '../../model/reply.js';
import { readRun } from '../../report/read-run.js';
import { createEngine } from '../engine.js';
import { folder } from '../testing/folder.js';
import { command } from '../testing/sample.js';

const engine = await createEngine();
const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
});

/** A mutant, or the server without a defect. */
async function serve(name: string): Promise<string> {
  const mutant = mutantNamed(name);
  if (mutant === undefined && name !== 'reference') throw new Error(`no mutant is named ${name}`);
  const behaviour = mutant === undefined ? conformant : behaviourOf(mutant);
  // Where answers are late so that a client can leave before, a busy machine needs more of that time.
  const replyDelayMs = behaviour.replyDelayMs === 0 ? 0 : 600;
  const server = createReference({ ...behaviour, replyDelayMs });
  const listening = await listen(server.handle, 0);
  closing.push(async () => {
    server.close();
    await listening.close();
  });
  return listening.url;
}

/** Runs one check against a mutant, and says what stands in the recording. */
async function recordedRun(mutant: string, check: string) {
  const path = folder();
  const url = await serve(mutant);
  await command(
    ['run', url, '--check', check, '--seed', '7', '--reporter', 'json', '--output', path],
    engine,
  );
  return { path, recorded: await readRun(readFileSync(join(path, 'run.ndjson'), 'utf8')) };
}

function started(
  file: string,
  how: 'curl' | 'node',
  url: string,
  env: Readonly<Record<string, string>> = {},
) {
  const program = how === 'curl' ? 'sh' : process.execPath;
  const child = spawn(program, [file, url], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (more: string) => (out += more));
  return new Promise<{ readonly exit: number | null; readonly out: string }>((resolve) => {
    child.on('close', (exit) => resolve({ exit, out }));
  });
}

const ways = ['curl', 'node'] as const;
const hasCurl = spawnSync('curl', ['--version']).status === 0;

const cases = [
  ['POST, DELETE', 'zombie-after-delete', 'termination.request-after-delete'],
  ['raw', 'slow-initialize-blocks-everyone', 'resilience.stalled-initialize'],
  ['GET stream, close', 'missing-get-404', 'reuse.missing-id-get'],
  ['streams in the background', 'id-same-for-all', 'streams.notification-local'],
  ['resumption', 'any-id-served', 'termination.resume-after-delete'],
  ['parallel', 'only-newest-session-served', 'isolation.same-request-id'],
  ['repeat', 'id-with-space', 'issuance.visible-ascii'],
  ['notification', 'missing-id-401', 'reuse.missing-id-notification'],
  ['batch', 'only-newest-session-served', 'isolation.revision-local'],
  ['abort', 'dropped-post-ends-session', 'reuse.survives-aborted-post'],
  ['abort within', 'dropped-post-ends-session', 'resilience.abort-in-request'],
  ['an altered id', 'truncated-id-accepted', 'invalid-ids.truncated'],
  ['a query', 'query-id-honoured', 'reuse.id-in-query-not-honoured'],
  ['a saved value', 'initialize-with-revision-refused', 'revisions.initialize-with-header'],
  ['a control character', 'unknown-notification-202', 'invalid-ids.control-byte'],
] as const;

/** How the scripts of a check end where the fault is, and where it is not. */
function endsOf(check: string) {
  const toLookAt = {
    exit: 2,
    says: /^undecided: a script cannot tell; look at\n.*Acceptable: .* The run got: /m,
  };
  // Whose the messages on streams are is not told from one answer.
  if (check === 'streams.notification-local') return [toLookAt, toLookAt] as const;
  const there = { exit: 1, says: /^reproduced\n {2}#\d+ got .*; acceptable: /m };
  return [there, { exit: 0, says: /^no longer reproduced\n$/m }] as const;
}

const alike = 'Every answer has the status that the run got.';

/** What a script prints of a server that was not asked before. */
async function again(file: string, how: (typeof ways)[number], mutant: string) {
  const { exit, out } = await started(file, how, await serve(mutant));
  const came = [...out.matchAll(/^#(\d+) +(\d+|none)/gm)].map(([, seq, status]) => `#${seq} ${status}`);
  return { how, exit, came: came.toSorted(), out };
}

test.concurrent.each(cases)(
  'a script of %s shows the fault of %s in %s again',
  { timeout: 120_000 },
  async (what, mutant, check) => {
    const { path, recorded } = await recordedRun(mutant, check);
    const result = recorded.results.find(({ id }) => id === check);
    expect(result).toMatchObject({ verdict: 'fail' });
    const attempts = recorded.transcripts
      .filter((one) => one.check === check)
      .flatMap((last) => [...(last.earlier ?? []), last].map(({ entries }) => entries));
    const [shown] = result?.evidence[0]?.entries ?? [];
    const decisive =
      attempts.find((entries) => entries.some(({ seq }) => seq === shown)) ?? attempts.at(-1) ?? [];
    const wanted = decisive.flatMap((entry) =>
      entry.kind !== 'exchange' || entry.reply.kind === 'aborted'
        ? []
        : [`#${entry.seq} ${statusOf(entry.reply) ?? 'none'}`],
    );
    for (const how of ways.filter((way) => way === 'node' || hasCurl)) {
      const script = await command(['show', path, check, `--${how}`], engine);
      expect(script).toMatchObject({ exit: 0, err: '' });
      const file = join(path, how === 'curl' ? 'again.sh' : 'again.mjs');
      writeFileSync(file, script.out);
      // Whether a request is on its way when curl hangs up is chance, so its script may be started again, as its reader may.
      const tries = how === 'curl' && what.startsWith('abort') ? 5 : 1;
      let seen = await again(file, how, mutant);
      for (let i = 1; i < tries && !seen.out.includes(alike); i += 1) seen = await again(file, how, mutant);
      const { out } = seen;
      expect(seen).toMatchObject({ how, came: wanted.toSorted() });
      expect(out).toContain(alike);
      // The conformant server.
      const cured = await again(file, how, 'reference');
      const [there, gone] = endsOf(check);
      expect(seen).toMatchObject({ exit: there.exit, out: expect.stringMatching(there.says) });
      expect(cured).toMatchObject({ exit: gone.exit, out: expect.stringMatching(gone.says) });
      expect(out).toMatch(/^ +acceptable: |^issued: .* .* «session/m);
    }
  },
);

const demo = recordedRun('zombie-after-delete', '*after-delete');

test('a transcript shows who sent what when, what came, and what was judged', async () => {
  const { path } = await demo;
  const { exit, out } = await command(['show', path, 'request-after-delete'], engine);
  expect(exit).toBe(0);
  expect(out).toMatch(/^✗ termination\.request-after-delete @ 2025-11-25 {3}MUST/);
  expect(out).toMatch(/ms +#\d+ alice → DELETE, mcp-session-id: «session alice»\n/);
  expect(out).toMatch(
    /ms +#\d+ alice ← 200 with a result\n.*\n +judged at step \S+: acceptable 404; came 200 with a result; control /,
  );
  const times = [...out.matchAll(/^ *(\d+) ms/gm)].map(([, ms]) => Number(ms));
  expect(times.length).toBeGreaterThan(10);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test.each(ways)('a script for %s says where a server answers otherwise', async (how) => {
  const { path } = await demo;
  const script = await command(['show', path, 'request-after-delete', `--${how}`], engine);
  const file = join(path, how === 'curl' ? 'again.sh' : 'again.mjs');
  writeFileSync(file, script.out);
  if (how === 'curl' && !hasCurl) return;
  const { exit, out } = await started(file, how, await serve('terminated-request-400'));
  expect(exit).toBe(1);
  expect(out).toMatch(/^#\d+ +400 +alice: POST ping, .*\n +the run got 200\n/m);
  expect(out).toMatch(/^\d+ answers have another status than the run got\.$/m);
});

test('a statement about the whole run shows the check in which it was seen', async () => {
  const path = folder();
  const url = await serve('zombie-after-delete');
  const check = ['--check', 'termination.request-after-delete', '--check', 'monitors.*'];
  await command(['run', url, ...check, '--output', path], engine);
  const { out } = await command(['show', path, 'ended-serves-nothing'], engine);
  expect(out).toContain('What happened in termination.request-after-delete');
  expect((await command(['show', path, 'ended-serves-nothing', '--curl'], engine)).out).toContain(
    'acceptable',
  );
  expect(await command(['show', path, 'bodies-are-as-promised', '--curl'], engine)).toMatchObject({
    exit: 3,
  });
});

const err = async (...words: readonly string[]) => (await command(['show', ...words], engine)).err;

test('an id that is unknown, or the end of several, is a mistake that names others', async () => {
  const { path } = await demo;
  expect(await err(path, 'request-after-delte')).toContain('check "request-after-delte" is unknown');
  expect(await err(join(path, 'none'), 'x')).toContain('cannot be read: it does not exist');
  expect(await err(join(path, 'report.json'), 'x')).toContain('report.json: line 1: not JSON');
  expect(await err(path, 'request-after-delete', '--curl', '--node')).toContain('keep one of them');
  expect(await err(path, 'request-after-delete', '--revision', '2025-03-26')).toContain(
    'was not examined; 2025-11-25 was',
  );
});

test.each(ways)('credentials that were masked are asked for by the script for %s', async (how) => {
  const path = folder();
  const url = await serve('zombie-after-delete');
  const flags = [
    '--check',
    'termination.delete-answered',
    '--header',
    'Authorization: Bearer of-everybody',
    '--as',
    'alice=Authorization: Bearer of-alice-only',
  ];
  await command(['run', url, ...flags, '--output', path], engine);
  const { out: script } = await command(['show', path, 'delete-answered', `--${how}`], engine);
  const file = join(path, 'again');
  writeFileSync(file + (how === 'node' ? '.mjs' : ''), script);
  const ran = (env: Readonly<Record<string, string>>) =>
    started(file + (how === 'node' ? '.mjs' : ''), how, url, env);
  expect(script).not.toMatch(/of-everybody|of-alice-only/);
  expect(await ran({})).toMatchObject({
    exit: 2,
    out: expect.stringContaining('ALICE_AUTHORIZATION: set it to the value of this header field'),
  });
  if (how === 'curl' && !hasCurl) return;
  expect(await ran({ ALICE_AUTHORIZATION: 'Bearer x' })).toMatchObject({ exit: 0 });
});
