import picocolors from 'picocolors';
import type { Facts } from '../model/facts.js';
import { defaultPolicy } from '../model/gate.js';
import type { Level } from '../model/level.js';
import type { ProfileName } from '../model/profile.js';
import type { Report, Result, Run } from '../model/report.js';
import type { Transcript } from '../model/transcript.js';
import type { Evidence, Judgement, Verdict } from '../model/verdict.js';
import type { RenderOptions } from '../report/renderer.js';
import type { RunHeader } from '../report/run-lines.js';

/** GeneratedForm-up runs, for the tests of what reads them. */
export function sampleRun(results: readonly Result[], transcripts: readonly Transcript[] = []): Run {
  return { report: sampleReport(results), transcripts };
}

export const plainOptions: RenderOptions = {
  colors: picocolors.createColors(false),
  policy: defaultPolicy,
  again: { url: 'http://127.0.0.1:4000/mcp', options: [] },
};

const sampleEvidence: Evidence = {
  step: '3',
  entries: [4],
  sent: 'POST ping, mcp-session-id: «session alice»',
  acceptable: '404',
  came: '200 with a result',
  control: 'the same request before the DELETE: 200',
};

export const passed: Verdict = { kind: 'pass', evidence: [sampleEvidence] };
export const failed: Verdict = { kind: 'fail', reason: 'session-still-usable', evidence: [sampleEvidence] };
export const unsure: Verdict = { kind: 'inconclusive', reason: 'control-failed', evidence: [] };
export const leftOut: Verdict = { kind: 'not-applicable', reason: 'fact-missing', evidence: [] };
export const notRun: Verdict = { kind: 'not-run', reason: 'interrupted' };

export function sampleResult(
  verdict: Verdict,
  { others = {}, level = 'MUST', ...changes }: Changes = {},
): Result {
  const judgement = (of: Verdict): Judgement => ({ level, verdict: of, message: `it is ${of.kind}` });
  const judgements = {
    spec: judgement(others.spec ?? verdict),
    interop: judgement(others.interop ?? verdict),
    'strict-400': judgement(others['strict-400'] ?? verdict),
    'strict-4xx': judgement(others['strict-4xx'] ?? verdict),
  };
  const { spec, interop, 'strict-400': strict, 'strict-4xx': lenient } = judgements;
  return {
    id: 'termination.post-after-delete',
    suite: 'termination',
    title: 'A terminated id is refused',
    revision: '2025-11-25',
    requirement: {
      level,
      says: 'requests with the id of an ended session are answered 404',
      section: 'basic/transports',
      keys: ['SM.404'],
    },
    link: 'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management',
    tags: ['core'],
    version: 1,
    level,
    verdict: verdict.kind,
    ...('reason' in verdict && { reason: verdict.reason }),
    message: `it is ${verdict.kind}`,
    profiles: {
      spec: spec.verdict.kind,
      interop: interop.verdict.kind,
      'strict-400': strict.verdict.kind,
      'strict-4xx': lenient.verdict.kind,
    },
    judgements,
    evidence: 'evidence' in verdict ? verdict.evidence : [],
    proven: true,
    durationMs: 12.5,
    ...changes,
  };
}

interface Changes extends Partial<Omit<Result, 'level' | 'profiles' | 'judgements'>> {
  readonly level?: Level;
  readonly others?: Partial<Record<ProfileName, Verdict>>;
}

export const sampleFacts: Facts = {
  revision: '2025-11-25',
  negotiates: ['2025-11-25', '2025-06-18'],
  server: { name: 'counter', version: '1.0.0' },
  capabilities: ['tools'],
  tools: ['increment_counter'],
  replies: 'sse',
  delete: { offered: true, seen: '200' },
  get: { offered: false, seen: '405' },
  batches: true,
  replyIds: false,
  notices: 'nowhere',
  withoutId: { refused: true, seen: '400' },
  issuesIds: true,
  burst: 200,
  sharesSessions: false,
  affinity: { served: 4, asked: 4 },
  severalClients: true,
  eventIds: false,
  latencyMs: 3,
  probes: { plain: { method: 'ping' }, echo: { method: 'tools/call', params: { name: '${nonce}' } } },
  needsMet: ['sessions', 'delete', 'echo'],
};

export function sampleTranscript(check = 'termination.post-after-delete'): Transcript {
  const request = { method: 'POST', headers: [['accept', '*/*']], body: '{"method":"ping"}' } as const;
  const content = { kind: 'body', text: '{"result":{}}', bytes: 13, end: 'complete' } as const;
  return {
    check,
    revision: '2025-11-25',
    entries: [
      {
        kind: 'exchange',
        seq: 0,
        step: '0',
        actor: 'alice',
        asked: { kind: 'request', method: 'ping', rpcId: 1, session: ['«session alice»'] },
        request,
        named: [],
        mentions: [],
        reply: { kind: 'response', status: 200, headers: [['Content-Type', 'application/json']], content },
        startedMs: 1,
        settledMs: 2,
      },
      { kind: 'quiet', seq: 1, step: '1', stream: 'news', fromMs: 2, toMs: 3 },
    ],
  };
}

export const sampleHeader: RunHeader = {
  kind: 'header',
  format: 'sessionspec-run/1',
  tool: { name: 'sessionspec', version: '0.1.0', node: 'v20.20.2' },
  startedAt: '2026-11-20T12:00:00.000Z',
  target: { url: 'http://127.0.0.1:4000/mcp' },
  profile: 'spec',
  policy: defaultPolicy,
  seed: 1,
  revision: 'auto',
  timeScale: 1,
  suites: [{ suite: 'termination', digest: 'ab'.repeat(32) }],
  checks: ['termination.post-after-delete'],
};

function sampleReport(results: readonly Result[]): Report {
  const count = (kind: Verdict['kind']) => results.filter(({ verdict }) => verdict === kind).length;
  return {
    format: 'sessionspec-report/1',
    tool: sampleHeader.tool,
    target: { url: sampleHeader.target.url, name: 'counter', version: '1.0.0' },
    startedAt: sampleHeader.startedAt,
    durationMs: 834,
    profile: 'spec',
    seed: 1,
    revisions: ['2025-11-25'],
    facts: [sampleFacts],
    gate:
      count('fail') > 0
        ? { exit: 1, sentence: 'Not conformant: a MUST failed.' }
        : { exit: 0, sentence: 'Conformant.' },
    summary: {
      pass: count('pass'),
      fail: count('fail'),
      inconclusive: count('inconclusive'),
      'not-applicable': count('not-applicable'),
      'not-run': count('not-run'),
    },
    traffic: { exchanges: 42 },
    outages: [],
    results,
  };
}
