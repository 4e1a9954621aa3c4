// Helpers stand beside the tests that they serve.
/* oxlint-disable unicorn/consistent-function-scoping */
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { leapingClock } from '../../fixtures/testing/clock.js';
import { headerValues, type HttpRequest } from '../model/framing.js';
import { type Reply } from '../model/reply.js';
import type { Ending, Operator } from '../model/run.js';
import { changes, generatedForms } from '../model/session-choice.js';
import type { Exchange } from '../model/transcript.js';
import { sampleFacts } from '../testing/sample.js';
import { builtInChecks, checkOf } from '../testing/check.js';
import { FakeStream, fakeCarrier, type Answer } from '../testing/fake-carrier.js';
import { executed, depsOf } from '../testing/deps.js';
import { answer, initialized, plain, scripted, type Asked } from '../testing/target.js';
import { execute } from './execute.js';

const pings = ({ request }: { readonly request: { readonly body?: string } }) =>
  request.body?.includes('"ping"') === true;
const idsIn = (one: { readonly request: HttpRequest } | undefined) =>
  headerValues(one?.request.headers ?? [], 'mcp-session-id');
const at = (exchanges: readonly Exchange[], step: string) => exchanges.find((one) => one.step === step);

leapingClock();

describe('a request carries', () => {
  const carried = async (session: string) => {
    const server = scripted();
    const check = checkOf(`
      - open: [alice, bob]
      - { send: ping, as: alice, name: first, observe: true }
      - { send: ping, as: alice, session: ${session}, judge: { status: 200 } }
    `);
    const { carrier, exchanges } = await executed(check, server.target);
    const [, sent] = carrier.arrived.filter(pings);
    return {
      raw: idsIn(sent),
      shown: at(exchanges, '2')?.asked.session,
      issued: server.issued,
      entries: exchanges,
    };
  };

  it('the id of its own session', async () => {
    const { raw, shown, issued } = await carried('own');
    expect([raw, shown]).toEqual([[issued[0]], ['«session alice»']]);
  });

  it('no id', async () => expect((await carried('none')).raw).toEqual([]));

  it('the id of another session', async () => {
    const { raw, shown, issued } = await carried('bob');
    expect([raw, shown]).toEqual([[issued[1]], ['«session bob»']]);
  });

  it.each(changes.filter((change) => change !== 'unhyphenated' && change !== 'case-swapped'))(
    'an id that was altered: %s',
    async (changed) => {
      const { raw, shown, issued } = await carried(`{ actor: bob, changed: ${changed} }`);
      expect(raw).toHaveLength(1);
      expect(issued).not.toContain(raw[0]);
      expect(shown?.[0]).toMatch(/^«.*»$/);
    },
  );

  it('an id with its case exchanged only where case tells ids apart', async () => {
    const swapped = checkOf(`
      - open: alice
      - { send: ping, session: { actor: alice, changed: case-swapped }, judge: { status: 200 } }
    `);
    const sentFor = async (id: string) => {
      const { carrier } = await executed(swapped, scripted(undefined, () => id).target);
      return carrier.arrived.filter(pings).map(idsIn);
    };
    expect(await sentFor('aZ-19-bYcX')).toEqual([['Az-19-ByCx']]);
    expect(await sentFor('az-19-bycx')).toEqual([]);
  });

  it.each(generatedForms)('an id of our own making: %s', async (how) => {
    const { raw, issued } = await carried(`{ generated: ${how} }`);
    expect(raw[0]).toMatch(/^\S+$/);
    expect(issued).not.toContain(raw[0]);
  });

  it('a text as it stands', async () =>
    expect((await carried("{ text: 'as it is' }")).raw).toEqual(['as it is']));

  it('several ids in fields of their own', async () => {
    const { raw, issued } = await carried('[bob, own]');
    expect(raw).toEqual([issued[1], issued[0]]);
  });

  it('what a named step sent', async () => {
    const { raw, issued } = await carried('{ sent-by: first }');
    expect(raw).toEqual([issued[0]]);
  });
});

describe('an id named by an answer', () => {
  const check = checkOf(`
    - open: alice
    - { send: ping, name: alive, require: { status: 200 } }
    - { send: ping, name: refused, session: none, observe: true }
    - { send: ping, session: { named-by: refused }, judge: { status: 404 }, control: alive }
  `);

  it('is presented', async () => {
    const server = scripted((asked) =>
      asked.method === 'ping' && asked.session === undefined
        ? plain(400, '', [['mcp-session-id', 'handed-out-by-mistake']])
        : undefined,
    );
    const { carrier, transcript } = await executed(check, server.target);
    expect(carrier.arrived.map((one) => idsIn(one)[0])).toContain('handed-out-by-mistake');
    expect(JSON.stringify(transcript)).not.toContain('handed-out-by-mistake');
  });

  it('is left out where there is none', async () => {
    const { transcript } = await executed(check, scripted().target);
    expect(transcript.entries).toContainEqual(expect.objectContaining({ kind: 'skipped', step: '3' }));
  });
});

it('an id too short to be altered safely is not altered', async () => {
  const check = checkOf(`
    - open: alice
    - { send: ping, name: alive, require: { status: 200 } }
    - { send: ping, session: { actor: alice, changed: same-form }, judge: { status: 404 }, control: alive }
  `);
  const { transcript, carrier } = await executed(check, scripted(undefined, (n) => `id${n}`).target);
  expect(transcript.entries).toContainEqual(expect.objectContaining({ kind: 'skipped', step: '2' }));
  expect(carrier.arrived.filter(pings)).toHaveLength(1);
});

describe('header fields', () => {
  it('are replaced, removed and added in any case of letters', async () => {
    const check = checkOf(`
      - open: alice
      - send: ping
        headers: { content-type: text/plain, ACCEPT: null, X-More: 'yes' }
        judge: { status: 200 }
    `);
    const { carrier } = await executed(check, scripted().target);
    const sent = carrier.arrived.find(pings)?.request.headers ?? [];
    expect(headerValues(sent, 'content-type')).toEqual(['text/plain']);
    expect(headerValues(sent, 'accept')).toEqual([]);
    expect(headerValues(sent, 'x-more')).toEqual(['yes']);
    expect(headerValues(sent, 'mcp-protocol-version')).toEqual(['2025-11-25']);
  });

  it('say the negotiated revision only from 2025-06-18 on', async () => {
    const check = checkOf(`
      - { open: alice, revision: 2025-03-26 }
      - { send: ping, judge: { status: 200 } }
    `);
    const { carrier } = await executed(check, scripted().target);
    expect(
      carrier.arrived.flatMap(({ request }) => headerValues(request.headers, 'mcp-protocol-version')),
    ).toEqual([]);
  });

  it('the query of a step stands behind the path, with what it names', async () => {
    const check = checkOf(`
      - open: alice
      - { send: ping, query: 'sessionId=\${own}', judge: { status: 200 } }
    `);
    const server = scripted(undefined, () => 'an id/with&marks');
    const { carrier, transcript } = await executed(check, server.target);
    expect(carrier.arrived.find(pings)?.request.query).toBe('sessionId=an%20id%2Fwith%26marks');
    expect(JSON.stringify(transcript)).not.toContain('an id/with&marks');
  });
});

describe('steps side by side', () => {
  const check = checkOf(`
    - open: [alice, bob]
    - parallel:
        - { send: ping, as: alice, judge: { status: 200 } }
        - { send: ping, as: bob, judge: { status: 200 } }
  `);

  it('are under way at the same moment', async () => {
    const waiting: (() => void)[] = [];
    const server = scripted((asked) => {
      if (asked.method !== 'ping') return undefined;
      return new Promise<Reply>((resolve) => {
        waiting.push(() => resolve(answer(asked.message, {})));
        // Each is answered only when the other has come: one after the other they would wait for ever.
        if (waiting.length === 2) for (const release of waiting.splice(0)) release();
      });
    });
    const { exchanges } = await executed(check, server.target);
    expect(exchanges.filter((one) => one.step.startsWith('1.')).map(({ reply }) => reply.kind)).toEqual([
      'response',
      'response',
    ]);
  });
});

describe('repetition', () => {
  const repeat = (concurrency: number) =>
    checkOf(`
      - open: alice
      - repeat: 6
        concurrency: ${concurrency}
        do:
          - { send: ping, observe: true }
      - { send: ping, judge: { status: 200 } }
    `);

  it('does as many at once as it may', async () => {
    for (const concurrency of [1, 3]) {
      const server = scripted();
      const { carrier } = await executed(repeat(concurrency), async (arrived) => {
        if (pings(arrived)) await new Promise((resolve) => setTimeout(resolve, 5));
        return server.target(arrived);
      });
      expect(carrier.mostAtOnce()).toBe(concurrency);
    }
  });

  it('tells its rounds apart', async () => {
    const { exchanges } = await executed(repeat(1), scripted().target);
    const rounds = exchanges.filter(({ step }) => step.startsWith('1.')).map(({ step }) => step);
    expect(rounds).toEqual([0, 1, 2, 3, 4, 5].map((i) => `1.do.0#${i}`));
  });

  it('stops after silence', async () => {
    const server = scripted(({ method }) => (method === 'ping' ? 'silence' : undefined));
    const { exchanges } = await executed(repeat(1), server.target);
    expect(exchanges.filter(({ step }) => step.startsWith('1.'))).toHaveLength(1);
  });
});

describe('what goes on in the background', () => {
  it('is awaited until its answer, and the transcript has all of it', async () => {
    const stream = new FakeStream();
    const check = checkOf(`
      - open: alice
      - { send: tools/list, name: call, background: true, judge: { result: true } }
      - { send: ping, require: { status: 200 } }
      - { await: call, until: answer, within-ms: 2000, judge: { came: true }, reason: no-answer }
    `);
    const server = scripted(({ method, message }) => {
      if (method === 'ping')
        setTimeout(() => {
          stream.push(JSON.stringify({ jsonrpc: '2.0', id: calls, result: { tools: [] } }));
        }, 5);
      if (method === 'tools/list') {
        calls = message['id'];
        return stream;
      }
      return undefined;
    });
    let calls: unknown;
    const { transcript, exchanges } = await executed(check, server.target);
    expect(transcript.entries).toContainEqual(expect.objectContaining({ kind: 'awaited', came: true }));
    expect(at(exchanges, '1')?.reply).toMatchObject({
      content: { kind: 'stream', events: [expect.anything()] },
    });
  });

  it('is awaited until its end, or in vain', async () => {
    const check = checkOf(`
      - open: alice
      - { listen: alice, name: news, require: { stream: true } }
      - { delete: alice, require: { status: 2xx } }
      - { await: news, until: end, within-ms: 100, judge: { came: true }, reason: stream-open }
    `);
    for (const ends of [true, false]) {
      const stream = new FakeStream();
      const server = scripted(({ method }) => {
        if (method === 'GET') return stream;
        if (method === 'DELETE' && ends) stream.finish();
        return undefined;
      });
      const { transcript } = await executed(check, server.target);
      expect(transcript.entries).toContainEqual(expect.objectContaining({ kind: 'awaited', came: ends }));
    }
  });

  it('is pinged, and the ping answered, which is no event', async () => {
    const stream = new FakeStream();
    const check = checkOf(`
      - open: alice
      - { listen: alice, name: news, require: { stream: true } }
      - { await: news, until: event, within-ms: 2000, judge: { came: true }, reason: stray-message }
    `);
    const pongs: unknown[] = [];
    const server = scripted(({ method, message, session }) => {
      if (method === 'GET') {
        stream.push(JSON.stringify({ jsonrpc: '2.0', id: 'still there?', method: 'ping' }));
        return stream;
      }
      if (message['id'] !== 'still there?') return undefined;
      pongs.push([session, message['result']]);
      setTimeout(() => stream.push('{"jsonrpc":"2.0","method":"notifications/message"}'), 5);
      return undefined;
    });
    const { transcript } = await executed(check, server.target);
    expect(pongs).toEqual([[server.issued[0], {}]]);
    expect(transcript.entries).toContainEqual(expect.objectContaining({ kind: 'awaited', came: true }));
  });

  it('ends when it is closed', async () => {
    const stream = new FakeStream();
    const check = checkOf(`
      - open: alice
      - { listen: alice, name: news, require: { stream: true } }
      - close: news
      - { send: ping, judge: { status: 200 } }
    `);
    const ends: string[] = [];
    const server = scripted(({ method }) => {
      if (method === 'GET') return stream;
      if (method === 'ping') ends.push(stream.end);
      return undefined;
    });
    await executed(check, server.target);
    expect(ends).toEqual(['aborted']);
  });

  it('leaves a window to be judged by what came in it', async () => {
    const stream = new FakeStream();
    const check = checkOf(`
      - open: alice
      - { listen: alice, name: news, require: { stream: true } }
      - { quiet: news, for-ms: 100, reason: stray-message }
      - { send: ping, require: { status: 200 } }
      - { await: news, until: event, within-ms: 1000, require: true }
    `);
    const server = scripted(({ method }) => {
      if (method === 'GET') return stream;
      if (method === 'ping') setTimeout(() => stream.push('fence'), 5);
      return undefined;
    });
    const { transcript, exchanges } = await executed(check, server.target);
    const window = transcript.entries.find((entry) => entry.kind === 'quiet');
    const reply = at(exchanges, '1')?.reply;
    const events = reply?.kind === 'response' && reply.content.kind === 'stream' ? reply.content.events : [];
    expect(window !== undefined && window.toMs - window.fromMs).toBe(100);
    expect(events.map(({ atMs }) => window !== undefined && atMs > window.toMs)).toEqual([true]);
  });
});

it('a pause lasts as long as it says, scaled, and leaves no entry', async () => {
  const slept: number[] = [];
  const clock = { nowMs: () => 0, wallMs: () => 0, sleep: async (ms: number) => void slept.push(ms) };
  const check = checkOf(`
    - open: alice
    - pause-ms: 300
    - { send: ping, judge: { status: 200 } }
  `);
  const { transcript } = await executed(check, scripted().target, { clock, timeScale: 2 });
  expect(slept).toEqual([600]);
  expect(transcript.entries.map(({ step }) => step)).toEqual(['0', '0.initialized', '2']);
});

describe('a session that is left alone', () => {
  const slept = async (times: number, wallPerMs: number) => {
    let [runningMs, wallMs] = [0, 0];
    const clock = {
      nowMs: () => runningMs,
      wallMs: () => wallMs,
      sleep: async (ms: number) => {
        runningMs += ms;
        wallMs += ms * wallPerMs;
      },
    };
    const steps = `
      - open: alice
      - idle-timeouts: ${times}
      - { send: ping, judge: { status: 200 } }
    `;
    const check = checkOf({ steps, needs: '[idle-timeout]' });
    await executed(check, scripted().target, { clock, idleTimeoutMs: 1000 });
    return { runningMs, wallMs };
  };

  it('for a part of its time is so by the clock of the target, which goes on while we stand still', async () => {
    expect(await slept(0.5, 1)).toEqual({ runningMs: 500, wallMs: 500 });
    expect((await slept(0.5, 5)).wallMs).toBe(500);
  });
  it('for longer is so in our own running time, whatever the wall says', async () => {
    expect((await slept(1.6, 5)).runningMs).toBe(1600);
  });
  it('is not left for ever by a clock that stands', async () => {
    expect((await slept(0.5, 0)).runningMs).toBe(500);
  });
});

describe('an analysis', () => {
  const check = checkOf(`
    - repeat: 4
      do:
        - { open: alice, initialized: false, group: ids }
    - { analyse: guessable, over: ids, judge: { guessable: false }, reason: guessable-id }
  `);

  it('gets the raw ids in the order of issue, and what it says of them is masked', async () => {
    const server = scripted();
    const seen: (readonly string[])[] = [];
    const { transcript } = await executed(check, server.target, {
      analyse: async (_, ids) => {
        seen.push(ids);
        return { guessable: true, parts: ids.at(-1) ?? '' };
      },
    });
    expect(seen).toEqual([server.issued]);
    const finding = transcript.entries.find((entry) => entry.kind === 'finding');
    expect(finding).toMatchObject({ samples: 4, finds: { guessable: true } });
    expect(finding?.finds['parts']).toMatch(/^«/);
  });

  it('gets when each was issued by the wall clock, which goes on while this process stands still', async () => {
    const server = scripted();
    const wall = [1_000, 5_000];
    const seen: (readonly { readonly askedMs: number; readonly cameMs: number }[])[] = [];
    let looks = 0;
    await executed(check, server.target, {
      clock: { nowMs: () => 0, wallMs: () => wall[looks++ % 2] ?? 0, sleep: () => Promise.resolve() },
      analyse: async (_, __, { times }) => {
        seen.push(times);
        return { guessable: true };
      },
    });
    expect(seen[0]?.[0]).toEqual({ askedMs: 1_000, cameMs: 5_000 });
  });
});

describe('when the check is over', () => {
  const check = checkOf(`
    - open: [alice, bob]
    - { open: alice, initialized: false, require: { status: 200 } }
    - { send: initialize, as: carol, session: none, judge: { status: 200 } }
    - { send: ping, as: bob, connection: new, judge: { status: 200 } }
  `);

  it('every session has been ended and every connection closed', async () => {
    const server = scripted();
    const { carrier } = await executed(check, server.target);
    expect(server.issued).toHaveLength(4);
    expect([...server.alive]).toEqual([]);
    expect(carrier.open()).toBe(0);
  });

  it('no session is ended twice', async () => {
    const server = scripted();
    const ending = checkOf(`
      - open: alice
      - { delete: alice, judge: { status: 2xx } }
    `);
    const { carrier } = await executed(ending, server.target);
    expect(carrier.arrived.filter(({ request }) => request.method === 'DELETE')).toHaveLength(1);
  });

  it('sessions of a target without DELETE are left alone', async () => {
    const facts = { ...sampleFacts, delete: { offered: false, seen: '405' } };
    const { carrier } = await executed(check, scripted().target, { facts });
    expect(carrier.arrived.filter(({ request }) => request.method === 'DELETE')).toHaveLength(0);
    expect(carrier.open()).toBe(0);
  });

  it('also when the harness itself breaks', async () => {
    const server = scripted();
    const carrier = fakeCarrier(server.target);
    const meets = vi
      .fn<() => boolean>()
      .mockReturnValueOnce(true)
      .mockReturnValueOnce(true)
      .mockImplementation(() => {
        throw new Error('broken judge');
      });
    await expect(execute(check, sampleFacts, depsOf(carrier, { meets }))).rejects.toThrow('broken judge');
    expect([...server.alive]).toEqual([]);
    expect(carrier.open()).toBe(0);
  });

  it('also when a setup was refused in the middle', async () => {
    const server = scripted(({ method, connection }) =>
      method === 'initialize' && connection === 3 ? plain(500) : undefined,
    );
    const { carrier, transcript } = await executed(check, server.target);
    expect(transcript.cut?.because).toBe('setup');
    expect([...server.alive]).toEqual([]);
    expect(carrier.open()).toBe(0);
  });
});

describe('a check is cut', () => {
  const check = checkOf(`
    - open: alice
    - { send: ping, require: { status: 200 } }
    - { send: tools/list, judge: { status: 200 } }
  `);

  it('at a setup that is not met', async () => {
    const server = scripted(({ method }) => (method === 'ping' ? plain(500) : undefined));
    const { transcript, exchanges } = await executed(check, server.target);
    expect(transcript.cut).toEqual({ step: '1', because: 'setup' });
    expect(at(exchanges, '2')).toBeUndefined();
  });

  it('when no client is answered any more, and says so', async () => {
    let silent = false;
    const lost = vi.fn<() => void>();
    const server = scripted(({ method }) => {
      silent = silent || method === 'ping';
      return silent ? 'silence' : undefined;
    });
    const { transcript, exchanges } = await executed(check, server.target, { lost });
    expect(transcript.cut).toEqual({ step: '1', because: 'target-lost' });
    expect(at(exchanges, '1')?.afterwards?.kind).toBe('timeout');
    expect(lost).toHaveBeenCalledOnce();
  });

  it('not for silence while a fresh client is served; that session is ended as well', async () => {
    const server = scripted(({ method }) => (method === 'ping' ? 'silence' : undefined));
    const { transcript, exchanges } = await executed(check, server.target);
    expect(at(exchanges, '1')?.afterwards).toMatchObject({ kind: 'response', frame: { status: 200 } });
    expect(transcript.cut?.because).toBe('setup');
    expect([...server.alive]).toEqual([]);
  });

  it('when everybody meets a server error from the start, and says so', async () => {
    const lost = vi.fn<() => void>();
    const server = scripted(() => plain(502));
    const opening = checkOf(
      '- { open: alice, judge: { status: 200 } }\n- { send: ping, judge: { status: 200 } }',
    );
    const { transcript, exchanges } = await executed(opening, server.target, { lost });
    expect(transcript.cut).toEqual({ step: '0', because: 'target-lost' });
    expect(at(exchanges, '0')?.afterwards).toMatchObject({ frame: { status: 502 } });
    expect(lost).toHaveBeenCalledOnce();
  });

  it('not for an error that may be of its own making, which is told all the same', async () => {
    let broken = false;
    const lost = vi.fn<() => void>();
    const server = scripted(({ method }) => {
      broken ||= method === 'ping';
      return broken ? plain(502) : undefined;
    });
    const { transcript, exchanges } = await executed(check, server.target, { lost });
    expect(transcript.cut).toEqual({ step: '1', because: 'setup' });
    expect(at(exchanges, '1')?.afterwards).toBeUndefined();
    expect(lost).toHaveBeenCalledOnce();
  });

  it('not for an error where one client keeps others out, unless the process can be started again', async () => {
    const server = scripted(() => plain(500));
    const facts = { ...sampleFacts, severalClients: false };
    const lost = vi.fn<() => void>();
    const operator: Operator = {
      stop: async () => 'ended',
      kill: async () => 'killed',
      start: async () => ({ answers: true }),
    };
    const opening = checkOf(
      '- { open: alice, require: { status: 200 } }\n- { send: ping, judge: { status: 200 } }',
    );
    const alone = await executed(opening, server.target, { facts, lost });
    expect([alone.transcript.cut?.because, lost.mock.calls.length]).toEqual(['setup', 0]);
    const managed = await executed(opening, server.target, { facts, lost, operator });
    expect([managed.transcript.cut?.because, lost.mock.calls.length]).toEqual(['target-lost', 1]);
  });

  it('when the run is interrupted', async () => {
    const interrupt = new AbortController();
    const server = scripted(({ method }) => {
      if (method === 'ping') interrupt.abort();
      return undefined;
    });
    const { transcript, carrier } = await executed(check, server.target, { signal: interrupt.signal });
    expect(transcript.cut).toEqual({ step: '2', because: 'interrupted' });
    expect(carrier.open()).toBe(0);
  });
});

describe('the process of the target', () => {
  const operated = async (ending: Ending, starts: boolean) => {
    const check = builtInChecks.find(({ id }) => id === 'resilience.restart-id');
    if (check === undefined) throw new Error('there is no such check');
    const did: string[] = [];
    const does = async <T>(what: string, becomes: T) => {
      did.push(what);
      return becomes;
    };
    const operator: Operator = {
      stop: () => does('stop', ending),
      kill: () => does('kill', ending),
      start: () => does('start', starts ? { answers: true } : { answers: false, says: 'it hangs' }),
    };
    const { transcript } = await executed(check, scripted().target, { operator });
    return { transcript, did };
  };

  it('is stopped and started, and asked again', async () => {
    const { transcript, did } = await operated('ended', true);
    expect(did).toEqual(['stop', 'start']);
    expect(transcript.cut).toBeUndefined();
    expect(transcript.entries.map(({ kind }) => kind)).toContain('operated');
  });

  it('shows nothing where it went on', async () => {
    const { transcript, did } = await operated('running', true);
    expect(transcript.cut).toMatchObject({ because: 'setup' });
    expect(did).toEqual(['stop']);
  });

  it('is lost where it does not come back', async () => {
    const { transcript, did } = await operated('killed', false);
    expect(transcript.cut).toMatchObject({ because: 'target-lost' });
    expect(did).toEqual(['stop', 'start']);
  });
});

describe('what a check sends', () => {
  const check = checkOf(`
    - open: alice
    - { send: probe.echo, name: alive, require: { status: 200 } }
    - { send: ping, session: { actor: alice, changed: same-form }, judge: { status: 404 }, control: alive }
    - { send: ping, session: { generated: uuid }, judge: { status: 404 }, control: alive }
    - repeat: 3
      do:
        - { send: probe.echo, observe: true }
  `);
  const bytes = async (seed: number) => {
    const { carrier } = await executed(check, scripted().target, { seed });
    return carrier.arrived.map(({ request }) => request);
  };

  it('is the same for the same seed', async () => {
    expect(await bytes(11)).toEqual(await bytes(11));
  });

  it('differs for another seed', async () => {
    expect(await bytes(11)).not.toEqual(await bytes(12));
  });

  it('is counted, the tidying included', async () => {
    let counted = 0;
    const { carrier } = await executed(check, scripted().target, { turn: async () => void (counted += 1) });
    expect(counted).toBe(carrier.arrived.length);
  });
});

describe('no secret and no id stands in a transcript', () => {
  const check = checkOf(`
    - { open: alice, group: ids }
    - { open: bob, group: ids }
    - { send: probe.echo, as: alice, observe: true }
    - { send: ping, as: alice, session: bob, observe: true }
    - { send: ping, as: alice, query: 'id=\${own}', headers: { X-Id: '\${own}' }, observe: true }
    - { send: ping, as: bob, session: { actor: alice, changed: extended }, observe: true }
    - { delete: alice, observe: true }
    - { listen: bob, name: news, observe: true }
    - { analyse: distinct, over: ids, judge: { distinct: true }, reason: duplicate-id }
  `);
  const idChars = fc
    .array(fc.constantFrom(...Array.from('abcdef0123456789-_.~')), { minLength: 12, maxLength: 24 })
    .map((chars) => chars.join(''));
  const secretChars = fc
    .array(fc.constantFrom(...Array.from('GHJKLMNPQRSTUVWXYZ')), { minLength: 8, maxLength: 20 })
    .map((chars) => chars.join(''));

  /** A target that repeats in every answer all that it knows. */
  const gossip = (ids: readonly [string, string], secret: string) => {
    const tell = (asked: Asked): Answer => {
      const told = `${ids.join(' and ')}, ${secret}, ${String(asked.session)}`;
      if (asked.method === 'GET') {
        const stream = new FakeStream([['X-Told', told]]);
        stream.push(told, { id: ids[0], event: ids[1] });
        stream.finish();
        return stream;
      }
      return plain(
        200,
        JSON.stringify({ jsonrpc: '2.0', id: asked.message['id'] ?? null, result: { told } }),
        [
          ['X-Told', told],
          ['Mcp-Session-Id', ids[1]],
          ['Set-Cookie', `session=${secret}`],
        ],
      );
    };
    return scripted(
      (asked) => (asked.method === 'initialize' ? undefined : tell(asked)),
      (n) => ids[n] ?? 'another-id-0123456789',
    );
  };
  const both = fc
    .uniqueArray(idChars, { minLength: 2, maxLength: 2 })
    .map(([a = '', b = '']) => [a, b] as const);

  it('wherever the target repeats them', async () => {
    await fc.assert(
      fc.asyncProperty(both, secretChars, async (ids, secret) => {
        const secrets = [['Authorization', `Bearer ${secret}`]] as const;
        const { transcript } = await executed(check, gossip(ids, secret).target, {
          headersOf: () => secrets,
          secrets,
        });
        const text = JSON.stringify(transcript);
        expect(text).toContain('«session alice»');
        for (const hidden of [...ids, secret]) expect(text).not.toContain(hidden);
      }),
      { numRuns: 40 },
    );
  });

  it('unless ids are wanted; secrets never are', async () => {
    const ids = ['alice-0123456789', 'bob-9876543210'] as const;
    const secrets = [['X-Api-Key', 'TOPSECRET']] as const;
    const { transcript } = await executed(check, gossip(ids, 'TOPSECRET').target, {
      showIds: true,
      headersOf: () => secrets,
      secrets,
    });
    const text = JSON.stringify(transcript);
    expect(text).toContain('alice-0123456789');
    expect(text).not.toContain('TOPSECRET');
  });
});

it('a session is opened by any kind of reply that carries the result', async () => {
  const check = checkOf(`
    - open: alice
    - { send: ping, judge: { status: 200 } }
  `);
  const server = scripted(({ method, message }) => {
    if (method !== 'initialize') return undefined;
    const stream = new FakeStream([['mcp-session-id', 'by-a-stream-0123']]);
    stream.push(JSON.stringify({ jsonrpc: '2.0', id: message['id'], result: initialized(message) }));
    return stream;
  });
  const { carrier } = await executed(check, server.target);
  expect(idsIn(carrier.arrived.find(pings))).toEqual(['by-a-stream-0123']);
  const methods = carrier.arrived.map(({ request }) =>
    request.body === undefined ? request.method : JSON.parse(request.body).method,
  );
  expect(methods.slice(0, 3)).toEqual(['initialize', 'notifications/initialized', 'ping']);
});
