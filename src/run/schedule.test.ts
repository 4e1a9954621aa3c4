// Helpers stand beside the tests that they serve.
/* oxlint-disable unicorn/consistent-function-scoping */
import { describe, expect, it } from 'vitest';
import type { Planned } from '../model/plan.js';
import { sampleFacts } from '../report/testing/sample.js';
import { checkOf } from './testing/check.js';
import { work, type Outcome, type Schedule } from './schedule.js';

const base = checkOf('- { open: alice, judge: { status: 200 }, otherwise: refused }');
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
    { entries, requests: 0, requestsMax: 0 },
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
      done: ({ planned: { check } }: Outcome) => told.push(check.id),
      ...changes,
    },
  );
  return { outcomes, together, told };
}
const reasons = (outcomes: readonly Outcome[]) =>
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
