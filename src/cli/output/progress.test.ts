import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import type { Outlook } from '../../model/outlook.js';
import { builtInChecks } from '../../testing/check.js';
import { sampleFacts } from '../../testing/sample.js';
import { startProgress } from './progress.js';

async function saidWith(outlook: Outlook): Promise<string> {
  const live = Object.assign(new PassThrough(), {
    isTTY: true,
    columns: 200,
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
  });
  let said = '';
  live.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const progress = await startProgress({ live });
  const entries = builtInChecks.map((check) => ({
    check,
    facts: sampleFacts,
    run: true as const,
    requests: 1,
    requestsMax: 1,
  }));
  progress.observe({ kind: 'planned', plan: { entries, witnesses: [], requests: 0, requestsMax: 0 } });
  progress.observe({ kind: 'outlook', outlook });
  progress.stop();
  return said;
}

it('a run says how long it will take where that is long', async () => {
  expect(await saidWith({ perSecond: 4.7, leftMs: 700_000, takesMs: 760_000 })).toContain('12 min');
  expect(await saidWith({ perSecond: 400, leftMs: 7_000, takesMs: 9_000 })).not.toContain('left');
});
