import { atUrl } from '../model/carrier.js';
import type { Operator } from '../model/run.js';
import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { conformant } from '../../fixtures/reference/behaviour.js';
import { createReference } from '../../fixtures/reference/reference.js';
import { createSharedServer } from '../../fixtures/subjects/shared-server-1.25.2.js';
import { listen } from '../../fixtures/nulls/listening.js';
import { defaultOptions, type RunEvent, type RunOptions } from '../model/run.js';
import type { Check } from '../model/suite.js';
import type { Run } from '../model/report.js';
import { plan } from '../plan/plan.js';
import { discoveryRequestsMax } from '../facts/wanted.js';
import { findFacts, run } from './run.js';
import { builtIn, builtInChecks, checkOf } from '../testing/check.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serving(listener: RequestListener): Promise<URL> {
  const { port, close } = await listen(createServer(listener));
  closing.push(close);
  return new URL(`http://127.0.0.1:${port}/mcp`);
}

const reference = () => serving(createReference(conformant).handle);
// The reference answers at once, so long deadlines cost nothing, and a busy machine keeps none from being met.
const timeScale = 5;
const examined = (checks: readonly Check[], url: URL, changes: Partial<RunOptions> = {}) =>
  run(
    { checks, profiles: builtIn.profiles, proven: new Set() },
    { ...defaultOptions, address: atUrl(url), seed: 5, timeScale, ...changes },
  );
const told = ({ report }: Run) =>
  report.results.map(({ id, verdict, reason = '' }) => `${id} ${verdict} ${reason}`.trim());
const allOf = (checks: readonly Check[], says: string) => checks.map(({ id }) => `${id} ${says}`);
const core = builtInChecks.filter(({ tags }) => tags.includes('core'));

describe('a run on the reference', () => {
  it('fails nothing, doubts nothing, and shows what each pass rests on', async () => {
    const whole = await examined(core, await reference());
    expect(told(whole)).toEqual(allOf(core, 'pass'));
    const { report, transcripts } = whole;
    expect(report.gate.exit).toBe(0);
    expect(report.results.filter(({ evidence }) => evidence.length === 0)).toEqual([]);
    expect(transcripts.map(({ check }) => check)).toEqual(core.map(({ id }) => id));
  });

  it('gives the same verdicts for the same seed', async () => {
    const url = await reference();
    const verdicts = async () =>
      (await examined(core, url)).report.results.map(({ id, profiles, reason }) => [id, profiles, reason]);
    expect(await verdicts()).toEqual(await verdicts());
  });

  it('tells of everything as it happens', async () => {
    const events: RunEvent[] = [];
    const { report, transcripts } = await examined(core.slice(0, 4), await reference(), {
      observe: (event) => void events.push(event),
    });
    const kinds = events.map(({ kind }) => kind);
    const [started, checked] = (['started', 'checked'] as const).map((kind) => transcripts.map(() => kind));
    expect(kinds.slice(0, 2)).toEqual(['facts', 'planned']);
    expect(kinds.filter((kind) => kind === 'started')).toEqual(started);
    expect(kinds.filter((kind) => kind === 'checked')).toEqual(checked);
    expect(kinds.indexOf('started')).toBeLessThan(kinds.indexOf('checked'));
    expect(report.summary.pass).toBe(4);
  });
});

describe('one check', () => {
  it('costs little: only what it rests on is asked of the target', async () => {
    const { url, arrived } = await watched();
    const one = builtInChecks.filter(({ id }) => id === 'termination.second-delete');
    const { report } = await examined(one, url);
    expect(report.summary.pass).toBe(1);
    expect(arrived.map(({ method, body }) => `${method} ${methodIn(body)}`.trim())).toEqual([
      'POST initialize',
      'POST notifications/initialized',
      'POST ping',
      'POST ping',
      'DELETE',
      'POST initialize',
      'POST notifications/initialized',
      'POST ping',
      'DELETE',
      'DELETE',
    ]);
  });
});

function methodIn(body: string): string {
  return /"method":"([^"]+)"/.exec(body)?.[1] ?? '';
}

describe('a budget of requests', () => {
  it('is kept, and what no longer fits is not run', async () => {
    const url = await reference();
    const { report: whole } = await examined(core, url);
    const requestsMax = Math.round(whole.traffic.exchanges / 2);
    const half = await examined(core, url, { requestsMax });
    expect(half.report.traffic.exchanges).toBeLessThanOrEqual(requestsMax);
    const verdicts = told(half).map((says) => says.replace(/^\S+ /, ''));
    expect(new Set(verdicts)).toEqual(new Set(['pass', 'not-run budget']));
  });

  it('too small to find out anything leaves nothing to judge, and sends nothing', async () => {
    const { url, arrived } = await watched();
    const bound = discoveryRequestsMax({ checks: core, revision: 'auto', explore: false, other: undefined });
    const { report } = await examined(core, url, { requestsMax: bound - 1 });
    expect(report.gate).toMatchObject({
      exit: 2,
      sentence: expect.stringContaining(`takes up to ${bound} requests`),
    });
    expect(report.summary['not-run']).toBe(core.length);
    expect(arrived).toEqual([]);
  });

  it('is never overdrawn, though the target refuses everything from some request on', async () => {
    const refusing: RequestListener = (request, response) => {
      spent += 1;
      if (spent > 40) response.writeHead(503).end();
      else handle(request, response);
    };
    const { handle } = createReference(conformant);
    let spent = 0;
    const asking = { checks: builtInChecks, revision: 'auto', explore: false, other: undefined } as const;
    const requestsMax = discoveryRequestsMax(asking) + 100;
    const { report } = await examined(builtInChecks, await serving(refusing), { requestsMax });
    expect(spent).toBeLessThanOrEqual(requestsMax);
    expect(report.traffic.exchanges).toBe(spent);
    expect(report.results.filter(({ reason }) => reason === 'budget').length).toBeGreaterThan(0);
  }, 60_000);
});

describe('a pace', () => {
  it('is kept by discovery, checks and tidying, and costs no verdict', async () => {
    const { url, arrived } = await watched();
    const kept = new Set(['issuance.issued', 'reuse.accepted', 'termination.request-after-delete']);
    const checks = builtInChecks.filter(({ id }) => kept.has(id));
    const { report } = await examined(checks, url, { requestsPerSecondMax: 200 });
    expect(report.traffic.exchanges).toBe(arrived.length);
    expect(report.summary.pass).toBe(checks.length);
  });

  it('leaves out what takes requests that overlap', async () => {
    const overlapping = builtInChecks.filter(({ id }) => id === 'isolation.slow-overlap');
    const { report } = await examined(overlapping, await reference(), { requestsPerSecondMax: 1_000 });
    expect(report.results).toMatchObject([{ verdict: 'not-applicable', reason: 'paced' }]);
  });

  it('does not keep an interrupted run waiting', async () => {
    const interrupt = new AbortController();
    const { url, arrived } = await watched(() => interrupt.abort());
    const { report } = await examined(core, url, { requestsPerSecondMax: 0.001, signal: interrupt.signal });
    expect(report.gate.exit).toBe(130);
    // The next would have waited for a quarter of an hour.
    expect(arrived).toHaveLength(1);
  });
});

/** What arrives at a reference, as it arrives. */
interface Arrived {
  readonly method: string;
  readonly id: string | undefined;
  body: string;
}

async function watched(onArrival: () => void = () => undefined): Promise<{
  readonly url: URL;
  readonly arrived: Arrived[];
  readonly issued: string[];
}> {
  const { handle } = createReference(conformant);
  const arrived: Arrived[] = [];
  const issued: string[] = [];
  const url = await serving((request, response) => {
    const id = request.headers['mcp-session-id'];
    const one: Arrived = {
      method: request.method ?? '',
      id: typeof id === 'string' ? id : undefined,
      body: '',
    };
    arrived.push(one);
    onArrival();
    request.on('data', (more: Buffer) => (one.body += more.toString()));
    response.on('finish', () => {
      // What was given to writeHead is only there as it was written.
      const own = /^mcp-session-id: (\S+)/im.exec(String(Reflect.get(response, '_header')))?.[1];
      if (own !== undefined) issued.push(own);
    });
    handle(request, response);
  });
  return { url, arrived, issued };
}

describe('a read-only run', () => {
  it('calls no tool, carries only ids that it was issued, and still judges', async () => {
    const { url, arrived, issued } = await watched();
    const { report } = await examined(builtInChecks, url, { readOnly: true });
    expect(arrived.filter(({ body }) => body.includes('tools/call'))).toEqual([]);
    expect(arrived.filter(({ id }) => id !== undefined && !issued.includes(id))).toEqual([]);
    expect(report.facts[0]?.readOnly).toBe(true);
    expect(report.gate.exit).toBe(0);
    expect(report.summary).toMatchObject({ fail: 0, inconclusive: 0, 'not-run': 0 });
    const leftOut = (id: string) => report.results.find((result) => result.id === id)?.reason === 'read-only';
    const planned = plan(builtInChecks, report.facts).entries;
    expect(planned.filter(({ check }) => leftOut(check.id))).toEqual(
      planned.filter((entry) => !entry.run && entry.reason === 'read-only'),
    );
    expect(['isolation.state-local', 'termination.request-after-delete'].map(leftOut)).toEqual([true, false]);
  }, 60_000);
});

describe('an interrupt', () => {
  it('before the first answer leaves every check not run', async () => {
    const { report, transcripts } = await examined(core, await reference(), { signal: AbortSignal.abort() });
    expect([report.gate.exit, report.summary['not-run'], transcripts.length]).toEqual([130, core.length, 0]);
  });

  it('in the middle keeps what was judged', async () => {
    const interrupt = new AbortController();
    const { report, transcripts } = await examined(core, await reference(), {
      jobs: 1,
      signal: interrupt.signal,
      observe: ({ kind }) => {
        if (kind === 'checked') interrupt.abort();
      },
    });
    expect(report.gate.exit).toBe(130);
    expect(transcripts).toHaveLength(1);
    expect(report.summary).toMatchObject({ pass: 1, 'not-run': core.length - 1 });
    expect(report.results.filter(({ reason }) => reason === 'interrupted')).toHaveLength(core.length - 1);
  });
});

describe('a target that cannot be examined', () => {
  it('is told in the gate, and no check is run', async () => {
    const { port, close } = await listen(createServer());
    await close();
    const { report } = await examined(core, new URL(`http://127.0.0.1:${port}/mcp`));
    expect(report.gate.exit).toBe(2);
    expect(report.gate.sentence).toMatch(/cannot be reached/);
    expect(report.summary['not-run']).toBe(core.length);
    expect(report.results.map(({ reason }) => reason)).toEqual(core.map(() => 'target-unusable'));
  });

  it('does not show the credentials of its URL', async () => {
    const url = await serving((_request, response) => response.writeHead(401).end());
    url.username = 'user';
    url.password = 'hidden-word';
    expect(JSON.stringify((await examined(core, url)).report)).not.toContain('hidden-word');
    expect((await findFacts({ ...defaultOptions, address: atUrl(url) })).kind).toBe('unusable');
  });
});

describe('a target that stops answering', () => {
  const probing = checkOf(`
    - open: alice
    - { send: ping, judge: { status: 200, result: true } }
  `);
  const checks = Array.from({ length: 8 }, (_, i) => ({ ...probing, id: `demo.n${i}` }));

  /** The target falls silent, or answers errors, once the check n2 is over. */
  async function broken(how: 'silent' | 'errors', again: boolean) {
    const { handle } = createReference(conformant);
    let alive = true;
    const url = await serving((request, response) => {
      if (alive) handle(request, response);
      else if (how === 'errors') response.writeHead(500).end();
    });
    const operator: Operator = {
      stop: async () => 'ended',
      kill: async () => 'killed',
      start: async () => ({ answers: (alive = true) }),
    };
    return examined(checks, url, {
      jobs: 1,
      // Silence is waited for, but no answer may come too late to be one.
      timeScale: how === 'silent' ? 0.5 : 1,
      ...(again && { operator }),
      observe: (event) => {
        if (event.kind === 'checked' && event.result.id === 'demo.n2') alive = false;
      },
    });
  }

  it.each(['silent', 'errors'] as const)('ends the run undecided: %s', async (how) => {
    const { report } = await broken(how, false);
    expect(report.gate.exit).toBe(2);
    expect(report.gate.sentence).toContain('stopped answering (under way: demo.n2, demo.n3); the rest');
    expect(report.results.map(({ verdict, reason = '' }) => `${verdict} ${reason}`.trim())).toEqual([
      'pass',
      'pass',
      'pass',
      'inconclusive target-lost',
      'inconclusive target-lost',
      'inconclusive target-lost',
      'not-run stopped',
      'not-run stopped',
    ]);
  });

  it('because of one request is started again, and that request has failed', async () => {
    const { handle } = createReference(conformant);
    let alive = true;
    const url = await serving((request, response) => {
      alive &&= request.headers['x-fatal'] === undefined;
      if (alive) handle(request, response);
      else request.socket.destroy();
    });
    const operator: Operator = {
      stop: async () => 'ended',
      kill: async () => 'killed',
      start: async () => ({ answers: (alive = true) }),
    };
    const fatal = checkOf(`
      - open: alice
      - { send: ping, headers: { X-Fatal: 'yes' }, judge: { status: 200 } }
    `);
    const { report } = await examined([...checks, { ...fatal, id: 'demo.fatal' }], url, { operator });
    const failed = report.results.filter(({ verdict }) => verdict !== 'pass');
    expect(failed.map(({ id, verdict, reason }) => [id, verdict, reason])).toEqual([
      ['demo.fatal', 'fail', 'dropped'],
    ]);
  });

  it.each(['silent', 'errors'] as const)(
    'is started again where it can be, and still not conformant: %s',
    async (how) => {
      const { report, transcripts } = await broken(how, true);
      expect(report.summary).toMatchObject({ pass: 8 });
      expect(transcripts).toHaveLength(8);
      expect(report.incidents).toEqual([
        {
          kind: 'stopped-answering',
          request: expect.any(Number),
          suspects: ['demo.n2', 'demo.n3'],
          during: { check: 'demo.n3', step: '0', sent: expect.stringContaining('initialize') },
        },
      ]);
      expect(report.gate.exit).toBe(2);
    },
  );
});

/** More of them for a measurement: `CROSSED_RUNS=20 npx vitest run src/run.test.ts -t crossing`. */
const crossedRuns = Number(process.env['CROSSED_RUNS'] ?? 2);

it('one server object for all clients is caught crossing answers, with no tool named', async () => {
  // All that can catch it; the rest would only wait for answers that go astray.
  const checks = builtInChecks.filter(({ id }) => /^isolation\.(slow-overlap|pending-request)$/.test(id));
  const caught = await Promise.all(
    Array.from({ length: crossedRuns }, async (_, seed) => {
      const { report } = await examined(checks, await serving(await createSharedServer()), {
        seed,
        timeScale: 1,
      });
      return report.results.filter(({ reason }) => reason === 'crossed-reply').length;
    }),
  );
  expect(caught.filter((count) => count > 0).length).toBeGreaterThanOrEqual(crossedRuns * 0.95);
}, 120_000);
