// Helpers stand beside the tests that they serve.
/* oxlint-disable unicorn/consistent-function-scoping */
import { describe, expect, it } from 'vitest';
import { revisions } from '../model/revision.js';
import { leapingClock } from '../../fixtures/testing/clock.js';
import { slowMs } from '../model/facts.js';
import { mark } from '../model/probe.js';
import { headerValues } from '../model/framing.js';
import { isObject, type JsonObject } from '../model/json.js';
import type { RunOptions } from '../model/run.js';
import type { Reply } from '../model/reply.js';
import { atUrl, defaultLimits } from '../model/carrier.js';
import { FakeStream, fakeCarrier, type Target } from '../testing/fake-carrier.js';
import {
  answer,
  initialized,
  plain,
  refuse,
  scripted,
  type Asked,
  type Deviation,
} from '../testing/target.js';
import { discover, type Discovery } from './discover.js';
import { plainDiscovery } from '../testing/discovery.js';
import { discoveryRequestsMax } from './wanted.js';

const url = new URL('http://target.test/mcp');
type Wanted = Partial<Pick<RunOptions, 'revision' | 'described' | 'explore' | 'readOnly'>> & {
  readonly startingMs?: number;
};

async function discovered(
  target: Target,
  { revision = 'auto', described = {}, explore, readOnly, startingMs }: Wanted = {},
) {
  const carrier = fakeCarrier(target);
  let counted = 0;
  const found = await discover({
    ...plainDiscovery,
    carrier,
    address: atUrl(url),
    revision,
    turn: async () => void (counted += 1),
    described,
    explore: explore ?? false,
    readOnly: readOnly ?? false,
    startingMs: startingMs ?? 0,
  });
  return { found, carrier, counted };
}

function factsOf(found: Discovery) {
  if (found.kind !== 'found' || found.facts[0] === undefined) throw new Error('nothing was found');
  return found.facts[0];
}
const factsWith = async (deviate: Deviation, wanted: Wanted = {}) =>
  factsOf((await discovered(scripted(deviate).target, wanted)).found);
const sentenceOf = async (target: Target, wanted: Wanted = {}) => {
  const { found } = await discovered(target, wanted);
  return found.kind === 'unusable' ? found.sentence : 'usable';
};

leapingClock();

describe('a target that cannot be examined is told in one sentence', () => {
  const html = plain(200, '<!doctype html><title>Welcome</title>');
  it.each<[string, Reply, RegExp]>([
    [
      'refuses',
      { kind: 'dropped', code: 'ECONNREFUSED', says: 'connection refused' },
      /cannot be reached.*is the server running/,
    ],
    [
      'is not in the DNS',
      { kind: 'dropped', code: 'ENOTFOUND', says: 'no such host' },
      /check the host name/,
    ],
    [
      'resets',
      { kind: 'dropped', code: 'ECONNRESET', says: 'reset' },
      /cannot be reached: reset \(ECONNRESET\)/,
    ],
    ['answers HTML', html, /not with an InitializeResult: "<!doctype html>/],
    ['answers nothing', plain(200), /nothing came/],
    ['answers JSON of another kind', plain(200, '{}'), /not with an InitializeResult/],
    [
      'answers a result of another kind',
      plain(200, '{"jsonrpc":"2.0","id":1,"result":{}}'),
      /not with an InitializeResult/,
    ],
    ['answers 404', plain(404), /answered 404; nothing is there: check the path/],
    ['answers 401', plain(401), /asks for credentials/],
    ['answers 403', plain(403), /forbids/],
    ['answers 405', plain(405), /POST is not allowed there/],
    [
      'redirects',
      plain(307, '', [['Location', '/elsewhere']]),
      /redirects are not followed: give the final URL, perhaps "\/elsewhere"/,
    ],
    ['answers 500', plain(500), /answered 500$/],
  ])('%s', async (_, reply, says) => {
    const sentence = await sentenceOf(() => reply);
    expect(sentence).toMatch(says);
    expect(sentence).not.toContain('\n');
    expect(sentence).toContain('http://target.test/mcp');
  });

  it('hangs', async () => {
    expect(await sentenceOf(() => 'silence')).toMatch(/took the connection but did not answer/);
  });

  it('opens a stream and says nothing on it', async () => {
    expect(await sentenceOf(() => new FakeStream())).toMatch(/does not open a session/);
  });

  it('has no sessions at the revision that it negotiates', async () => {
    const deviate: Deviation = ({ method, message }) =>
      method === 'initialize'
        ? answer(message, { ...result(message), protocolVersion: '2024-11-05' })
        : undefined;
    expect(await sentenceOf(scripted(deviate).target)).toMatch(
      /negotiates 2024-11-05, which has no sessions/,
    );
  });

  it('negotiates another revision than the one asked for', async () => {
    expect(await sentenceOf(scripted(only('2025-06-18')).target, { revision: '2025-11-25' })).toMatch(
      /negotiates 2025-06-18 when asked for 2025-11-25; choose another --revision/,
    );
  });
});

describe('however a target hangs, it is given up within 15 s', () => {
  const hangs: readonly (readonly [string, Deviation])[] = [
    ['from the first request on', () => 'silence'],
    ['on streams that it opens', () => new FakeStream()],
    ['from the second request on', ({ method }) => (method === 'initialize' ? undefined : 'silence')],
  ];
  it.each(hangs)('%s', async (_, deviate) => {
    const startedMs = performance.now();
    const { found } = await discovered(scripted(deviate).target);
    expect(found.kind).toBe('unusable');
    // By the clock of this file, which knows no delay but those that are asked for.
    const tookMs = performance.now() - startedMs;
    expect(tookMs).toBeGreaterThan(0);
    expect(tookMs).toBeLessThan(15_000);
  });
});

describe('a target that was just started is asked until it answers', () => {
  const starting = (...first: readonly (Reply | 'silence')[]) => {
    const left = [...first];
    return scripted(({ method }) => (method === 'initialize' ? left.shift() : undefined)).target;
  };

  it.each<[string, Reply | 'silence']>([
    ['refuses connections', { kind: 'dropped', code: 'ECONNREFUSED', says: 'connection refused' }],
    ['takes them and says nothing', 'silence'],
    ['is not routed yet', plain(404)],
    ['is behind a gateway that does not find it', plain(502)],
  ])('while it %s', async (_, reply) => {
    expect(await sentenceOf(starting(reply, reply), { startingMs: 20_000 })).toBe('usable');
    expect(await sentenceOf(starting(reply), {})).not.toBe('usable');
  });

  it('and no longer than its time', async () => {
    expect(await sentenceOf(() => 'silence', { startingMs: 20_000 })).toMatch(/did not answer/);
  });

  it('but not where it refuses', async () => {
    expect(await sentenceOf(starting(plain(401)), { startingMs: 20_000 })).toMatch(/credentials/);
  });
});

describe('a target that does everything right', () => {
  it('has what its facts say, and is left without a session', async () => {
    const server = scripted();
    const { found, carrier, counted } = await discovered(server.target);
    expect(factsOf(found)).toMatchObject({
      revision: '2025-11-25',
      negotiates: ['2025-11-25', '2025-06-18', '2025-03-26'],
      server: { name: 'scripted', version: '1' },
      capabilities: ['tools'],
      tools: [],
      replies: 'json',
      issuesIds: true,
      severalClients: true,
      delete: { offered: true },
      get: { offered: false, seen: '405' },
      withoutId: { refused: true, seen: '400' },
      probes: { plain: { method: 'ping' } },
    });
    expect(factsOf(found).needsMet).toEqual(
      expect.arrayContaining(['sessions', 'id-required', 'delete', 'echo', 'batch', 'two-revisions']),
    );
    expect(factsOf(found).needsMet).not.toContain('no-sessions');
    expect([...server.alive]).toEqual([]);
    expect(carrier.open()).toBe(0);
    expect(counted).toBe(carrier.arrived.length);
  });

  it('is examined at each revision when all are wanted', async () => {
    const { found, carrier } = await discovered(scripted().target, { revision: 'all' });
    expect(found.kind === 'found' && found.facts.map(({ revision }) => revision)).toEqual([
      '2025-11-25',
      '2025-06-18',
      '2025-03-26',
    ]);
    expect(carrier.open()).toBe(0);
  });
});

function result(message: JsonObject): JsonObject {
  const whole = initialized(message);
  return isObject(whole) ? whole : {};
}

/** A tool that counts, and tells its session. */
/** Every tool counts its calls, and repeats what all of them were given. */
const counting =
  (...names: readonly string[]): Deviation =>
  ({ method, message, session = '' }) => {
    const params = isObject(message['params']) ? message['params'] : {};
    const name = names.find((each) => each === params['name']);
    if (method !== 'tools/call' || name === undefined) return undefined;
    const count = (callsOf.get(name) ?? 0) + 1;
    callsOf.set(name, count);
    given.push(JSON.stringify(params['arguments']));
    return answer(message, said(`${count} in ${session}: ${given.slice(-4).join(' ')}`));
  };
const callsOf = new Map<string, number>();
const given: string[] = [];

function said(text: string, more: JsonObject = {}): JsonObject {
  return { content: [{ type: 'text', text }], ...more };
}

function later(ms: number, reply: Reply): Promise<Reply> {
  return new Promise((resolve) => setTimeout(resolve, ms, reply));
}

function only(revision: string): Deviation {
  return ({ method, message, session }) =>
    method === 'initialize' && session === undefined
      ? answer(message, { ...result(message), protocolVersion: revision }, [
          ['mcp-session-id', `issued-for-${revision}`],
        ])
      : method === 'DELETE'
        ? plain(200)
        : session === undefined
          ? plain(400)
          : message['id'] === undefined
            ? plain(202)
            : answer(message, {});
}

describe('facts tell', () => {
  it('an old revision', async () => {
    const facts = await factsWith(only('2025-03-26'));
    expect([facts.revision, facts.negotiates]).toEqual(['2025-03-26', ['2025-03-26']]);
    expect(facts.needsMet).toContain('batch');
    expect(facts.needsMet).not.toContain('two-revisions');
  });

  it('which lists are served, of those that are declared', async () => {
    const results: Readonly<Record<string, JsonObject>> = {
      ping: {},
      'tools/list': { tools: [] },
      'resources/list': { resources: [] },
      'prompts/list': { prompts: [] },
    };
    const serving =
      (declared: JsonObject, refused: string): Deviation =>
      ({ method, message }) => {
        if (method === 'initialize')
          return answer(message, { ...result(message), capabilities: declared }, [
            ['Mcp-Session-Id', 'issued'],
          ]);
        const served = results[method];
        if (served === undefined) return undefined;
        return method === refused ? refuse(message, 'no') : answer(message, served);
      };
    const lists = async (declared: JsonObject, refused: string) => {
      const { needsMet } = await factsWith(serving(declared, refused));
      return needsMet.filter((need) => ['ping', 'tools', 'resources', 'prompts'].includes(need));
    };
    expect(await lists({ resources: {}, prompts: {} }, 'none')).toEqual([
      'ping',
      'tools',
      'resources',
      'prompts',
    ]);
    expect(await lists({ resources: {}, prompts: {} }, 'prompts/list')).toEqual([
      'ping',
      'tools',
      'resources',
    ]);
    expect(await lists({}, 'ping')).toEqual(['tools']);
  });

  it('that no DELETE is offered', async () => {
    const facts = await factsWith(({ method }) => (method === 'DELETE' ? plain(405) : undefined));
    expect(facts.delete).toEqual({ offered: false, seen: '405' });
    expect(facts.needsMet).not.toContain('delete');
  });

  it('that a stream is offered on GET, and drop it again', async () => {
    const streams: FakeStream[] = [];
    const facts = await factsWith(({ method }) => {
      if (method !== 'GET') return undefined;
      const stream = new FakeStream();
      streams.push(stream);
      return stream;
    });
    expect(facts.get).toEqual({ offered: true, seen: '200 stream' });
    expect(facts.needsMet).toContain('get');
    expect(streams.map(({ end }) => end)).not.toContain('open');
  });

  it.each([plain(200, 'hello'), plain(204), plain(404), { kind: 'dropped', code: 'X', says: 'x' } as const])(
    'that GET is not offered (%#)',
    async (reply) => {
      expect((await factsWith(({ method }) => (method === 'GET' ? reply : undefined))).get?.offered).toBe(
        false,
      );
    },
  );

  it('whether answers come as JSON or as a stream', async () => {
    const facts = await factsWith(({ method, message }) =>
      method === 'ping' ? streamed(answer(message, {})) : undefined,
    );
    expect(facts.replies).toBe('sse');
  });

  it('that requests without an id are served', async () => {
    const facts = await factsWith(({ method, message, session }) =>
      /ping|list/.test(method) && session === undefined ? answer(message, {}) : undefined,
    );
    expect(facts.withoutId).toEqual({ refused: false, seen: '200' });
    expect(facts.needsMet).not.toContain('id-required');
    expect(facts.probes.plain).toEqual({ method: 'ping' });
  });

  it('that a ping is served without an id and nothing else, so that it is no plain request', async () => {
    const facts = await factsWith(({ method, message, session }) =>
      method === 'ping' && session === undefined ? answer(message, {}) : undefined,
    );
    expect(facts.withoutId).toEqual({ refused: true, seen: '400' });
    expect(facts.needsMet).toContain('id-required');
    expect(facts.probes.plain).toEqual({ method: 'tools/list' });
  });

  it('that batches are refused', async () => {
    const facts = await factsWith(({ request }) => (request.body?.startsWith('[') ? plain(415) : undefined));
    expect(facts.batches).toBe(false);
    expect(facts.needsMet).not.toContain('batch');
  });

  it('that no ids are issued', async () => {
    const facts = await factsWith(({ method, message }) =>
      method === 'initialize'
        ? answer(message, result(message))
        : message['id'] === undefined
          ? plain(202)
          : answer(message, {}),
    );
    expect(facts.issuesIds).toBe(false);
    expect(facts.delete.offered).toBe(false);
    expect(facts.needsMet).toContain('no-sessions');
    expect(facts.needsMet).not.toContain('sessions');
  });

  it('the first harmless method that is served', async () => {
    const served =
      (name: string): Deviation =>
      ({ method, message, session }) => {
        if (session === undefined || message['id'] === undefined || method === 'initialize') return undefined;
        return method === name ? answer(message, {}) : refuse(message, 'no such method');
      };
    for (const method of ['ping', 'tools/list', 'prompts/list', 'resources/list'])
      expect((await factsWith(served(method))).probes.plain).toEqual({ method });
  });

  it.each(['tools/call', 'resources/read', 'prompts/get', 'nosuch/nonce4711'])(
    'that %s repeats a word',
    async (echoing) => {
      const facts = await factsWith(({ method, message, session }) => {
        if (session === undefined || !/^(tools\/call|resources\/read|prompts\/get|nosuch\/.*)$/.test(method))
          return undefined;
        return refuse(
          message,
          method === echoing ? `no ${JSON.stringify(message['params'] ?? method)}` : 'no',
        );
      });
      expect(facts.needsMet).toContain('echo');
      expect(facts.probes.echo?.method).toBe(echoing.replace('nonce4711', '${nonce}'));
      expect(JSON.stringify(facts.probes.echo)).toContain('${nonce}');
      expect(JSON.stringify(facts.probes.echo)).not.toContain('nonce4711');
    },
  );

  it.each<[string, JsonObject, RegExp]>([
    [
      'prompts/list',
      { prompts: [{ name: 'plain' }, { name: 'greet', arguments: [{ name: 'who' }] }] },
      /"who":"\$\{nonce\}"/,
    ],
    [
      'resources/templates/list',
      { resourceTemplates: [{ uriTemplate: 'doc://{name}' }] },
      /doc:\/\/\$\{nonce\}/,
    ],
  ])('that what %s names repeats a word', async (method, listed, says) => {
    const facts = await factsWith(({ method: asked, message, session }) => {
      if (session === undefined || message['id'] === undefined) return undefined;
      if (asked === method) return answer(message, listed);
      const text = JSON.stringify(message['params'] ?? {});
      if (/"who"|doc:/.test(text)) return answer(message, said(text));
      return /call|read|get|nosuch/.test(asked) ? refuse(message, 'no') : undefined;
    });
    expect(JSON.stringify(facts.probes.echo)).toMatch(says);
  });

  it('that nothing repeats a word', async () => {
    const facts = await factsWith(({ method, message }) =>
      /call|read|get|nosuch/.test(method) ? refuse(message, 'no') : undefined,
    );
    expect(facts.probes.echo).toBeUndefined();
    expect(facts.needsMet).not.toContain('echo');
  });

  it('which tools show state, the own id, or take their time', async () => {
    const listing = (...tools: readonly JsonObject[]) =>
      factsWith((asked) => {
        const { method, message, session } = asked;
        if (session === undefined) return undefined;
        if (method === 'tools/list') return answer(message, { tools });
        const params = JSON.stringify(message['params'] ?? {});
        if (params.includes('delayMs":80')) return later(60, answer(message, { content: [] }));
        return counting('increment_counter', 'whoami', 'notebook_append', 'notebook_read')(asked);
      });
    const schema = (...names: readonly string[]) => ({
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, {}])),
    });
    const echo = { name: 'echo', inputSchema: { ...schema('text', 'delayMs'), required: ['text'] } };
    const { probes, needsMet, tools } = await listing(
      { name: 'increment_counter', inputSchema: schema() },
      { name: 'whoami' },
      echo,
    );
    expect(tools).toEqual(['increment_counter', 'whoami', 'echo']);
    expect(needsMet).toEqual(expect.arrayContaining(['state', 'identity', 'slow']));
    expect(probes.state?.shows).toBe('number');
    expect(probes.slow?.params).toMatchObject({ name: 'echo', arguments: { delayMs: slowMs } });
    const hasty = await listing({ name: 'echo', inputSchema: schema('seconds') });
    expect(hasty.probes.slow).toBeUndefined();
    // Which is what the specification assumes of a tool that says nothing.
    const wary = { ...echo, annotations: { destructiveHint: true } };
    expect((await listing(wary)).probes.slow).toEqual(probes.slow);
    for (const name of ['delete_later', 'wipeAll', 'cache-purge', 'rm'])
      expect((await listing({ ...echo, name })).probes.slow).toBeUndefined();
    const marked = await listing({ name: 'notebook_append' }, { name: 'notebook_read' });
    expect(marked.probes.state?.shows).toBe('marks');
    const others = await listing(
      { name: 'rm_rf' },
      { name: 'session_id', inputSchema: { required: ['path'] } },
      7 as unknown as JsonObject,
    );
    expect(others.probes.state ?? others.probes.identity ?? others.probes.slow).toBeUndefined();
  });
});

describe('described tools', () => {
  const listing =
    (listed: JsonObject): Deviation =>
    ({ method, message, session }) =>
      method === 'tools/list' && session !== undefined ? answer(message, listed) : undefined;
  const names = ['increment_counter', 'put', 'get', 'wait'];
  const tools: Deviation = (asked) =>
    listing({ tools: names.map((name) => ({ name })) })(asked) ?? counting(...names)(asked);
  const call = (name: string, args = {}) => ({ name, arguments: args });
  const waiting: Deviation = (asked) =>
    JSON.stringify(asked.message).includes('"half":200')
      ? later(220, answer(asked.message, { content: [] }))
      : tools(asked);

  it('go before recognised ones, and are called as described', async () => {
    const put = call('put', { deep: [{ value: 'a ${nonce}' }], n: 1 });
    const facts = await factsWith(waiting, {
      described: {
        state: { write: put, read: call('get'), shows: 'marks' },
        slow: call('wait', { half: 200 }),
        notify: call('put', { value: '${nonce}' }),
      },
    });
    expect(facts.probes.state).toEqual({
      shows: 'marks',
      read: { method: 'tools/call', params: call('get') },
      write: {
        method: 'tools/call',
        params: call('put', { deep: [{ value: `a ${mark}\${nonce}` }], n: 1 }),
      },
    });
    expect(facts.probes.slow?.params).toMatchObject({
      ...call('wait', { half: 200 }),
      _meta: { progressToken: '${nonce}' },
    });
    expect(facts.needsMet).toEqual(expect.arrayContaining(['state', 'slow']));
    expect(facts.needsMet).not.toContain('identity');
  });

  const notifying = { described: { notify: call('put', { value: 'hi ${nonce}' }) } };
  const noticeOf = (data: string) =>
    JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: { data } });
  const changed = '{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}';
  let keptWord = '';
  const wordOf = ({ message }: Asked) => /hi nonce4711\w*/.exec(JSON.stringify(message))?.[0] ?? '';

  it.each([
    ['on the stream of a GET', 'get', ['notify', 'push', 'log-notices']],
    ['with the answer to its call', 'post', ['notify', 'reply-notices', 'log-notices']],
    ['with the answer where no stream is open', 'both', ['notify', 'push', 'reply-notices', 'log-notices']],
    ['without its word, each time', 'wordless', ['push']],
    ['nowhere', 'nowhere', []],
  ] as const)('may send their message %s', async (_, where, met) => {
    const streams: FakeStream[] = [];
    const isFirst: unknown[] = [];
    const facts = await factsWith((asked) => {
      const { method, message } = asked;
      if (method === 'GET') {
        streams.push(new FakeStream());
        return streams.at(-1);
      }
      if (method !== 'tools/call' || !JSON.stringify(message).includes('hi nonce')) return tools(asked);
      const reply = new FakeStream();
      const notice = noticeOf(wordOf(asked));
      const open = streams.findLast(({ end }) => end === 'open');
      if (where === 'get') open?.push(notice, { id: '7' });
      if (where === 'both') (open ?? reply).push(notice, { id: '7' });
      if (where === 'wordless') open?.push(noticeOf('hi'), { id: '7' });
      // A ping of the server is no message.
      if (where === 'nowhere') streams.at(-1)?.push('{"jsonrpc":"2.0","id":1,"method":"ping"}');
      // Nor is one that does not repeat the word, and does not come again, as it may be that of another client.
      if (where === 'nowhere' && isFirst.length === 0) isFirst.push(streams.at(-1)?.push(noticeOf('hi')));
      if (where === 'post') reply.push(notice, { id: '7' });
      reply.push(JSON.stringify({ jsonrpc: '2.0', id: message['id'] ?? null, result: { content: [] } }));
      reply.finish();
      return reply;
    }, notifying);
    expect(facts.notices).toBe(where === 'wordless' ? 'get' : where);
    const ofMessages = facts.needsMet.filter((need) => /^(notify|push|.*-notices)$/.test(need));
    expect(ofMessages).toEqual(met);
    expect(facts.refusals?.notify).toBe(
      where === 'nowhere' ? 'put was tried and no message came' : undefined,
    );
    expect(facts.eventIds).toBe(where !== 'nowhere');
    expect(streams.map(({ end }) => end)).not.toContain('open');
  });

  it('is none that takes more time than a check waits for a message', async () => {
    const stream = new FakeStream();
    const crunch = {
      name: 'crunch',
      description: 'Takes a few seconds for your session and reports progress',
    };
    const facts = await factsWith((asked) => {
      const { method, message } = asked;
      if (method === 'GET') return stream;
      if (method === 'tools/list') return listing({ tools: [crunch] })(asked);
      if (!JSON.stringify(message).includes('crunch')) return undefined;
      stream.push(noticeOf(JSON.stringify(message)));
      return { kind: 'timeout', afterMs: 2_400 };
    });
    expect(facts.needsMet.filter((need) => /^(push|notify|slow)$/.test(need))).toEqual([]);
    expect(facts.refusals?.notify).toBe('crunch was tried and did not answer within 2.4 s');
  });

  it('may send progress with the answer, while what is kept makes a message come on the stream of a GET', async () => {
    const stream = new FakeStream();
    const list = { name: 'put', inputSchema: { properties: { value: {} }, required: ['value'] } };
    const facts = await factsWith(
      (asked) => {
        const { method, message } = asked;
        if (method === 'GET') return stream;
        if (method === 'tools/list') return listing({ tools: [list, { name: 'get' }] })(asked);
        const text = JSON.stringify(message);
        if (method !== 'tools/call' || text.includes('no_such')) return undefined;
        const word = /mark-(\w+)/.exec(text)?.[1];
        if (word !== undefined) keptWord = word;
        if (word !== undefined) stream.push(changed);
        const reply = new FakeStream();
        if (text.includes('hi nonce')) reply.push(noticeOf(wordOf(asked)));
        const id = message['id'] ?? null;
        reply.push(
          JSON.stringify({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: keptWord }] } }),
          { id: '7' },
        );
        reply.finish();
        return reply;
      },
      {
        described: {
          notify: call('get', { value: 'hi ${nonce}' }),
          state: { write: call('put', { value: '${nonce}' }), read: call('get'), shows: 'marks' },
        },
      },
    );
    expect(facts.probes.notify?.params).toMatchObject({ name: 'get' });
    expect(facts.probes.push?.params).toMatchObject({ name: 'put' });
    expect(facts.probes.wordless).toEqual(facts.probes.push);
    expect(facts.notices).toBe('post');
    // Everything else is answered by JSON.
    expect(facts).toMatchObject({ replies: 'json', otherReplies: { calls: 'sse' }, replyIds: true });
    expect(facts.probes.streamed?.params).toMatchObject({ name: 'get' });
    expect(facts.needsMet).toEqual(
      expect.arrayContaining(['notify', 'push', 'wordless', 'reply-streams', 'reply-ids']),
    );
  });

  it.each([
    ['tells the session that asked for it', true],
    ['tells the client that opened a session last', false],
  ])('need not be there where an unsubscribe makes the server send a message: it %s', async (_, own) => {
    const [streams, sessions] = [new Map<string, FakeStream>(), new Array<string>()];
    const server = scripted(({ method, message, session = '' }) => {
      if (method === 'initialize') {
        const id = `s${sessions.push('')}`;
        sessions.splice(-1, 1, id);
        const able = { ...result(message), capabilities: { resources: { subscribe: true } } };
        return answer(message, able, [['Mcp-Session-Id', id]]);
      }
      if (method === 'GET') {
        streams.set(session, new FakeStream());
        return streams.get(session);
      }
      if (method !== 'resources/unsubscribe') return session === '' ? undefined : answer(message, {});
      const to = own ? session : sessions.at(-1);
      streams.get(to ?? '')?.push(noticeOf(JSON.stringify(message)));
      return answer(message, {});
    });
    const facts = factsOf((await discovered(server.target)).found);
    expect(facts.probes.notify?.method).toBe('resources/unsubscribe');
    expect(facts.needsMet).toEqual(expect.arrayContaining(['notify', 'push']));
    expect(facts.severalClients).toBe(own);
    expect([...streams.values()].map(({ end }) => end)).not.toContain('open');
  });

  it('may bring the head of a stream on GET, which is told from no stream', async () => {
    const stream = new FakeStream();
    let open: (opened: FakeStream) => void = () => undefined;
    const facts = await factsWith((asked) => {
      if (asked.method === 'GET') return new Promise((resolve) => (open = resolve));
      if (!JSON.stringify(asked.message).includes('hi nonce')) return tools(asked);
      stream.push(noticeOf(wordOf(asked)));
      open(stream);
      return answer(asked.message, { content: [] });
    }, notifying);
    expect(facts.get).toMatchObject({ offered: true, late: true });
    expect(facts.needsMet.filter((need) => /^(get|push|notify)$/.test(need))).toEqual([
      'get',
      'notify',
      'push',
    ]);
    expect(facts.severalClients).toBe(true);
    expect(stream.end).toBe('aborted');
  });

  it('leave to recognition what they say nothing of', async () => {
    const facts = await factsWith(tools, { described: { identity: call('get') } });
    expect(facts.probes).toMatchObject({ identity: { params: call('get') }, state: { shows: 'number' } });
  });

  it('that the target does not list are told in one sentence, and its session is ended', async () => {
    const server = scripted(tools);
    const { found, carrier } = await discovered(server.target, { described: { identity: call('whoiam') } });
    expect(found).toEqual({
      kind: 'unusable',
      sentence:
        'the target lists no tool "whoiam", which stands under tools.identity; it lists increment_counter, put, get, wait',
    });
    expect([[...server.alive], carrier.open()]).toEqual([[], 0]);
    expect(await sentenceOf(scripted().target, { described: { identity: call('who') } })).toMatch(
      /lists none$/,
    );
  });

  it('may stand on a later page of the list', async () => {
    const endless = listing({ tools: [{ name: 'put' }], nextCursor: 'more' });
    const facts = await factsWith((asked) => endless(asked) ?? counting('whoiam')(asked), {
      described: { identity: call('whoiam') },
    });
    expect(facts.needsMet).toContain('identity');
  });

  const cursorOf = ({ params = {} }: JsonObject) => (isObject(params) ? params['cursor'] : undefined);
  const paged =
    (next: (page: number) => JsonObject): Deviation =>
    ({ method, message, session }) => {
      if (method !== 'tools/list' || session === undefined) return undefined;
      const page = Number(cursorOf(message) ?? 0);
      return answer(message, { tools: [{ name: `tool${page}` }], ...next(page) });
    };

  it('are found on all pages of the list, and no cursor is followed twice', async () => {
    const three = paged((page) => (page < 2 ? { nextCursor: String(page + 1) } : {}));
    expect((await factsWith(three)).tools).toEqual(['tool0', 'tool1', 'tool2']);
    expect(await sentenceOf(scripted(three).target, { described: { identity: call('who') } })).toMatch(
      /it lists tool0, tool1, tool2$/,
    );
    const circle = paged((page) => ({ nextCursor: String((page + 1) % 3) }));
    expect((await factsWith(circle)).tools).toEqual(['tool0', 'tool1', 'tool2', 'tool0']);
  });

  it('are read in a list however long it is', async () => {
    const { carrier } = await discovered(scripted().target);
    const kept = carrier.arrived.flatMap(({ request, options }) =>
      request.body?.includes('"tools/list"') ? [options.bodyKeptBytes] : [],
    );
    // Once more for a client that can be asked for something.
    expect(kept).toEqual([defaultLimits.bodyMaxBytes, defaultLimits.bodyMaxBytes]);
  });

  it('of a list without end are looked for on ten pages', async () => {
    const facts = await factsWith(paged((page) => ({ nextCursor: String(page + 1) })));
    expect(facts.tools).toHaveLength(10);
  });
});

const harmless = { destructiveHint: false };

describe('exploring', () => {
  type Tools = Readonly<
    Record<string, { readonly says?: (n: number) => string; readonly listed?: JsonObject }>
  >;
  const withTools = (tools: Tools) => {
    const called: string[] = [];
    const deviate: Deviation = ({ method, message, session }) => {
      if (session === undefined) return undefined;
      if (method === 'tools/list')
        return answer(message, {
          tools: Object.entries(tools).map(([name, { listed }]) =>
            Object.assign({ name, annotations: harmless }, listed),
          ),
        });
      const params = isObject(message['params']) ? message['params'] : {};
      const name = typeof params['name'] === 'string' ? params['name'] : '';
      if (method !== 'tools/call' || !(name in tools)) return undefined;
      called.push(`${name} ${session.slice(0, 8)}`);
      const n = called.filter((one) => one.startsWith(`${name} `)).length;
      const text = (tools[name]?.says?.(n) ?? 'nothing').replace('SESSION', session);
      return answer(message, { content: [{ type: 'text', text }] });
    };
    return { called, deviate };
  };
  const explored = async (tools: Tools, wanted: Wanted = { explore: 'reading' }) => {
    const { called, deviate } = withTools(tools);
    const { probes, needsMet } = await factsWith(deviate, wanted);
    return { called, probes, needsMet };
  };

  const namesOf = (called: readonly string[]) => [...new Set(called.map((one) => one.split(' ')[0]))];

  it('recognises a tool that tells the session, and one that counts', async () => {
    const { probes, needsMet, called } = await explored({
      hello: {},
      me: { says: () => 'you are SESSION' },
      hit: { says: (n) => `hit number ${n} of 9` },
    });
    expect(probes.identity).toEqual({ method: 'tools/call', params: { name: 'me', arguments: {} } });
    const hit = { method: 'tools/call', params: { name: 'hit', arguments: {} } };
    expect(probes.state).toEqual({ write: hit, read: hit, shows: 'number' });
    expect(needsMet).toEqual(expect.arrayContaining(['identity', 'state']));
    // What seems to count is tried like any other counter; what was found is looked at for messages, too.
    expect(called).toEqual(
      ['hello', 'me', 'hit', 'hit', 'hit', 'hit', 'hit', 'me'].map((name) => `${name} issued-0`),
    );
  });

  it.each<[string, (n: number) => string]>([
    ['the same number again', () => '5'],
    ['numbers that grow by two', (n) => String(2 * n)],
    ['what the whole server counts', (n) => String(17 + n)],
    ['a time', (n) => String(1_700_000_000_000 + n)],
    ['a number that is not the first', (n) => `3 of ${n}`],
  ])('takes %s for no counter', async (_, says) => {
    expect((await explored({ tool: { says } })).probes.state).toBeUndefined();
  });

  it.each<[string, string, (n: number) => string, boolean]>([
    ['goes on by one', 'tally', (n) => `call ${n}`, true],
    ['stays, where it may mean anything', 'tally', () => '1', false],
    ['stays, and is a counter alone', 'increment_counter', () => '1', true],
    ['says what it adds', 'increment_counter', () => 'incremented by 1', false],
  ])('believes a name only as far as it must: one that %s', async (_, name, says, isThere) => {
    const { probes } = await explored({ [name]: { says } }, {});
    expect(probes.state !== undefined).toBe(isThere);
  });

  it('tries, where it may, what speaks of nothing outside, and takes what it counts for no state of a session', async () => {
    const tools = { add_entry: { says: (n: number) => `entry ${n}` }, write_file: {}, delete_entry: {} };
    expect((await explored(tools, {})).called).toEqual([]);
    const { called, probes } = await explored(tools, { explore: 'local' });
    expect(namesOf(called)).toEqual(['add_entry']);
    expect(probes.state).toBeUndefined();
  });

  it('tries nothing beside a tool that reaches people', async () => {
    expect((await explored({ add_entry: {}, send_mail: {} }, { explore: 'local' })).called).toEqual([]);
  });

  it('tries what is named as reading, whatever else it says, and nothing that is named as a deletion', async () => {
    const listed = { annotations: { readOnlyHint: false, destructiveHint: true } };
    const { called } = await explored({
      getUser: { listed },
      list_items: { listed },
      send_mail: { listed },
      get_and_delete: { listed },
      clear: { listed: { annotations: { readOnlyHint: true } } },
    });
    expect(namesOf(called)).toEqual(['getUser', 'list_items']);
  });

  it('finds with all tools whose words come back, whatever they are called', async () => {
    const written: string[] = [];
    const { deviate } = withTools({});
    const all: Deviation = (asked) => {
      const { method, message, session } = asked;
      const listed = (name: string, takes: readonly string[]) => ({
        name,
        inputSchema: {
          type: 'object',
          properties: Object.fromEntries(takes.map((one) => [one, { type: 'string' }])),
          required: takes,
        },
      });
      if (session === undefined) return deviate(asked);
      if (method === 'tools/list')
        return answer(message, { tools: [listed('file_story', ['head']), listed('front_page', [])] });
      const text = JSON.stringify(message);
      if (!/file_story|front_page/.test(text)) return deviate(asked);
      const head = /"head":"([^"]+)"/.exec(text)?.[1];
      if (head !== undefined) written.push(head);
      return answer(message, {
        content: [{ type: 'text', text: head === undefined ? written.join('\n') : 'filed' }],
      });
    };
    expect((await factsWith(all, { explore: 'reading' })).probes.words).toBeUndefined();
    const { probes } = await factsWith(all, { explore: 'all' });
    expect(probes.words?.write.params).toMatchObject({ name: 'file_story' });
    expect(probes.words?.read.params).toMatchObject({ name: 'front_page' });
  });

  it('takes an error for nothing', async () => {
    const failing: Deviation = ({ method, message, session }) => {
      if (session === undefined) return undefined;
      if (method === 'tools/list') return answer(message, { tools: [{ name: 'x' }] });
      if (!JSON.stringify(message).includes('"x"')) return undefined;
      return answer(message, { isError: true, content: [{ type: 'text', text: session }] });
    };
    expect((await factsWith(failing, { explore: 'reading' })).probes.identity).toBeUndefined();
  });

  it('is done only when asked for', async () => {
    expect((await explored({ me: { says: () => 'SESSION' } }, {})).called).toEqual([]);
  });

  it('calls what reads first, nothing that destroys or needs an argument, and 20 at most', async () => {
    const listed = { annotations: { readOnlyHint: true } };
    const { called } = await explored({
      wipe: { listed: { annotations: { destructiveHint: true } } },
      mute: { listed: { annotations: {} } },
      find: { listed: { inputSchema: { required: ['what'] } } },
      ...Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`tool${i}`, {}])),
      look: { listed },
    });
    expect(namesOf(called)).toHaveLength(20);
    expect(namesOf(called).slice(0, 2)).toEqual(['look', 'tool0']);
    expect(called.join()).not.toMatch(/wipe|mute|find/);
  });

  it('leaves alone what was described', async () => {
    const says = () => 'SESSION';
    const { probes } = await explored(
      { increment_counter: { says }, me: { says }, more: { says } },
      { explore: 'reading', described: { identity: { name: 'more', arguments: {} } } },
    );
    expect(probes.identity?.params).toMatchObject({ name: 'more' });
  });

  it('says what it left out and why', async () => {
    const { deviate } = withTools({
      look: { listed: { annotations: { readOnlyHint: true } } },
      find: { listed: { annotations: { readOnlyHint: true }, inputSchema: { required: ['path'] } } },
      mute: { listed: { annotations: {} } },
      remove_all: {},
      send_report: {},
      late: { listed: { execution: { taskSupport: 'required' } } },
      tell: { listed: { description: 'Writes to a customer by email' } },
    });
    expect((await factsWith(deviate, { explore: 'reading' })).leftOut).toEqual({
      'it needs "path"': ['find'],
      'nothing says that it only reads': ['mute'],
      'the name reads like a deletion': ['remove_all'],
      'it speaks of "send"': ['send_report'],
      'it is called as a task only': ['late'],
      'the description speaks of "customer"': ['tell'],
    });
  });

  it('stops at the first tool that does not answer', async () => {
    const names: string[] = [];
    await factsWith(
      ({ method, message, session }) => {
        if (session === undefined) return undefined;
        if (method === 'tools/list')
          return answer(message, { tools: ['a', 'b'].map((name) => ({ name, annotations: harmless })) });
        const name = /"name":"(a|b)"/.exec(JSON.stringify(message))?.[1];
        if (name === undefined) return undefined;
        names.push(name);
        return 'silence';
      },
      { explore: 'reading' },
    );
    expect(names).toEqual(['a']);
  });
});

describe('discovery sends at most what it says', () => {
  // The last candidate of each list is the one that serves, every tool seems to count once, and the last that is explored does.
  const tools = Array.from({ length: 30 }, (_, i) => ({ name: `tool${i}`, annotations: harmless }));
  const stream = new FakeStream();
  let counted = 0;
  let opened = 0;
  const laborious: Deviation = ({ method, message, session }) => {
    // The first stream of each revision is refused, as where the session was lost.
    if (method === 'GET') return opened++ % 2 === 0 ? refuse(message, 'no', 404) : stream;
    if (method === 'initialize') {
      const able = { ...result(message), capabilities: { logging: {}, prompts: {}, resources: {} } };
      return answer(message, able, [['Mcp-Session-Id', 'issued']]);
    }
    if (method === 'resources/list') return answer(message, {});
    if (session === undefined || message['id'] === undefined) return undefined;
    if (method === 'tools/list' && message['id'] !== 3)
      return answer(message, { tools, nextCursor: `after ${JSON.stringify(message['id'])}` });
    const tool = /"name":"(tool\d+)"/.exec(JSON.stringify(message))?.[1];
    if (tool === undefined) return refuse(message, 'no');
    stream.push('{"jsonrpc":"2.0","method":"notifications/message"}');
    return answer(message, said(tool === 'tool19' ? `${(counted += 1)}` : '1'));
  };

  const call = (name: string) => ({ name, arguments: {} });
  const [notify, slow, identity] = [call('tool0'), call('tool1'), call('tool2')];
  const update = { uri: 'any://thing', change: call('tool3') };
  const state = { write: call('tool4'), read: call('tool5'), shows: 'number' } as const;

  it.each<[string, number, Wanted]>([
    ['for one revision', 1, {}],
    ['for all', revisions.length, { revision: 'all' }],
  ])('%s', async (_, examined, { revision = 'auto' }) => {
    const { counted: sent } = await discovered(scripted(laborious).target, {
      revision,
      described: { notify, slow, identity, update, state },
    });
    expect(sent).toBeLessThanOrEqual(discoveryRequestsMax({ revision, explore: false }));
    expect(sent).toBeGreaterThan(40 * examined);
  });

  it('while it explores', async () => {
    const { found, counted: sent } = await discovered(scripted(laborious).target, {
      described: { notify, slow, identity, update },
      explore: 'reading',
    });
    expect(factsOf(found).probes.state?.shows).toBe('number');
    expect(sent).toBeLessThanOrEqual(discoveryRequestsMax({ revision: 'auto', explore: 'reading' }));
  });
});

describe('a resource that clients subscribe to', () => {
  const uri = 'any://thing';
  const updated = `{"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"uri":"${uri}"}}`;
  /** Lists the resource and a tool that may change it. */
  const watched = (does: (method: string, update: () => void) => void): Deviation => {
    let stream = new FakeStream();
    return ({ method, message, session }) => {
      if (method === 'initialize') {
        const able = { ...result(message), capabilities: { resources: { subscribe: true }, tools: {} } };
        return answer(message, able, [['Mcp-Session-Id', 'issued']]);
      }
      if (session === undefined) return undefined;
      if (method === 'GET') return (stream = new FakeStream());
      does(method, () => stream.push(updated));
      if (method === 'resources/list') return answer(message, { resources: [{ uri, name: 'thing' }] });
      if (method === 'resources/subscribe') return answer(message, {});
      if (method === 'tools/list')
        return answer(message, { tools: [{ name: 'touch', description: 'Updates the resource' }] });
      return method === 'tools/call' ? answer(message, said('done')) : undefined;
    };
  };

  it('may change by itself, and is then waited for as long as it takes', async () => {
    const { probes } = await factsWith(
      watched((method, update) => {
        if (method !== 'resources/subscribe') return;
        for (let times = 1; times < 8; times += 1) setTimeout(update, 450 * times);
      }),
    );
    expect(probes.update).toMatchObject({
      subscribe: { method: 'resources/subscribe', params: { uri } },
      change: { method: 'ping' },
    });
    expect(probes.update?.change.behindMs).toBeGreaterThan(2 * 450);
  });

  it.each([
    ['changes with each call of a tool', 9, 'touch'],
    ['changed once, which may have been by itself', 1, undefined],
  ])('%s', async (_, changes, tool) => {
    let [calls, subscribed] = [0, false];
    const { probes } = await factsWith(
      watched((method, update) => {
        subscribed ||= method === 'resources/subscribe';
        calls += Number(subscribed && method === 'tools/call');
        if (method === 'tools/call' && calls > 0 && calls <= changes) update();
      }),
    );
    expect(probes.update?.change.params).toEqual(tool && { name: tool, arguments: {} });
    expect(probes.subscribe?.method).toBe('resources/subscribe');
  });
});

describe('a tool is tried before checks rest on it', () => {
  const described = {
    state: { write: { name: 'put', arguments: {} }, read: { name: 'get', arguments: {} }, shows: 'number' },
    identity: { name: 'whoami', arguments: {} },
    slow: { name: 'wait', arguments: {} },
    update: { uri: 'any://thing', change: { name: 'touch', arguments: {} } },
  } as const;
  const serving =
    (tools: Deviation): Deviation =>
    (asked) => {
      const { method, message, session } = asked;
      if (session === undefined) return undefined;
      const listed = ['put', 'get', 'whoami', 'wait', 'touch'].map((name) => ({ name }));
      if (method === 'tools/list') return answer(message, { tools: listed });
      return tools(asked) ?? counting('put', 'get', 'whoami', 'touch')(asked);
    };
  const tried = (tools: Deviation) => factsWith(serving(tools), { described });

  it('and what serves is there', async () => {
    const { needsMet, refusals } = await tried(() => undefined);
    expect(needsMet).toEqual(expect.arrayContaining(['state', 'identity', 'update']));
    expect(Object.keys(refusals ?? {})).toEqual(['slow']);
  });

  it('and what wants something else first is not, for the reason that it gives', async () => {
    const { needsMet, refusals, probes } = await tried(({ method, message, session = '' }) =>
      method === 'tools/call'
        ? answer(message, said(`log in to ${session} first`, { isError: true }))
        : undefined,
    );
    expect(needsMet.filter((need) => /^(state|identity|slow|update)$/.test(need))).toEqual([]);
    expect([probes.state, probes.identity, probes.slow, probes.update]).toEqual(Array(4).fill(undefined));
    const says = (name: string) => `${name} was tried and refused: "log in to «session» first"`;
    expect(refusals).toEqual({
      state: says('put'),
      identity: says('whoami'),
      update: says('touch'),
      slow: says('wait'),
    });
  });

  it.each([
    ['an error', (message: JsonObject) => refuse(message, 'no such word'), '"no such word"'],
    ['a refusal by status alone', () => plain(403), '"403"'],
  ])('and refused by %s it is not there', async (_, reply, words) => {
    const { refusals } = await tried(({ method, message }) =>
      method === 'tools/call' && JSON.stringify(message).includes('"get"') ? reply(message) : undefined,
    );
    expect(refusals?.state).toBe(`get was tried and refused: ${words}`);
  });

  it('and one that tells the user instead of the session is no identity', async () => {
    const { needsMet, refusals } = await tried(({ method, message }) =>
      method === 'tools/call' && JSON.stringify(message).includes('"whoami"')
        ? answer(message, said('alice'))
        : undefined,
    );
    expect(needsMet).not.toContain('identity');
    expect(refusals?.identity).toBe('whoami was tried and does not tell the session id');
  });

  it.each([
    ['shows no number', 'many'],
    ['shows the number of a year', 'counter of 2026 is many'],
    ['shows an id with digits in it', 'session 5b54ab04-9f3e: many'],
  ])('and one that %s is no counter', async (_, text) => {
    const { refusals } = await tried(({ method, message }) =>
      method === 'tools/call' && JSON.stringify(message).includes('"get"')
        ? answer(message, said(text))
        : undefined,
    );
    expect(refusals?.state).toBe('get was tried and does not count what put does');
  });

  it('and one that does not show what was written keeps no words', async () => {
    const pair = {
      write: { name: 'put', arguments: { word: '${nonce}' } },
      read: { name: 'get', arguments: {} },
    };
    const { refusals } = await factsWith(
      serving(({ method, message }) =>
        method === 'tools/call' && JSON.stringify(message).includes('"get"')
          ? answer(message, said('nothing'))
          : undefined,
      ),
      { described: { state: { ...pair, shows: 'marks' } } },
    );
    expect(refusals?.state).toBe('get was tried and does not show what put wrote');
  });

  it.each<[string, Reply | 'silence']>([
    ['silence', 'silence'],
    ['a refusal for load', plain(429)],
    ['a server in trouble', plain(503)],
  ])('but %s tells nothing of it', async (_, reply) => {
    const { needsMet, refusals } = await tried(({ method }) => (method === 'tools/call' ? reply : undefined));
    expect(needsMet).toEqual(expect.arrayContaining(['state', 'identity', 'update']));
    const says = reply === 'silence' ? { slow: 'wait was tried and did not answer within 3 s' } : undefined;
    expect(refusals).toEqual(says);
  });
});

describe('state by comparing readings', () => {
  const tools = [
    {
      name: 'sky_log',
      description: 'Logs a sighting in the night of this session.',
      inputSchema: {
        type: 'object',
        properties: { object: { type: 'string', enum: ['M13', 'M31'] } },
        required: ['object'],
      },
    },
    {
      name: 'sky_sightings',
      description: 'All sightings of the night of this session.',
      annotations: { readOnlyHint: true },
    },
  ];
  /** The first choice is refused. */
  const sky = (shown: (logged: number, read: number) => JsonObject): Deviation => {
    let [logged, read] = [0, 0];
    return ({ method, message }) => {
      if (method === 'tools/list') return answer(message, { tools });
      const call = JSON.stringify(message);
      if (call.includes('"sky_sightings"')) return answer(message, shown(logged, (read += 1)));
      if (!call.includes('"sky_log"')) return undefined;
      if (call.includes('M13')) return answer(message, said('below the horizon', { isError: true }));
      logged += 1;
      return answer(message, said('logged'));
    };
  };
  const lines = (count: number) => Array<string>(count).fill('M31').join('\n');

  it.each<[string, (logged: number) => JsonObject, JsonObject]>([
    [
      'a list that grows',
      (logged) => ({ content: [], structuredContent: { sightings: Array<string>(logged).fill('M31') } }),
      { keys: ['structuredContent', 'sightings'], by: 1 },
    ],
    [
      'a text that says it again',
      (logged) => said(lines(logged)),
      { keys: ['content', 0, 'text'], says: 'M31', by: 1 },
    ],
  ])('is %s', async (_, shown, count) => {
    const { probes, needsMet } = await factsWith(sky(shown));
    expect(probes.state).toMatchObject({
      shows: 'number',
      count,
      write: { params: { arguments: { object: 'M31' } } },
    });
    expect(needsMet).toEqual(expect.arrayContaining(['state', 'kept']));
    expect(needsMet).not.toContain('words');
  });

  it('is counted where the description says, or not at all', async () => {
    const described = (key: string) => ({
      state: {
        write: { name: 'sky_log', arguments: { object: 'M31' } },
        read: { name: 'sky_sightings', arguments: {} },
        shows: 'number' as const,
        countAt: ['structuredContent', key],
      },
    });
    const shown = (logged: number) => ({ content: [], structuredContent: { grams: 2.5 * logged, logged } });
    const right = await factsWith(sky(shown), { described: described('grams') });
    expect(right.probes.state?.count).toEqual({ keys: ['structuredContent', 'grams'], by: 2.5 });
    const wrong = await factsWith(sky(shown), { described: described('ounces') });
    expect(wrong.probes.state).toBeUndefined();
    expect(wrong.refusals?.state).toBe(
      'sky_sightings was tried and does not count from nothing what sky_log does',
    );
  });

  it.each<[string, (logged: number, read: number) => JsonObject]>([
    ['is there before', (logged) => said(lines(logged + 1))],
    ['goes on by reading', (logged, read) => said(lines(logged + read))],
    ['keeps one', (logged) => said(lines(Math.min(1, logged)))],
    ['stays', () => said('')],
  ])('is none that %s', async (_, shown) => {
    const { probes } = await factsWith(sky(shown));
    expect(probes.state).toBeUndefined();
  });
});

describe('read-only', () => {
  it('calls no tool, says so, and has no probe that does', async () => {
    const server = scripted(({ method, message, session }) =>
      method === 'tools/list' && session !== undefined
        ? answer(message, { tools: [{ name: 'increment_counter' }, { name: 'whoami' }] })
        : undefined,
    );
    const { found, carrier } = await discovered(server.target, {
      readOnly: true,
      described: { identity: { name: 'not there', arguments: {} } },
    });
    expect(factsOf(found)).toMatchObject({ readOnly: true, tools: ['increment_counter', 'whoami'] });
    expect(Object.keys(factsOf(found).probes)).toEqual(['plain', 'echo']);
    expect(carrier.arrived.map(({ request }) => request.body).join()).not.toContain('tools/call');
  });
});

describe('how many clients a target bears', () => {
  const openingWith = (isFull: (open: ReadonlySet<string>, message: JsonObject) => boolean): Target => {
    const server = scripted(({ method, message, session }) =>
      method === 'initialize' && session === undefined && isFull(server.alive, message)
        ? plain(500)
        : undefined,
    );
    return server.target;
  };
  const companyOf = async (target: Target) => factsOf((await discovered(target)).found).company;

  it('is as many as were tried', async () => {
    expect(await companyOf(scripted().target)).toEqual({ sessions: 4 });
  });

  it('is one, again and again', async () => {
    expect(await companyOf(openingWith(({ size }) => size > 0))).toEqual({
      sessions: 1,
      stops: 'second-refused',
    });
  });

  it('is one in all', async () => {
    let opened = 0;
    expect(await companyOf(openingWith(() => (opened += 1) > 1))).toEqual({ sessions: 1, stops: 'only-one' });
  });

  it('is three, and no more', async () => {
    expect(await companyOf(openingWith(({ size }) => size >= 3))).toEqual({
      sessions: 3,
      stops: 'number-refused',
    });
  });

  const refusing = (
    isRefused: (session: string, issued: readonly string[], newest: string) => boolean,
  ): Target => {
    let newest = '';
    const server = scripted(({ method, message, session }) => {
      const params = isObject(message['params']) ? message['params'] : {};
      if (method === 'initialize') newest = JSON.stringify(params['protocolVersion'] ?? '');
      if (session === undefined || method !== 'ping') return undefined;
      return isRefused(session, server.issued, newest) ? plain(404) : undefined;
    });
    return server.target;
  };

  it('is the newest alone', async () => {
    const target = refusing((session, issued) => session !== issued.at(-1));
    expect(await companyOf(target)).toEqual({ sessions: 1, stops: 'second-replaces' });
  });

  it('is the newest three', async () => {
    const target = refusing((session, issued) => !issued.slice(-3).includes(session));
    expect(await companyOf(target)).toEqual({ sessions: 3, stops: 'number-replaces' });
  });

  it('is those of the revision that was negotiated last', async () => {
    const target = refusing(
      (session, issued, newest) => newest.includes('2025-03-26') && issued.indexOf(session) < 2,
    );
    expect((await companyOf(target))?.stops).toBe('revision');
  });

  it('is none once one of them has left', async () => {
    let ended = false;
    const server = scripted(({ method }) => {
      if (method === 'DELETE') ended = true;
      return ended && method === 'ping' ? plain(404) : undefined;
    });
    expect((await companyOf(server.target))?.stops).toBe('delete');
  });
});

describe('a target for one client at a time', () => {
  const afterSecond = (spoil: (asked: Asked, opened: number) => Reply | 'silence' | undefined): Deviation => {
    let opened = 0;
    return (asked) => {
      const reply = spoil(asked, opened);
      if (asked.method === 'initialize') opened += 1;
      return reply;
    };
  };

  it('that refuses a second one is told', async () => {
    const facts = await factsWith(
      afterSecond(({ method }, opened) => (method === 'initialize' && opened > 0 ? plain(500) : undefined)),
    );
    expect(facts.severalClients).toBe(false);
    expect(facts.needsMet).toEqual(expect.arrayContaining(['sessions', 'echo']));
  });

  it('that forgets the first one is configured, and what was found before stays', async () => {
    const facts = await factsWith(
      afterSecond(({ method, request }, opened) => {
        const isFirst = (headerValues(request.headers, 'mcp-session-id')[0] ?? '').startsWith('issued-0');
        return method === 'ping' && isFirst && opened > 1 ? plain(404) : undefined;
      }),
    );
    expect(facts.severalClients).toBe(false);
    expect(facts.probes.plain).toEqual({ method: 'ping' });
  });

  it('that no longer answers the first one is told', async () => {
    const facts = await factsWith(
      afterSecond(({ method, session }, opened) =>
        method === 'ping' && session !== undefined && session.startsWith('issued-0') && opened > 1
          ? 'silence'
          : undefined,
      ),
    );
    expect(facts.severalClients).toBe(false);
  });
});

function streamed(reply: Reply): FakeStream {
  const stream = new FakeStream();
  if (reply.kind === 'response' && reply.content.kind === 'body') stream.push(reply.content.text);
  stream.finish();
  return stream;
}

it('an answer is known by its id, not by the words in it', async () => {
  const { carrier } = await discovered(scripted().target);
  const asked = carrier.arrived.find(({ request }) => request.body?.includes('"tools/list"'));
  const until = asked?.options.until;
  if (typeof until !== 'function') throw new Error('nothing tells the answer');
  const { id } = JSON.parse(asked?.request.body ?? '');
  const says = (message: object) => until({ atMs: 0, data: JSON.stringify({ jsonrpc: '2.0', ...message }) });
  const tools = [{ name: 'send', inputSchema: { properties: { method: { type: 'string' } } } }];
  expect(says({ id, result: { tools } })).toBe(true);
  expect(says({ id: String(id), result: { tools } })).toBe(false);
  expect(says({ method: 'notifications/message', params: { data: { id, result: {} } } })).toBe(false);
});
