import type { Run } from '../../../model/report.js';
import type { Exchange, Transcript } from '../../../model/transcript.js';
import type { Verdict } from '../../../model/verdict.js';
import {
  failed,
  leftOut,
  notRun,
  passed,
  sampleEvidence,
  sampleFacts,
  sampleResult,
  sampleRun,
  unsure,
} from '../../../testing/sample.js';

/** What `exchangeAt` may differ in. */
export interface Differs extends Partial<Omit<Exchange, 'kind' | 'sent'>> {
  readonly body?: string;
  readonly text?: string;
  readonly status?: number;
  readonly header?: string;
}

export function sampleExchange(seq: number, startedMs: number, differs: Differs = {}): Exchange {
  const { body = '{"method":"ping"}', text = '{"result":{}}', status = 200, header = 'x', ...rest } = differs;
  return {
    kind: 'exchange',
    seq,
    step: String(seq),
    actor: 'alice',
    asked: { kind: 'request', method: 'ping', rpcId: 1, session: ['«session alice»'] },
    sent: { carrier: 'http', method: 'POST', headers: [['Mcp-Session-Id', '«session alice»']], body },
    named: [],
    mentions: [],
    reply: {
      kind: 'response',
      frame: {
        carrier: 'http',
        status,
        headers: [
          ['Content-Type', 'application/json'],
          ['X-Sample', header],
        ],
      },
      content: { kind: 'body', text, bytes: text.length, end: 'complete' },
    },
    startedMs,
    settledMs: startedMs + 1,
    ...rest,
  };
}

/** A check whose fifth entry decides and whose fourth is the control. */
export function sampleScene(check = 'termination.post-after-delete', differs: Differs = {}): Transcript {
  const one = (seq: number, kind: Exchange['asked']['kind'] = 'request') =>
    sampleExchange(seq, seq * 10, {
      ...differs,
      asked: { kind, method: kind, session: ['«session alice»'] },
    });
  return {
    check,
    revision: '2025-11-25',
    entries: [
      { ...one(1, 'initialize'), named: ['«session alice»'] },
      one(2, 'notification'),
      one(3),
      one(4),
      { kind: 'quiet', seq: 5, step: '5', stream: 'news', fromMs: 45, toMs: 49 },
      one(6),
      one(7, 'delete'),
    ],
  };
}

export const seen = { ...sampleEvidence, entries: [6, 4] };

/** One result of each kind, with one finding that counts and one that does not. */
export function sampleHtmlRun(): Run {
  const fails: Verdict = { kind: 'fail', reason: 'session-still-usable', evidence: [seen] };
  const requirement = {
    says: 'a session that ended stays ended',
    keys: ['SM.404', 'SM.TERM'],
    why: 'Clients start over only then.',
    fix: 'Answer 404.',
  };
  const run = sampleRun(
    [
      sampleResult(passed, { id: 'issuance.issued', suite: 'issuance', proven: false }),
      sampleResult(fails, { requirement }),
      sampleResult(failed, {
        id: 'reuse.soft',
        suite: 'reuse',
        level: 'SHOULD',
        title: 'It would be good',
        requirement: { says: 'it is good', keys: ['PR.GOOD'] },
      }),
      sampleResult(unsure, { id: 'reuse.unsure', suite: 'reuse' }),
      sampleResult(leftOut, { id: 'security.two-users', suite: 'security', need: 'two-principals' }),
      sampleResult(leftOut, { id: 'security.words', suite: 'security', message: 'There is no such thing.' }),
      sampleResult(notRun, { id: 'security.last', suite: 'security', message: 'It was interrupted.' }),
    ],
    [sampleScene()],
  );
  return { ...run, report: { ...run.report, selection: { selected: 7, of: 8, leftOut: ['streams.other'] } } };
}

/** The same words in every place that a target, or the author of a suite, has a say in. */
export function hostileRun(words: string): Run {
  const evidence = {
    step: '1',
    entries: [6, 4],
    sent: words,
    acceptable: words,
    came: words,
    control: words,
  };
  const requirement = { says: words, keys: [words], why: words, fix: words, section: words };
  const changes = { title: words, message: words, requirement, link: `javascript:alert(1)//${words}` };
  const verdicts: readonly Verdict[] = [
    { kind: 'fail', reason: 'served', evidence: [evidence] },
    { kind: 'inconclusive', reason: 'too-few', evidence: [evidence] },
    { kind: 'pass', evidence: [evidence] },
    { kind: 'not-applicable', reason: 'permitted', evidence: [evidence] },
    { kind: 'not-run', reason: 'budget' },
  ];
  const results = verdicts.map((verdict, i) =>
    sampleResult(verdict, { ...changes, id: `${words}.${i}`, suite: words, tags: [words] }),
  );
  const differs = { body: words, text: words, header: words, actor: words, named: [words] };
  const { report, transcripts } = sampleRun(results, [sampleScene(`${words}.0`, differs)]);
  return {
    transcripts,
    report: {
      ...report,
      target: { url: `http://127.0.0.1/${words}`, name: words, version: words },
      gate: { exit: 1, sentence: words, failed: [words], undecided: [] },
      facts: [
        {
          ...sampleFacts,
          server: { name: words, version: words },
          tools: [words],
          capabilities: [words],
          withoutId: { refused: true, seen: words },
          leftOut: { [words]: [words] },
        },
      ],
      incidents: [
        { kind: 'process-exited', request: 3, suspects: [words], code: 1, signal: null, words: [words] },
        { kind: 'redirected', request: 4, to: words },
      ],
      selection: { selected: 1, of: 2, leftOut: [words] },
    },
  };
}
