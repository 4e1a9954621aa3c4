import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { severityOf } from '../model/level.js';
import type { Header } from '../model/framing.js';
import type { Reply, StreamEvent } from '../model/reply.js';
import { isExchange } from '../model/request-kind.js';
import type { Check, Step } from '../model/suite.js';
import type { Entry, Transcript } from '../model/transcript.js';
import { requestKindOf } from '../model/request-kind.js';
import { needNames } from '../model/need.js';
import { builtIn, builtInChecks } from '../testing/check.js';
import { judge } from './judge.js';
import { written } from '../model/walk.js';
import {
  abandoned,
  empty,
  failure,
  initializeResult,
  reset,
  result,
  silence,
  stream,
} from '../testing/made.js';

/** Transcripts of the built-in checks with any answers of a target. */
const profiles = Object.values(builtIn.profiles);
const facts = { needsMet: needNames };

const ids = fc.constantFrom('«session alice»', '«session bob»', '«session carol»', 'x');
const status = fc.oneof(
  fc.constantFrom(200, 202, 204, 400, 404, 405, 429, 500, 503),
  fc.integer({ min: 100, max: 999 }),
);
const headers: fc.Arbitrary<readonly Header[]> = fc.array(
  fc.tuple(
    fc.constantFrom('Content-Type', 'Allow', 'Mcp-Session-Id', 'X-Other', ''),
    fc.string({ maxLength: 12 }),
  ),
  { maxLength: 3 },
);
const message = fc.oneof(
  fc.json({ maxDepth: 2 }),
  fc
    .record(
      {
        jsonrpc: fc.constantFrom('2.0', '1.0', 2),
        id: fc.constantFrom(1, 1001, 'same', null, -1, {}),
        result: fc.oneof(
          fc.constantFrom(
            {},
            [],
            null,
            initializeResult,
            { tools: [] },
            { content: [{ type: 'text', text: '3' }] },
          ),
          fc.jsonValue({ maxDepth: 1 }),
        ),
        error: fc.oneof(
          fc.constantFrom({ code: -32000, message: 'no' }, {}, null, 'no'),
          fc.jsonValue({ maxDepth: 1 }),
        ),
        method: fc.string({ maxLength: 5 }),
      },
      { requiredKeys: [] },
    )
    .map((value) => JSON.stringify(value)),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const end = fc.constantFrom('complete', 'open', 'aborted', 'truncated', 'limit');
const event: fc.Arbitrary<StreamEvent> = fc.record(
  {
    atMs: fc.double({ min: 0, max: 1000, noNaN: true }),
    data: message,
    id: fc.string({ maxLength: 4 }),
    event: fc.string({ maxLength: 4 }),
  },
  { requiredKeys: ['atMs', 'data'] },
);
const content = fc.oneof(
  fc.record({ kind: fc.constant('body'), text: message, bytes: fc.nat(1000), end }),
  fc.record({ kind: fc.constant('stream'), events: fc.array(event, { maxLength: 3 }), end }),
);
const frame = fc.oneof(
  fc.record({ carrier: fc.constant('http'), status, headers }),
  fc.record({ carrier: fc.constant('stdio') }),
);
const response = fc.record({ kind: fc.constant('response'), frame, content });
const unanswered = fc.constantFrom<Reply>(silence, reset, abandoned);
const usual = fc.constantFrom<Reply>(
  empty(200),
  empty(202),
  empty(404),
  failure(400),
  failure(404),
  failure(200),
  empty(500),
  result({}),
  result(initializeResult),
  result({ tools: [] }),
  stream([], 'open'),
  stream([]),
);
const reply: fc.Arbitrary<Reply> = fc.oneof(response, unanswered, usual) as fc.Arbitrary<Reply>;

/** What the entry of a step is, with this reply where it makes an exchange. */
function entryOf(
  step: Step,
  seq: number,
  got: Reply,
  more: { readonly named: readonly string[]; readonly came: boolean; readonly afterwards?: Reply },
): readonly Entry[] {
  const at = { seq, step: step.path };
  if (isExchange(step)) {
    const kind = requestKindOf(step);
    const method =
      kind === 'initialize' ? kind : 'method' in step ? step.method.replace(/^probe\..*/, 'ping') : undefined;
    return [
      {
        ...at,
        kind: 'exchange',
        actor: step.as,
        ...(step.group !== undefined && { group: step.group }),
        asked: {
          kind,
          ...(method !== undefined && { method }),
          rpcId: 1,
          nonce: `nonce${seq}`,
          session: ['«session alice»'],
          own: '«session alice»',
        },
        sent: { carrier: 'http', method: 'POST', headers: [], body: '{}' },
        named: more.named,
        mentions: more.named,
        reply: got,
        startedMs: seq,
        settledMs: seq + 1,
        ...(more.afterwards && { afterwards: more.afterwards }),
      },
    ];
  }
  switch (step.kind) {
    case 'await':
      return [{ ...at, kind: 'awaited', stream: step.stream, came: more.came, afterMs: 1 }];
    case 'quiet':
      return [{ ...at, kind: 'quiet', stream: step.stream, fromMs: seq, toMs: seq + 10 }];
    case 'process':
      return [{ ...at, kind: 'operated', does: step.does, done: more.came, afterMs: 1 }];
    case 'end-input': {
      const closing = { needed: more.came ? 'nothing' : 'SIGTERM', afterMs: 1 } as const;
      return [
        { ...at, kind: 'exited', actor: step.as, code: 0, signal: null, atMs: seq, stderr: '', closing },
      ];
    }
    case 'analyse': {
      const finds = Object.fromEntries(
        Object.entries(step.judge.finds).map(([name, wanted]) => [name, more.came ? wanted : !wanted]),
      );
      return [{ ...at, kind: 'finding', analysis: step.analysis, samples: more.named.length, finds }];
    }
    case 'parallel':
    case 'repeat':
    case 'pause-ms':
    case 'idle-timeouts':
    case 'close':
    default:
      return [];
  }
}

const entry = fc.record(
  {
    got: reply,
    named: fc.array(ids, { maxLength: 2 }),
    came: fc.boolean(),
    afterwards: reply,
    left: fc.integer({ min: 0, max: 9 }),
  },
  { requiredKeys: ['got', 'named', 'came', 'left'] },
);
const cut = fc.option(fc.constantFrom('setup', 'target-lost', 'interrupted', 'budget'), {
  nil: undefined,
  freq: 5,
});
const seen: fc.Arbitrary<{ readonly check: Check; readonly transcript: Transcript }> = fc
  .constantFrom(...builtInChecks)
  .chain((check) => {
    const steps = written(check.steps);
    return fc
      .tuple(fc.array(entry, { minLength: steps.length, maxLength: steps.length }), cut)
      .map(([entries, because]) => ({
        check,
        transcript: {
          check: check.id,
          revision: '2025-11-25',
          entries: steps.flatMap((step, i) => {
            const one = entries[i];
            return one === undefined || one.left === 0 ? [] : entryOf(step, i + 1, one.got, one);
          }),
          ...(because && { cut: { step: '0', because } }),
        },
      }));
  });

it('the judge never throws, and a pass or failure shows what it rests on', () => {
  fc.assert(
    fc.property(seen, ({ check, transcript }) => {
      const seqs = new Set(transcript.entries.map((one) => one.seq));
      for (const profile of profiles) {
        const { verdict, message: says } = judge(check, transcript, profile, facts);
        expect(says).not.toBe('');
        if (verdict.kind !== 'pass' && verdict.kind !== 'fail') continue;
        expect(verdict.evidence.length).toBeGreaterThan(0);
        for (const { entries } of verdict.evidence) {
          expect(entries.length).toBeGreaterThan(0);
          expect(entries.every((seq) => seqs.has(seq))).toBe(true);
        }
        expect(verdict.kind === 'pass' && transcript.cut !== undefined).toBe(false);
      }
    }),
    { numRuns: 500 },
  );
});

it('the same transcript is judged the same, also after a way through a file', () => {
  fc.assert(
    fc.property(seen, fc.constantFrom(...profiles), ({ check, transcript }, profile) => {
      const before = JSON.stringify(transcript);
      const first = judge(check, transcript, profile, facts);
      expect(judge(check, transcript, profile, facts)).toEqual(first);
      expect(JSON.stringify(transcript)).toBe(before);
      const read: Transcript = JSON.parse(before);
      expect(judge(check, read, profile, facts)).toEqual(first);
    }),
    { numRuns: 500 },
  );
});

const mustChecks = builtInChecks.filter(
  ({ requirement, harm }) => severityOf(requirement.weights['2025-11-25'], harm.length > 0) === 'must',
);

it('nothing but silence passes no check that counts', () => {
  const some = fc.tuple(
    fc.constantFrom(...mustChecks),
    fc.array(unanswered, { minLength: 40, maxLength: 40 }),
    fc.option(reply, { nil: undefined }),
    fc.boolean(),
  );
  fc.assert(
    fc.property(some, fc.constantFrom(...profiles), ([check, replies, afterwards, came], profile) => {
      const entries = written(check.steps).flatMap((step, i) =>
        entryOf(step, i + 1, replies[i] ?? silence, { named: [], came, ...(afterwards && { afterwards }) }),
      );
      const { verdict } = judge(check, { check: check.id, revision: '2025-11-25', entries }, profile, facts);
      expect([check.id, verdict.kind]).not.toEqual([check.id, 'pass']);
    }),
    { numRuns: 500 },
  );
});
