// Helpers stand beside the tests that they serve.
/* oxlint-disable unicorn/consistent-function-scoping */
import { describe, expect, it } from 'vitest';
import type { Planned } from '../model/plan.js';
import type { Transcript } from '../model/transcript.js';
import { sampleFacts } from '../testing/sample.js';
import { checkOf } from '../testing/check.js';
import { work, type Schedule } from './schedule.js';
import type { CheckOutcome } from './target-run.js';

const base = checkOf('- { open: alice, judge: { status: 200 }, reason: refused }');
const planned = (
  id: string,
  changes: { readonly alone?: boolean; readonly requestsMax?: number } = {},
): Planned => ({
  check: { ...base, id: `demo.${id}`, alone: changes.alone === true },
  facts: sampleFacts,
  run: true,
  requests: 1,
  requestsMax: changes.requestsMax ?? 1,
});

/** Runs entries that each take some turns, and writes down who was under way together. */
async function worked(
  entries: readonly Planned[],
  { requestsMax = Infinity, ...changes }: Partial<Schedule> & { readonly requestsMax?: number } = {},
) {
  let spent = 0;
  const now = new Set<string>();
  const together: string[] = [];
  const told: string[] = [];
  const outcomes = await work(
    { entries, witnesses: [], requests: 0, requestsMax: 0 },
    {
      jobs: 4,
      left: () => requestsMax - spent,
      stopped: () => undefined,
      start: async ({ check, requests }) => {
        spent += requests;
        now.add(check.id);
        together.push([...now].join(' '));
        for (let i = 0; i < 3; i += 1) await new Promise((resolve) => setImmediate(resolve));
        now.delete(check.id);
        return { check: check.id, revision: '2025-11-25', entries: [] };
      },
      done: ({ planned: { check } }: CheckOutcome) => told.push(check.id),
      over: () => false,
      lost: () => undefined,
      ...changes,
    },
  );
  return { outcomes, together, told };
}
const reasons = (outcomes: readonly CheckOutcome[]) =>
  outcomes.map((one) => (one.kind === 'not-run' ? one.reason : one.kind));

describe('checks', () => {
  const six = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => planned(id));

  it('run side by side, as many as there are jobs', async () => {
    const most = async (jobs: number) =>
      Math.max(...(await worked(six, { jobs })).together.map((names) => names.split(' ').length));
    expect([await most(1), await most(4)]).toEqual([1, 4]);
  });

  it('that want the target for themselves run when no other does', async () => {
    const { together } = await worked([planned('x', { alone: true }), ...six, planned('y', { alone: true })]);
    expect(together.filter((names) => /demo\.[xy]/.test(names))).toEqual(['demo.x', 'demo.y']);
  });

  it('keep their order in the outcomes, however they end', async () => {
    const entries = [planned('x', { alone: true }), ...six];
    const { outcomes, told } = await worked(entries);
    expect(outcomes.map((one) => one.planned)).toEqual(entries);
    expect(told.toSorted()).toEqual(entries.map(({ check }) => check.id).toSorted());
  });

  it('that are left out are told, and cost nothing', async () => {
    const left: Planned = { check: base, facts: sampleFacts, run: false, reason: 'fact-missing', says: '' };
    expect(reasons((await worked([left, planned('a')], { requestsMax: 1 })).outcomes)).toEqual([
      'left-out',
      'done',
    ]);
  });

  it('that no longer fit into the budget are not run, smaller ones are', async () => {
    const entries = [
      planned('a', { requestsMax: 10 }),
      planned('b', { requestsMax: 10 }),
      planned('c', { requestsMax: 9 }),
    ];
    const { outcomes, together } = await worked(entries, { requestsMax: 10 });
    expect(reasons(outcomes)).toEqual(['done', 'budget', 'done']);
    expect(together).toEqual(['demo.a', 'demo.c']);
  });

  it('wait for what others did not need, and run side by side as far as all may need the worst', async () => {
    const entries = ['a', 'b', 'c', 'd'].map((id) => planned(id, { requestsMax: 5 }));
    const { outcomes, together } = await worked(entries, { requestsMax: 11 });
    expect(reasons(outcomes)).toEqual(['done', 'done', 'done', 'done']);
    expect(Math.max(...together.map((names) => names.split(' ').length))).toBe(2);
  });

  it('do not start once the run has been stopped', async () => {
    let started = 0;
    const { outcomes } = await worked(six, {
      jobs: 1,
      stopped: () => ((started += 1) > 2 ? 'stopped' : undefined),
    });
    expect(reasons(outcomes)).toEqual(['done', 'done', 'stopped', 'stopped', 'stopped', 'stopped']);
  });
});

describe('a check that rests on what did not come', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const letter = (id: string) => id.replace('demo.', '');

  /** Each is unsettled for a number of attempts, and tells with which of them it was tried and beside whom. */
  async function tried(
    unsettled: Readonly<Record<string, number>>,
    { isDoubt = false, ...changes }: Partial<Schedule> & { readonly isDoubt?: boolean } = {},
  ) {
    const attempts: string[] = [];
    const now = new Set<string>();
    const ended = await worked(
      ids.map((id) => planned(id, { alone: id === 'g' })),
      {
        start: async ({ check }, { number, entriesBefore, patience }) => {
          const id = letter(check.id);
          now.add(id);
          await new Promise((resolve) => setImmediate(resolve));
          attempts.push(`${id}${number}${patience > 1 ? `x${patience}` : ''}${now.size > 1 ? '' : ' alone'}`);
          now.delete(id);
          const entry = { kind: 'skipped', seq: entriesBefore + 1, step: '0', because: '' } as const;
          return { check: check.id, revision: '2025-11-25', entries: [entry] };
        },
        next: ({ check }, { earlier = [] }) =>
          (unsettled[letter(check.id)] ?? 0) > earlier.length
            ? { how: earlier.length === 0 ? 'again' : 'alone', cause: 'silence', slow: true, isDoubt }
            : undefined,
        isSteady: ({ check }) => (unsettled[letter(check.id)] ?? 0) > 2,
        ...changes,
      },
    );
    const transcripts = ended.outcomes.flatMap((one) => (one.kind === 'done' ? [one.transcript] : []));
    return { ...ended, attempts, transcripts };
  }

  it('is tried again beside others once all have run, then alone and with more time', async () => {
    const { attempts, transcripts, told } = await tried({ b: 1, d: 2 });
    expect(attempts.slice(7).toSorted()).toEqual(['b2', 'd2 alone', 'd3x3 alone']);
    expect(attempts.at(-1)).toBe('d3x3 alone');
    expect(transcripts.map(({ earlier = [] }) => earlier.length)).toEqual([0, 1, 0, 2, 0, 0, 0]);
    expect(transcripts[3]).toMatchObject({
      earlier: [{ entries: [{ seq: 1 }] }, { entries: [{ seq: 2 }] }],
      entries: [{ seq: 3 }],
    });
    expect(told.toSorted()).toEqual(ids.map((id) => `demo.${id}`));
  });

  it('is tried again at once where checks run one by one, because a later one may disturb the target for good', async () => {
    const { attempts } = await tried({ b: 1, d: 2 }, { jobs: 1 });
    expect(attempts.map((one) => one.replace(' alone', ''))).toEqual([
      'a1',
      'b1',
      'b2',
      'c1',
      'd1',
      'd2',
      'e1',
      'f1',
      'g1',
      'd3x3',
    ]);
    const doubts = await tried({ b: 1 }, { jobs: 1, isDoubt: true });
    expect(doubts.attempts.at(-1)).toBe('b2 alone');
  });

  it('runs alone again where it did at first', async () => {
    expect((await tried({ a: 1, g: 1 })).attempts.slice(7)).toEqual(['a2 alone', 'g2 alone']);
  });

  it('among many of one cause does not run the third time, once a few have told', async () => {
    const five = { a: 3, b: 3, c: 3, d: 3, e: 3 };
    const third = ({ attempts }: { readonly attempts: readonly string[] }) =>
      attempts.flatMap((one) => (one.includes('3x3') ? [one.slice(0, 1)] : []));
    expect(third(await tried(five))).toEqual(['a', 'b']);
    expect(third(await tried({ ...five, b: 2 }))).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(third(await tried({ a: 3, b: 3, c: 3 }))).toEqual(['a', 'b', 'c']);
  });

  it('among many in one doubt does not run the second time, once a few have told', async () => {
    const five = { a: 1, b: 1, c: 1, d: 1, e: 1 };
    const second = ({ attempts }: { readonly attempts: readonly string[] }) =>
      attempts.flatMap((one) => (one.includes('2') ? [one.slice(0, 1)] : []));
    const steady = { isDoubt: true, isSteady: () => true };
    expect(second(await tried(five, steady))).toEqual(['a', 'b']);
    expect(second(await tried(five, { isDoubt: true }))).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(second(await tried({ a: 1, b: 1, c: 1 }, steady))).toEqual(['a', 'b', 'c']);
    expect(second(await tried(five, { isSteady: () => true }))).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('says why it was tried no more, where that was not the target', async () => {
    const spent = await tried({ a: 2 }, { stopped: () => undefined, left: () => (left -= 1) });
    expect(spent.transcripts[0]).toMatchObject({ once: 'budget' });
  });
  let left = 8;
});

describe('a target that is lost', () => {
  const entries = ['a', 'b', 'c', 'd', 'e'].map((id) => planned(id));
  const transcript = (check: string, isLost: boolean): Transcript => ({
    check,
    revision: '2025-11-25',
    entries: [],
    ...(isLost && { cut: { step: '0', because: 'target-lost' } }),
  });

  /** A target that stops answering after `culprit`, or during it, until it is started again. */
  async function examined(culprit: string, how: 'during' | 'after', revive?: () => Promise<boolean>) {
    let serves = true;
    let outages = 0;
    const suspected: (readonly string[])[] = [];
    const started: string[] = [];
    const ended = await worked(entries, {
      jobs: 1,
      stopped: () => (outages >= 3 ? 'stopped' : undefined),
      over: () => outages > 0,
      start: async ({ check: { id } }) => {
        started.push(id.replace('demo.', ''));
        const isLost = !serves || (how === 'during' && id === culprit);
        outages += Number(isLost);
        if (id === culprit) serves = false;
        return transcript(id, isLost);
      },
      lost: ({ suspects }) => suspected.push(suspects),
      ...(revive && {
        restarts: true as const,
        revive: async () => {
          serves = await revive();
          if (serves) outages = 0;
          return serves;
        },
      }),
    });
    const ends = ended.outcomes.map((one) =>
      one.kind === 'done' ? (one.transcript.cut?.because ?? 'done') : one.kind === 'not-run' && one.reason,
    );
    return { ...ended, suspected, started: started.join(''), ends };
  }

  it('is given up where the run cannot start it again; the last check is suspected, once', async () => {
    const { ends, suspected } = await examined('demo.b', 'after');
    expect(ends).toEqual(['done', 'done', 'target-lost', 'target-lost', 'target-lost']);
    expect(suspected).toEqual([['demo.b', 'demo.c']]);
  });

  it('is started again, and what it left undone is done; nothing is reported twice', async () => {
    const { ends, suspected, started, told } = await examined('demo.b', 'after', async () => true);
    expect(ends).toEqual(['done', 'done', 'done', 'done', 'done']);
    expect(started).toBe('abcdecde');
    expect(suspected).toEqual([['demo.b', 'demo.c']]);
    expect(told).toEqual(entries.map(({ check }) => check.id));
  });

  it('by a check that does it by itself leaves only that one undecided', async () => {
    const { ends, suspected, started } = await examined('demo.b', 'during', async () => true);
    expect(ends).toEqual(['done', 'target-lost', 'done', 'done', 'done']);
    expect(started).toBe('abcdbcde');
    expect(suspected).toEqual([['demo.a', 'demo.b'], ['demo.b']]);
  });

  it('by the check before tells on that one, and the next is done on a new one', async () => {
    let revived = 0;
    const { ends, suspected, started } = await examined('demo.d', 'after', async () => {
      revived += 1;
      return true;
    });
    expect(ends).toEqual(['done', 'done', 'done', 'done', 'done']);
    expect([revived, started, suspected]).toEqual([1, 'abcdee', [['demo.d', 'demo.e']]]);
  });

  it('spoils what is under way beside it, so that is run again too', async () => {
    const ended: string[] = [];
    let isOver = false;
    const { outcomes, told } = await worked(entries.slice(0, 3), {
      jobs: 3,
      over: () => isOver,
      start: async ({ check: { id } }) => {
        if (id !== 'demo.a') await new Promise((resolve) => setImmediate(resolve));
        if (id === 'demo.c') await new Promise((resolve) => setImmediate(resolve));
        isOver ||= id === 'demo.b' && !ended.includes(id);
        ended.push(id);
        return transcript(id, false);
      },
      restarts: true,
      revive: async () => !(isOver = false),
    });
    expect(ended).toEqual(['demo.a', 'demo.b', 'demo.c', 'demo.b', 'demo.c']);
    expect(told).toEqual(['demo.a', 'demo.b', 'demo.c']);
    expect(reasons(outcomes)).toEqual(['done', 'done', 'done']);
  });

  it('and does not come back is not waited for again', async () => {
    let revived = 0;
    const { ends } = await examined('demo.a', 'after', async () => {
      revived += 1;
      return false;
    });
    expect(revived).toBe(1);
    expect(ends).toEqual(['done', 'target-lost', 'target-lost', 'target-lost', 'stopped']);
  });
});
