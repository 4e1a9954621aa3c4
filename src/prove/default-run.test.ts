import { shownAddress } from '../model/secrets.js';
import { expect, test } from 'vitest';
import type { Mutant } from '../model/catalogue.js';
import type { Finding } from '../model/finding.js';
import type { Result } from '../model/report.js';
import { failed, passed, sampleResult, sampleRun, unsure } from '../testing/sample.js';
import { defaultRunPeers, defaultRunRow, referenceDefaultRuns } from './default-run.js';
import { prove, type Peer } from './prove.js';

const mutant: Mutant = { name: 'm', does: 'x', kills: ['a.one', 'a.two'], monitors: ['monitors.seen'] };

test('one of those that it names is enough, and a monitor is one of them', () => {
  expect(saying(mutant, ['a.two'])).toEqual([]);
  expect(saying(mutant, ['monitors.seen'])).toEqual([]);
  expect(saying(mutant, [])).toEqual([expect.stringMatching(/^nothing that it names fails/)]);
});

test('who else fails is innocent, unless a finding has both for one cause', () => {
  expect(saying(mutant, ['a.one', 'b.other'])).toEqual([expect.stringMatching(/^b\.other is innocent/)]);
  expect(saying(mutant, ['a.one', 'b.other'], [finding('a.one', ['b.other'])])).toEqual([]);
  expect(saying(mutant, ['a.one', 'b.other'], [finding('b.other', [])])).toHaveLength(1);
});

test('what the list excuses is no fault', () => {
  expect(saying({ ...mutant, defaultRun: { unseen: 'nobody looks' } }, [])).toEqual([]);
  expect(saying({ ...mutant, defaultRun: { besides: ['b.other'] } }, ['a.one', 'b.other'])).toEqual([]);
});

function finding(id: string, folded: readonly string[]): Finding {
  const requirement = { keys: ['SM.404'], says: 'something' };
  const weight = { level: 'MUST', source: 'specification' } as const;
  return { ...weight, id, title: 'x', reason: 'served', requirement, counts: true, checks: [id], folded };
}

function saying(one: Mutant, ids: readonly string[], findings: readonly Finding[] = []): readonly string[] {
  const results = [
    sampleResult(passed, { id: 'z.passes' }),
    ...ids.map((id) => sampleResult(failed, { id })),
  ];
  const { report, transcripts } = sampleRun(results);
  return defaultRunRow(one, { report: { ...report, findings }, transcripts }, 1).wrong;
}

const proved = async (peers: readonly Peer[], ...runs: readonly (readonly Result[])[]) => {
  const asked: string[] = [];
  const left = [...runs];
  const [row] = await prove(peers, {
    examine: ({ address }) => {
      asked.push(shownAddress(address));
      return Promise.resolve(sampleRun(left.shift() ?? []));
    },
    parallel: 1,
  });
  return { servers: new Set(asked).size, wrong: row?.wrong.length, missed: row?.missed?.length };
};

test('what nothing showed is asked for once more at a fresh server, and who was innocent is not', async () => {
  const peers = defaultRunPeers([mutant], 'http://any.test', 1);
  const one = sampleResult(failed, { id: 'a.one' });
  expect(await proved(peers, [], [one])).toEqual({ servers: 2, wrong: 0, missed: 1 });
  expect(await proved(peers, [], [])).toEqual({ servers: 2, wrong: 1, missed: 1 });
  expect(await proved(peers, [sampleResult(failed, { id: 'b.other' })])).toEqual({
    servers: 1,
    wrong: 2,
    missed: undefined,
  });
});

test('what the reference did not show is asked for once more, and who accuses it is not', async () => {
  const peers = referenceDefaultRuns(['reference'], 'http://any.test', 1);
  const right = sampleResult(passed);
  const silent = sampleResult(unsure);
  expect(await proved(peers, [silent], [right])).toEqual({ servers: 2, wrong: 0, missed: 1 });
  expect(await proved(peers, [silent], [silent])).toEqual({ servers: 2, wrong: 1, missed: 1 });
  expect(await proved(peers, [sampleResult(failed), silent])).toMatchObject({ servers: 1 });
});
