// Helpers stand beside the tests that they serve.
/* oxlint-disable unicorn/consistent-function-scoping */
import { describe, expect, it } from 'vitest';
import { leapingClock } from '../../fixtures/testing/clock.js';
import { headerValues } from '../model/framing.js';
import { checkOf } from '../testing/check.js';
import { executed } from '../testing/deps.js';
import { answer, initialized, plain, scripted } from '../testing/target.js';

leapingClock();

describe('the cookies of an actor', () => {
  const check = checkOf(`
    - open: [alice, bob]
    - { send: ping, as: alice, observe: true }
    - { send: ping, as: bob, cookies: alice, judge: { status: 200 } }
  `);
  const withCookies = (...cookies: readonly string[]) => {
    let opened = 0;
    return scripted(({ method, message }) => {
      if (method !== 'initialize') return plain(200);
      const set = cookies.map((cookie) => ['Set-Cookie', `${cookie}${++opened}; Path=/; HttpOnly`] as const);
      return answer(message, initialized(message), [['Mcp-Session-Id', `issued-${opened}`], ...set]);
    });
  };

  it('are sent as a browser would, and written down by nobody', async () => {
    const { carrier, exchanges } = await executed(check, withCookies('one=', 'two=').target);
    const pings = carrier.arrived.filter(({ request }) => request.body?.includes('"ping"') === true);
    expect(pings.map(({ request }) => headerValues(request.headers, 'cookie'))).toEqual([
      [],
      ['one=1; two=2'],
    ]);
    expect(JSON.stringify(exchanges)).not.toContain('one=1');
  });

  it('leave the step out where the target set none', async () => {
    const { transcript } = await executed(check, scripted().target);
    const says = 'the target set no cookie when alice opened its session';
    expect(transcript.entries).toContainEqual(expect.objectContaining({ kind: 'skipped', because: says }));
    expect(transcript.cut).toBeUndefined();
  });
});

describe('a request', () => {
  it('says that its session was idle for too long', async () => {
    const check = checkOf(`
      - open: alice
      - { send: ping, judge: { status: 200 } }
      - pause-ms: 50
      - { send: ping, judge: { status: 200 } }
    `);
    const idle = async (idleTimeoutMs: number) => {
      const { exchanges } = await executed(check, scripted().target, { idleTimeoutMs });
      return exchanges.map(({ asked }) => asked.idle ?? false);
    };
    expect(await idle(40)).toEqual([false, false, false, true]);
    expect(await idle(0)).toEqual([false, false, false, false]);
  });

  it('has an id that no other actor of the run uses', async () => {
    const check = checkOf('- open: [alice, bob]\n- { send: ping, as: alice, judge: { status: 200 } }');
    const { exchanges } = await executed(check, scripted().target);
    const ids = exchanges.flatMap(({ asked: { rpcId } }) => rpcId ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
