import { atUrl } from '../model/carrier.js';
import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { conformant } from '../../fixtures/reference/behaviour.js';
import { createReference } from '../../fixtures/reference/reference.js';
import { listen } from '../../fixtures/nulls/listening.js';
import { defaultOptions } from '../model/run.js';
import { builtIn, builtInChecks } from '../testing/check.js';
import { run } from './run.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const checks = builtInChecks.filter(({ suite }) => suite === 'invalid-ids');

/** The reference, which from one request on does something else to everybody. */
async function examined(since: number, then: RequestListener) {
  const { handle } = createReference(conformant);
  let arrived = 0;
  const listener: RequestListener = (request, response) => {
    arrived += 1;
    if (arrived < since) handle(request, response);
    else then(request, response);
  };
  const { port, close } = await listen(createServer(listener));
  closing.push(close);
  const url = new URL(`http://127.0.0.1:${port}/mcp`);
  const { report } = await run(
    { checks, profiles: builtIn.profiles, proven: new Set() },
    { ...defaultOptions, address: atUrl(url), seed: 5, timeScale: 5 },
  );
  return { report, arrived: () => arrived };
}

describe('what everybody gets from one request on', () => {
  it.each([
    [
      401,
      {},
      'authorization-demanded',
      'answers 401 to everybody; what came after was not examined: give credentials',
    ],
    [307, { location: '/new' }, 'redirected', 'redirects to /new; what came after was not examined'],
  ] as const)(
    'is one incident, ends the run, and fails nothing: %i',
    async (status, headers, kind, says) => {
      const { report, arrived } = await examined(80, (_, response) =>
        response.writeHead(status, headers).end(),
      );
      expect(report.incidents.map((incident) => incident.kind)).toEqual([kind]);
      expect(report.gate).toMatchObject({ exit: 2, sentence: expect.stringContaining(says) });
      expect(report.summary.fail + report.summary.warning).toBe(0);
      // Those under way and one question; the checks behind them are not run.
      expect(arrived()).toBeLessThan(180);
      expect(report.results.some(({ reason }) => reason === 'stopped')).toBe(true);
    },
    60_000,
  );
});
