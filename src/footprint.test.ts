import { atUrl } from './model/carrier.js';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conformant } from '../fixtures/reference/behaviour.js';
import { createReference } from '../fixtures/reference/reference.js';
import { listen } from '../fixtures/nulls/listening.js';
import { defaultOptions, type RunEvent, type RunOptions } from './model/run.js';
import { plan } from './plan/plan.js';
import { findFacts, run } from './run/run.js';
import { builtIn, builtInChecks } from './testing/check.js';

const seen = { requests: 0 };
const reference = createReference({ ...conformant, principals: 'bound' });
const known = new WeakSet();
const server = createServer((request, response) => {
  known.add(request.socket);
  seen.requests += 1;
  reference.handle(request, response);
});
// What breaks HTTP on purpose is sent, too; half a request was counted already.
server.on('clientError', (_, socket) => {
  if (!known.has(socket)) seen.requests += 1;
  socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
});
let at: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  at = await listen(server);
});
afterAll(() => at.close());

const options = (): RunOptions => ({
  ...defaultOptions,
  address: atUrl(new URL(`http://127.0.0.1:${at.port}/mcp`)),
  seed: 5,
  jobs: 1,
  timeScale: 3,
  burst: 20,
  principals: { alice: [['Authorization', 'Bearer one']], bob: [['Authorization', 'Bearer two']] },
});

describe('the footprint of a plan is what a target that behaves gets', () => {
  it('in all, and of each check', { timeout: 120_000 }, async () => {
    const found = await findFacts(options(), builtInChecks);
    if (found.kind !== 'found') throw new Error(found.sentence);
    expect(seen.requests).toBe(found.requests);
    const planned = plan(builtInChecks, found.facts);
    const counted = new Map<string, number>();
    let before = 0;
    seen.requests = 0;
    const observe = (event: RunEvent) => {
      if (event.kind === 'facts') before = found.requests;
      if (event.kind !== 'checked') return;
      counted.set(event.transcript.check, seen.requests - before);
      before = seen.requests;
    };
    const { report } = await run(
      { checks: builtInChecks, profiles: builtIn.profiles, proven: new Set() },
      { ...options(), observe },
    );
    const running = planned.entries.flatMap((entry) => (entry.run ? [entry] : []));
    const wrong = running
      .map(({ check: { id }, requests }) => ({ id, planned: requests, sent: counted.get(id) }))
      .filter(({ planned: wanted, sent }) => wanted !== sent);
    expect(wrong).toEqual([]);
    expect(running.filter(({ requests, requestsMax }) => requests > requestsMax)).toEqual([]);
    expect([report.traffic.exchanges, seen.requests]).toEqual(
      [1, 2].map(() => found.requests + planned.requests),
    );
  });
});
