// Helpers stand beside the tests that they serve.
/* oxlint-disable unicorn/consistent-function-scoping */
import { describe, expect, it } from 'vitest';
import type { Json } from '../model/request.js';
import type { Exchange } from '../model/transcript.js';
import { empty, exchange, result, stream } from '../testing/made.js';
import { answersComeToTheirCall, askedAsDeclared, askedWhereCalled } from './asked.js';

const asked = (atMs: number, method = 'elicitation/create', params: Json = {}) => ({
  atMs,
  data: JSON.stringify({ jsonrpc: '2.0', id: 'same', method, params }),
});
const said = (text: string) => ({ data: JSON.stringify({ jsonrpc: '2.0', id: 1, result: { text } }) });
const calling = (actor: string, fromMs: number, toMs: number, ...events: Parameters<typeof stream>[0]) =>
  exchange('1', stream(events), {
    actor,
    asked: { method: 'tools/call', asks: true, rpcId: 1 },
    startedMs: fromMs,
    settledMs: toMs,
  });
const listening = (actor: string, ...events: Parameters<typeof stream>[0]) =>
  exchange('2', stream(events), { actor, asked: { kind: 'get' } });
const kinds = (
  test: (one: Exchange, all: readonly Exchange[]) => { readonly kind: string },
  all: readonly Exchange[],
) => all.map((one) => test(one, all).kind);

describe('asked where called', () => {
  it('holds on whichever stream of the caller it comes', () => {
    const all = [calling('alice', 0, 10, asked(5)), calling('bob', 5, 20), listening('bob', asked(8))];
    expect(kinds(askedWhereCalled, all)).toEqual(['good', 'skip', 'good']);
  });
  it('is broken where it comes to one that calls nothing', () => {
    const all = [calling('alice', 0, 10), listening('bob', asked(5)), calling('bob', 20, 30, asked(25))];
    expect(kinds(askedWhereCalled, all)).toEqual(['skip', 'bad', 'good']);
  });
  it('says nothing of roots, of pings, and of what comes while nobody calls', () => {
    const all = [
      calling('alice', 0, 10),
      listening('bob', asked(5, 'roots/list'), asked(5, 'ping'), asked(15)),
    ];
    expect(kinds(askedWhereCalled, all)).toEqual(['skip', 'skip']);
  });
});

describe('asked as declared', () => {
  const opening = (actor: string, capabilities: Json) =>
    exchange('0', result({}), {
      actor,
      asked: { kind: 'initialize' },
      sent: {
        carrier: 'http',
        method: 'POST',
        headers: [],
        body: JSON.stringify({ params: { capabilities } }),
      },
    });
  it('holds for who declared it, and for who is refused', () => {
    const refused = exchange('1', result({ isError: true }), { actor: 'bob', asked: { asks: true } });
    const all = [
      opening('alice', { elicitation: {} }),
      opening('bob', {}),
      calling('alice', 0, 9, asked(5)),
      refused,
    ];
    expect(kinds(askedAsDeclared, all)).toEqual(['skip', 'skip', 'good', 'good']);
  });
  it.each<[Json, string, Json]>([
    [{}, 'elicitation/create', {}],
    [{ elicitation: {} }, 'sampling/createMessage', {}],
    [{ elicitation: { form: {} } }, 'elicitation/create', { mode: 'url' }],
    [{ sampling: {} }, 'roots/list', {}],
  ])('is broken where %j is declared and %s %j is asked for', (declared, method, params) => {
    const all = [opening('alice', declared), listening('alice', asked(5, method, params))];
    expect(kinds(askedAsDeclared, all)).toEqual(['skip', 'bad']);
  });
});

describe('answers come to their call', () => {
  const answering = (actor: string, nonce: string) =>
    exchange('3', empty(202), {
      actor,
      asked: {
        kind: 'notification',
        nonce,
        answers: { rpcId: 'same', method: 'elicitation/create', of: actor },
      },
    });
  const words = [answering('alice', 'word-a'), answering('bob', 'word-b')];
  it('holds where each shows its own', () => {
    const all = [calling('alice', 0, 9, said('word-a')), calling('bob', 0, 9, said('word-b')), ...words];
    expect(kinds(answersComeToTheirCall, all)).toEqual(['good', 'good', 'skip', 'skip']);
  });
  it("is broken where one shows another's, and says nothing where one shows none", () => {
    const all = [calling('alice', 0, 9), calling('bob', 0, 9, said('word-a')), ...words];
    expect(kinds(answersComeToTheirCall, all)).toEqual(['skip', 'bad', 'skip', 'skip']);
  });
});
