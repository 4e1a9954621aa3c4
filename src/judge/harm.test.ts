import { describe, expect, it } from 'vitest';
import type { Entry } from '../model/transcript.js';
import type { Check } from '../model/suite.js';
import { builtIn, checkOf } from '../testing/check.js';
import { judge } from './judge.js';
import { empty, exchange, failure, opened, result, transcript } from '../testing/made.js';

const { spec } = builtIn.profiles;
const own = '{ level: MAY, says: something }';

function judged(check: Check, entries: readonly Entry[]) {
  return judge(check, transcript(entries), spec, { needsMet: ['sessions'] });
}

describe('harm', () => {
  const refused = [opened(), exchange('1', empty(404))];
  const steps = `
    - open: alice
    - { send: ping, name: use, judge: { status: 200 }, reason: refused }
  `;

  const messageOf = (requirement: string) =>
    judged(checkOf({ requirement, harm: 'true', steps }), refused).message;

  it('is a field of a failure for which its check declares it', () => {
    const { verdict, message } = judged(checkOf({ requirement: own, harm: 'true', steps }), refused);
    expect(verdict).toMatchObject({ kind: 'fail', reason: 'refused', harm: true });
    expect(message).toMatch(/^no text forbids this; it harms: a request that must be served was refused/);
  });

  it('does not change a failure that the check says nothing about', () => {
    for (const harm of [undefined, '[shared-state]', '[{ reasons: [shared-state], step: use }]']) {
      const check = checkOf({ requirement: own, ...(harm !== undefined && { harm }), steps });
      const { verdict, message } = judged(check, refused);
      expect(verdict).not.toHaveProperty('harm');
      expect(message).toMatch(/^a request that must be served was refused/);
    }
  });

  it('does not explain a MUST, and says where the text advises against it', () => {
    expect(messageOf('{ keys: [SM.404] }')).toMatch(/^a request/);
    expect(messageOf('{ keys: [SM.UNIQ] }')).toMatch(
      /^the text only advises against this; it harms: a request/,
    );
  });

  it('leads where several things are wrong', () => {
    const check = checkOf({
      requirement: own,
      harm: '[{ step: second }]',
      steps: `
        - open: alice
        - { send: ping, judge: { status: 200 }, reason: refused }
        - { send: ping, name: second, judge: { status: 200 }, reason: served }
      `,
    });
    const { verdict } = judged(check, [opened(), exchange('1', empty(404)), exchange('2', empty(404))]);
    expect(verdict).toMatchObject({ kind: 'fail', reason: 'served', harm: true });
  });

  it('may depend on others having been refused', () => {
    const check = checkOf({
      requirement: own,
      harm: '[{ reasons: [served], step: altered, where-refused: [made-up] }]',
      steps: `
        - open: alice
        - { send: ping, name: alive, require: { status: 200 } }
        - { send: ping, session: { actor: alice, changed: truncated }, name: altered, control: alive, judge: { answer: unknown-id } }
        - { send: ping, session: { generated: uuid }, name: made-up, observe: true }
      `,
    });
    const served = [opened(), exchange('1', result({})), exchange('2', result({}))];
    const reached = judged(check, [...served, exchange('3', failure(404))]);
    expect([reached.level, reached.verdict]).toMatchObject(['MAY', { reason: 'served', harm: true }]);
    expect(judged(check, [...served, exchange('3', result({}))]).verdict).not.toHaveProperty('harm');
  });

  it('of a grade may depend on what others got', () => {
    const check = checkOf({
      requirement: own,
      steps: `
        - open: alice
        - { send: ping, name: alive, require: { status: 200 } }
        - { send: ping, session: none, name: without, observe: true }
        - { send: tools/list, session: { generated: uuid }, name: listed, observe: true }
        - send: ping
          session: { generated: uuid }
          control: alive
          judge:
            - { if: { result: true }, where-refused: [without], where-served: [listed], then: fail, reason: served }
            - { if: { result: true }, then: unspecified }
            - { if: { status: 4xx }, then: pass }
      `,
    });
    const kindOf = (without: Entry, listed: Entry) =>
      judged(check, [opened(), exchange('1', result({})), without, listed, exchange('4', result({}))]).verdict
        .kind;
    const asked = { method: 'tools/list' };
    const [listed, unlisted] = [result({ tools: [] }), failure(404)].map((reply) =>
      exchange('3', reply, { asked }),
    );
    if (listed === undefined || unlisted === undefined) throw new Error('two were made');
    expect(kindOf(exchange('2', failure(400)), listed)).toBe('fail');
    expect(kindOf(exchange('2', failure(400)), unlisted)).toBe('not-applicable');
    expect(kindOf(exchange('2', result({})), listed)).toBe('not-applicable');
  });

  it('leaves what is undecided counting as much as the failure would', () => {
    const check = checkOf({ requirement: own, harm: 'true', steps });
    expect(judged(check, []).verdict).toMatchObject({ kind: 'inconclusive', mayHarm: true });
    expect(judged(checkOf({ requirement: own, steps }), []).verdict).not.toHaveProperty('mayHarm');
  });
});
