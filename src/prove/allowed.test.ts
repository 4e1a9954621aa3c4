import { expect, test } from 'vitest';
import { fixtures } from '../../fixtures/mutants/fixtures.js';
import { listen } from '../../fixtures/reference/listen.js';
import { proveOne } from '../testing/prove.js';

// What may be decided otherwise, and so is no mutant, is not accused either.
test.each(fixtures.modern.allowed)(
  'a server that is otherwise, because $because, leaves nothing failed or undecided',
  async ({ change }) => {
    const server = fixtures.modern.serve?.(change);
    if (server === undefined) throw new Error('it is served over HTTP');
    const listening = await listen(server.handle);
    const row = await proveOne({
      name: 'modern',
      options: { address: { kind: 'http', url: new URL(listening.url) } },
      row: ({ report }, ms) => {
        const failed = report.results.filter(({ verdict }) => undecided.has(verdict)).map(({ id }) => id);
        return { group: 'reference', name: 'modern', expected: [], came: failed, wrong: failed, ms };
      },
    });
    server.close();
    await listening.close();
    expect(row?.wrong).toEqual([]);
  },
  60_000,
);

const undecided: ReadonlySet<string> = new Set(['fail', 'inconclusive']);
