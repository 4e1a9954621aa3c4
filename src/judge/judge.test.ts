// Helpers stand beside the tests that they serve.
/* oxlint-disable unicorn/consistent-function-scoping */
import { describe, expect, it } from 'vitest';
import { levels, type Level } from '../model/level.js';
import { answerClasses, type AnswerClass, type AnswerSet, type Profile } from '../model/profile.js';
import { revisions } from '../model/revision.js';
import type { Outcome } from '../model/rule.js';
import type { Check } from '../model/suite.js';
import { tabulate } from '../model/tables.js';
import type { Entry, Exchange, Transcript } from '../model/transcript.js';
import { builtIn, builtInChecks, checkOf } from '../testing/check.js';
import { judge } from './judge.js';
import {
  abandoned,
  alive,
  body,
  empty,
  exchange,
  failure,
  opened,
  reset,
  result,
  silence,
  stream,
  transcript,
} from '../testing/made.js';

const facts = { needsMet: ['sessions', 'delete', 'get', 'echo'] } as const;
const { spec, 'strict-400': strict } = builtIn.profiles;

function verdictOf(
  check: Check,
  entries: readonly Entry[],
  profile: Profile = spec,
  cut?: NonNullable<Transcript['cut']>,
) {
  const { verdict, level, source } = judge(check, transcript(entries, cut), profile, facts);
  const said = [verdict.kind, ...('reason' in verdict ? [verdict.reason] : []), level];
  return [...said, ...(source === 'brief' ? [source] : [])].join(' ');
}

describe('a step that has both a requirement of its own and a judgement', () => {
  const check = checkOf(`
    - open: alice
    - send: ping
      as: alice
      require: { status: 200, result: true }
      judge: { mentions: own-session }
      reason: wrong-session
  `);

  it('judges the answers that meet the requirement, and doubts the others', () => {
    expect(verdictOf(check, [opened(), exchange('1', result({}))])).toBe('fail wrong-session MUST');
    expect(verdictOf(check, [opened(), exchange('1', failure(404))])).toBe('inconclusive setup-failed MUST');
  });
});

describe('a refusal with a control', () => {
  const check = checkOf(`
    - open: alice
    - { send: ping, name: alive, require: { status: 200, result: true } }
    - { delete: alice, require: { status: 2xx } }
    - { send: ping, control: alive, judge: { answer: terminated-id } }
  `);
  const served = exchange('1', result({}));
  const ended = exchange('2', empty(200), { asked: { kind: 'delete' } });
  const after = (last: Exchange): readonly Entry[] => [opened(), served, ended, last];

  it('passes on the acceptable answer, and shows the control', () => {
    const last = exchange('3', failure(404));
    const { verdict } = judge(check, transcript(after(last)), spec, facts);
    expect(verdict).toMatchObject({
      kind: 'pass',
      evidence: [
        {
          step: '3',
          entries: [last.seq, served.seq],
          acceptable: '404',
          control: 'alive: POST ping, mcp-session-id: «session alice»: 200 with a result',
        },
      ],
    });
  });

  it('fails on another one, and says what came', () => {
    const { verdict, message } = judge(check, transcript(after(exchange('3', result({})))), spec, facts);
    expect(verdict).toMatchObject({ kind: 'fail', reason: 'session-still-usable' });
    expect(message).toContain('200 with a result');
    expect(verdictOf(check, after(exchange('3', failure(400))))).toBe('fail wrong-status MUST');
    expect(verdictOf(check, after(exchange('3', empty(500))))).toBe('fail server-error MUST');
  });

  it('is told by each profile in its own way', () => {
    const last = after(exchange('3', failure(400)));
    expect(verdictOf(check, last, spec)).toBe('fail wrong-status MUST');
    expect(verdictOf(check, last, strict)).toBe('pass MUST');
    expect(verdictOf(check, after(exchange('3', failure(409))), strict)).toBe(
      'fail wrong-status SHOULD brief',
    );
    expect(verdictOf(check, after(exchange('3', result({}))), strict)).toBe(
      'fail session-still-usable none brief',
    );
  });

  it('proves nothing when the control was refused too', () => {
    const refused = exchange('1', failure(404));
    for (const last of [failure(404), result({}), empty(500)]) {
      const entries = [opened(), refused, ended, exchange('3', last)];
      expect(verdictOf(check, entries)).toMatch(/^inconclusive/);
    }
  });

  it('proves nothing when the control is missing', () => {
    expect(verdictOf(check, [opened(), ended, exchange('3', failure(404))])).toBe(
      'inconclusive control-failed MUST',
    );
  });

  it('proves nothing when one of several controls was refused', () => {
    const entries = [opened(), served, exchange('1', failure(404)), ended, exchange('3', failure(404))];
    expect(verdictOf(check, entries)).toMatch(/^inconclusive/);
  });

  it('proves nothing when an earlier step did not succeed', () => {
    const refused = exchange('2', empty(405), { asked: { kind: 'delete' } });
    expect(verdictOf(check, [opened(), served, refused, exchange('3', failure(404))])).toBe(
      'inconclusive setup-failed MUST',
    );
    expect(verdictOf(check, [opened(), served, refused], spec, { step: '2', because: 'setup' })).toBe(
      'inconclusive setup-failed MUST',
    );
  });

  it('fails for silence of a target that lives, and for a dropped connection', () => {
    expect(verdictOf(check, after(exchange('3', silence, { afterwards: alive })))).toBe(
      'fail no-answer MUST',
    );
    expect(verdictOf(check, after(exchange('3', reset, { afterwards: alive })))).toBe('fail dropped MUST');
  });

  it('proves nothing by the silence of a lost target', () => {
    for (const afterwards of [silence, reset])
      for (const reply of [silence, reset])
        expect(verdictOf(check, after(exchange('3', reply, { afterwards })))).toBe(
          'inconclusive target-lost MUST',
        );
  });

  it('is sure by the loss of a target that the check had for itself, once it had answered', () => {
    const cut = { step: '3', because: 'target-lost', alone: true } as const;
    const lost = exchange('3', reset, { afterwards: reset });
    expect(verdictOf(check, after(lost), spec, cut)).toBe('fail dropped MUST');
    expect(verdictOf(check, [{ ...lost, step: '0' }], spec, { ...cut, step: '0' })).toBe(
      'inconclusive target-lost MUST',
    );
  });

  it('says that the target was lost when a step before was not answered', () => {
    const lost = exchange('1', silence, { afterwards: silence });
    expect(verdictOf(check, [opened(), lost])).toBe('inconclusive target-lost MUST');
  });

  it('proves nothing when everybody is refused for load', () => {
    for (const status of [429, 503])
      expect(verdictOf(check, after(exchange('3', empty(status), { afterwards: empty(429) })))).toBe(
        'inconclusive rate-limited MUST',
      );
  });

  it('counts 429 when a fresh client is served', () => {
    expect(verdictOf(check, after(exchange('3', empty(429), { afterwards: alive })))).toBe(
      'fail wrong-status MUST',
    );
  });

  it('proves nothing by an answer that a bound of the harness cut off', () => {
    const cut = body(404, 'x');
    const limited = { ...cut, content: { kind: 'body', text: 'x', bytes: 9, end: 'limit' } } as const;
    expect(verdictOf(check, after(exchange('3', limited)))).toBe('inconclusive limit-reached MUST');
  });
});

describe('what the harness could not send or read', () => {
  const check = checkOf(`
    - open: alice
    - { send: ping, judge: { status: 200, result: true } }
  `);

  it.each(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL'])('is no fault of the target (%s)', (code) => {
    const unsent = exchange('1', { kind: 'dropped', code, says: 'nothing left' });
    expect(verdictOf(check, [opened(), unsent])).toBe('inconclusive own-limit MUST');
  });

  it('is no fault of the target where it was compressed', () => {
    const squeezed = body(404, 'xx', [['Content-Encoding', 'gzip']]);
    expect(verdictOf(check, [opened(), exchange('1', squeezed)])).toBe('inconclusive compressed MUST');
  });

  it('is no fault of the target where it nests deeper than is read', () => {
    const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const deep = body(200, `{"jsonrpc":"2.0","id":1,"result":{"nested":${nested}}}`);
    expect(verdictOf(check, [opened(), exchange('1', deep)])).toBe('inconclusive limit-reached MUST');
  });
});

describe('a judged failure', () => {
  const check = checkOf(`
    - open: alice
    - { send: ping, name: first, require: { status: 2xx } }
    - { send: ping, judge: { status: 200, result: true }, reason: refused }
    - { delete: alice, require: { status: 2xx } }
    - { send: ping, judge: { status: 404 }, control: first, reason: served }
  `);
  const until = (third: Exchange) => [opened(), exchange('1', result({})), third];

  it('stands although a later setup was not met', () => {
    const entries = [...until(exchange('2', failure(500))), exchange('3', empty(405))];
    expect(verdictOf(check, entries, spec, { step: '3', because: 'setup' })).toBe('fail server-error MUST');
  });

  it('names the reason that the suite gives, unless nothing came or the server broke', () => {
    const last = (one: Exchange) => [...until(exchange('2', result({}))), exchange('3', empty(200)), one];
    expect(verdictOf(check, last(exchange('4', failure(200))))).toBe('fail served MUST');
    expect(verdictOf(check, last(exchange('4', empty(500))))).toBe('fail server-error MUST');
    expect(verdictOf(check, last(exchange('4', silence, { afterwards: alive })))).toBe('fail no-answer MUST');
  });

  it('outweighs passes, and the evidence shows it first', () => {
    const repeated = checkOf(`
      - open: alice
      - repeat: 12
        do:
          - { send: ping, judge: { status: 200 } }
    `);
    const steps = Array.from({ length: 12 }, (_, i) => exchange(`1.do.0#${i}`, empty(i === 7 ? 404 : 200)));
    const { verdict } = judge(repeated, transcript([opened(), ...steps]), spec, facts);
    expect(verdict).toMatchObject({ kind: 'fail', evidence: [{ step: '1.do.0#7' }] });
    expect(verdictOf(repeated, [opened(), ...steps.slice(0, 7)])).toBe('pass MUST');
  });

  it('shows a few exchanges of many', () => {
    const repeated = checkOf(`
      - open: alice
      - repeat: 12
        do:
          - { send: ping, judge: { status: 200 } }
    `);
    const steps = Array.from({ length: 100 }, (_, i) => exchange(`1.do.0#${i}`, empty(500)));
    const { verdict } = judge(repeated, transcript([opened(), ...steps]), spec, facts);
    expect(verdict.kind === 'fail' && verdict.evidence.length).toBeLessThan(20);
  });
});

describe('grades', () => {
  const check = checkOf(`
    - open: alice
    - send: ping
      judge:
        - { if: { status: 200 }, then: pass }
        - { if: { status: 204 }, then: warn, reason: wrong-status }
        - { if: { status: 405 }, then: unspecified }
        - { if: { status: 409 }, then: unclear }
        - { if: { status: 4xx }, then: fail, reason: refused }
  `);
  it.each([
    [200, 'pass MUST'],
    [204, 'fail wrong-status SHOULD'],
    [405, 'not-applicable permitted MUST'],
    [409, 'inconclusive setup-failed MUST'],
    [404, 'fail refused MUST'],
    [500, 'fail server-error MUST'],
  ])('turn %i into %s', (status, verdict) => {
    expect(verdictOf(check, [opened(), exchange('1', empty(status))])).toBe(verdict);
  });

  it('fail what none of them names', () => {
    expect(verdictOf(check, [opened(), exchange('1', silence, { afterwards: alive })])).toBe(
      'fail no-answer MUST',
    );
    expect(verdictOf(check, [opened(), exchange('1', abandoned)])).toMatch(/^fail/);
  });
});

describe('an answer set', () => {
  const check = checkOf(`
    - open: alice
    - { send: ping, name: alive, require: { status: 200 } }
    - { send: ping, session: none, control: alive, judge: { answer: missing-id } }
  `);
  const under = (outcome: Outcome, source?: 'brief'): Profile => {
    const row = tabulate(answerClasses, (): Outcome => 'fail');
    const set: AnswerSet = { served: 'served', rows: { request: { ...row, '400': outcome } } };
    return { profile: 'spec', title: 'made', answers: { 'missing-id': set }, ...(source && { source }) };
  };
  const entries = [opened(), exchange('1', result({})), exchange('2', empty(400))];

  it.each<[Outcome, string]>([
    ['pass', 'pass MUST'],
    ['warn', 'fail wrong-status SHOULD'],
    ['fail', 'fail wrong-status MUST'],
    ['unspecified', 'not-applicable permitted MUST'],
    ['unclear', 'inconclusive setup-failed MUST'],
  ])('that says %s gives %s', (outcome, verdict) => {
    expect(verdictOf(check, entries, under(outcome))).toBe(verdict);
  });

  it('that has no row for the kind of request decides nothing', () => {
    const profile: Profile = {
      profile: 'spec',
      title: 'made',
      answers: { 'missing-id': { served: 'served', rows: {} } },
    };
    expect(verdictOf(check, entries, profile)).toMatch(/^inconclusive/);
    expect(verdictOf(check, entries, { ...profile, answers: {} })).toMatch(/^inconclusive/);
  });

  it('fails by the demand of its profile', () => {
    expect(verdictOf(check, entries, under('fail', 'brief'))).toBe('fail wrong-status none brief');
    expect(verdictOf(check, entries, under('warn', 'brief'))).toBe('fail wrong-status SHOULD brief');
  });

  it('leaves the level of what no set decided', () => {
    const plain = checkOf(`
      - open: alice
      - { send: ping, judge: { status: 200 } }
    `);
    expect(verdictOf(plain, [opened(), exchange('1', empty(404))], under('fail', 'brief'))).toBe(
      'fail refused MUST',
    );
  });

  it('softens to SHOULD at most', () => {
    const softened = (level: Level) => {
      const weights = tabulate(revisions, () => ({ level, source: 'specification' as const }));
      const requirement = { ...check.requirement, weights };
      return judge({ ...check, requirement }, transcript(entries), under('warn'), facts).level;
    };
    expect(levels.map(softened)).toEqual(['SHOULD', 'SHOULD', 'SHOULD', 'SHOULD NOT', 'MAY', 'none']);
  });

  it('gives every answer its outcome, for every kind of request and profile', () => {
    for (const profile of Object.values(builtIn.profiles))
      for (const [name, set] of Object.entries(profile.answers))
        for (const [kind, row] of Object.entries(set.rows)) {
          const missing = answerClasses.filter((answer: AnswerClass) => !(answer in row));
          expect([profile.profile, name, kind, missing]).toEqual([profile.profile, name, kind, []]);
        }
  });
});

describe('a stream', () => {
  const check = checkOf(`
    - open: alice
    - { listen: alice, name: news, require: { stream: true } }
    - { quiet: news, for-ms: 100, reason: stray-message }
  `);
  const window = { kind: 'quiet', seq: 900, step: '2', stream: 'news', fromMs: 100, toMs: 200 } as const;
  const listening = (...times: readonly number[]) =>
    exchange(
      '1',
      stream(
        times.map((atMs) => ({ atMs, data: 'x' })),
        'aborted',
      ),
      { asked: { kind: 'get' } },
    );

  it('was quiet when something came behind the window only', () => {
    expect(verdictOf(check, [opened(), listening(50, 250), window])).toBe('pass MUST');
  });

  it('was not quiet when something came in the window', () => {
    expect(verdictOf(check, [opened(), listening(150, 250), window])).toBe('fail stray-message MUST');
    expect(verdictOf(check, [opened(), listening(150), window])).toBe('fail stray-message MUST');
    expect(verdictOf(check, [opened(), listening(200), window])).toBe('fail stray-message MUST');
  });

  it('proves nothing by silence without a fence', () => {
    expect(verdictOf(check, [opened(), listening(), window])).toBe('inconclusive no-fence MUST');
    expect(verdictOf(check, [opened(), listening(100), window])).toBe('inconclusive no-fence MUST');
    expect(verdictOf(check, [opened(), window])).toBe('inconclusive no-fence MUST');
  });

  it('that was never watched is not observed', () => {
    expect(verdictOf(check, [opened(), listening(50, 250)])).toBe('inconclusive not-observed MUST');
  });
});

describe('what is awaited', () => {
  const steps = (demand: string) => `
    - open: alice
    - { listen: alice, name: news, require: { stream: true } }
    - { await: news, until: end, within-ms: 1000, ${demand} }
    - { await: news, until: event, within-ms: 1000, require: true }
  `;
  const awaited = (came: boolean) =>
    ({ kind: 'awaited', seq: 900, step: '2', stream: 'news', came, afterMs: 10 }) as const;
  const listening = exchange('1', stream([], 'open'), { asked: { kind: 'get' } });
  const wanted = checkOf(steps('judge: { came: true }, reason: stream-open'));
  const unwanted = checkOf(steps('judge: { came: false }, reason: stray-message'));

  it('passes when it comes, or stays away, as demanded', () => {
    expect(verdictOf(wanted, [opened(), listening, awaited(true)])).toBe('pass MUST');
    expect(verdictOf(unwanted, [opened(), listening, awaited(false)])).toBe('pass MUST');
  });

  it('fails otherwise', () => {
    expect(verdictOf(wanted, [opened(), listening, awaited(false)])).toBe('fail stream-open MUST');
    expect(verdictOf(unwanted, [opened(), listening, awaited(true)])).toBe('fail stray-message MUST');
  });

  it('that was not reached is not observed', () => {
    expect(verdictOf(wanted, [opened(), listening])).toBe('inconclusive not-observed MUST');
  });

  it('leaves the check open when it only prepares', () => {
    const check = checkOf(`
      - open: alice
      - { listen: alice, name: news, require: { stream: true } }
      - { await: news, until: event, within-ms: 1000, require: true }
      - { send: ping, judge: { status: 200 } }
    `);
    const last = exchange('3', empty(200));
    expect(verdictOf(check, [opened(), listening, awaited(false), last])).toBe(
      'inconclusive setup-failed MUST',
    );
    expect(verdictOf(check, [opened(), listening, awaited(true), last])).toBe('pass MUST');
  });
});

describe('a finding', () => {
  const check = checkOf(`
    - repeat: 3
      do:
        - { open: alice, group: ids }
    - { analyse: distinct, over: ids, judge: { distinct: true }, reason: duplicate-id }
  `);
  const finding = (samples: number, distinct: boolean) =>
    ({ kind: 'finding', seq: 900, step: '1', analysis: 'distinct', samples, finds: { distinct } }) as const;
  const openings = [0, 1, 2].map((i) => opened(`0.do.0#${i}`));

  it('decides by what was found', () => {
    expect(verdictOf(check, [...openings, finding(3, true)])).toBe('pass MUST');
    expect(verdictOf(check, [...openings, finding(3, false)])).toBe('fail duplicate-id MUST');
  });

  it('over nothing proves nothing', () => {
    expect(verdictOf(check, [...openings, finding(0, true)])).toBe('inconclusive too-few MUST');
    expect(verdictOf(check, [...openings, finding(0, false)])).toBe('inconclusive too-few MUST');
  });
});

describe('a step that is not there', () => {
  it('says nothing when the target offers no ground for it', () => {
    const check = checkOf({
      needs: '[]',
      steps: `
        - open: alice
        - { send: ping, judge: { status: 200 } }
        - { send: probe.state.read, when: [state], judge: { status: 200 } }
      `,
    });
    expect(verdictOf(check, [opened(), exchange('1', empty(200))])).toBe('pass MUST');
  });

  it('leaves the check open when it should be there', () => {
    const check = checkOf(`
      - open: alice
      - { send: ping, judge: { status: 200 } }
      - { send: ping, judge: { status: 200 } }
    `);
    expect(verdictOf(check, [opened(), exchange('1', empty(200))])).toBe('inconclusive not-observed MUST');
  });

  it('that could not be done is neither good nor bad', () => {
    const check = checkOf(`
      - open: alice
      - { send: ping, name: alive, require: { status: 200 } }
      - { send: ping, session: { actor: alice, changed: truncated }, control: alive, judge: { answer: unknown-id } }
    `);
    const skipped = { kind: 'skipped', seq: 900, step: '2', because: 'the id is too short' } as const;
    const { verdict, message } = judge(
      check,
      transcript([opened(), exchange('1', empty(200)), skipped]),
      spec,
      facts,
    );
    expect(verdict).toMatchObject({ kind: 'not-applicable', reason: 'permitted' });
    expect(message).toContain('the id is too short');
  });
});

describe('a transcript without anything', () => {
  const cuts = [undefined, 'setup', 'target-lost', 'interrupted', 'budget'] as const;
  it('is never a pass and never a failure, for any built-in check and profile', () => {
    for (const check of builtInChecks)
      for (const profile of Object.values(builtIn.profiles))
        for (const because of cuts) {
          const cut = because === undefined ? undefined : { step: '0', because };
          const { verdict } = judge(
            check,
            { check: check.id, revision: '2025-11-25', entries: [], ...(cut && { cut }) },
            profile,
            facts,
          );
          expect([check.id, verdict.kind]).toEqual([check.id, 'inconclusive']);
        }
  });
});

describe('a check that was cut', () => {
  it('is never a pass, even after one', () => {
    const check = checkOf(`
      - open: alice
      - { send: ping, judge: { status: 200 } }
    `);
    const entries = [opened(), exchange('1', empty(200))];
    for (const because of ['setup', 'target-lost', 'interrupted', 'budget'] as const)
      expect(judge(check, transcript(entries, { step: '2', because }), spec, facts).verdict.kind).toBe(
        'inconclusive',
      );
  });
});
