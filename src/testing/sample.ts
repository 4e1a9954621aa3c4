import picocolors from 'picocolors';
import { findingsOf } from '../findings/findings.js';
import type { Facts } from '../model/facts.js';
import { countsUnder, defaultPolicy, type Policy } from '../model/gate.js';
import type { Level, Source, Weight } from '../model/level.js';
import { profileNames, type ProfileName } from '../model/profile.js';
import { shownVerdictOf, shownVerdicts } from '../model/report.js';
import type { ProfileVerdict, Report, Result, Run } from '../model/report.js';
import { tabulate } from '../model/tables.js';
import type { Transcript } from '../model/transcript.js';
import { harmOf, type Evidence, type Verdict } from '../model/verdict.js';
import type { RenderOptions } from '../report/renderer.js';
import type { RunHeader } from '../report/run-lines.js';

/** Made-up runs, for the tests of what reads them. */
export function sampleRun(results: readonly Result[], transcripts: readonly Transcript[] = []): Run {
  return { report: sampleReport(results), transcripts };
}

export const plainOptions: RenderOptions = {
  colors: picocolors.createColors(false),
  again: { url: 'http://127.0.0.1:4000/mcp', options: [] },
  columns: 120,
  verbose: false,
};

export const sampleEvidence: Evidence = {
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
  { others = {}, level = 'MUST', source = 'specification', policy = defaultPolicy, ...changes }: Changes = {},
): Result {
  const weight = { level, source };
  const profiles = tabulate(profileNames, (name) => verdictOf(others[name] ?? verdict, weight, policy));
  return {
    id: 'termination.post-after-delete',
    suite: 'termination',
    title: 'A terminated id is refused',
    revision: '2025-11-25',
    requirement: {
      says: 'requests with the id of an ended session are answered 404',
      section: 'basic/transports',
      keys: ['SM.404'],
    },
    link: 'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management',
    tags: ['core'],
    version: 1,
    ...verdictOf(verdict, weight, policy),
    message: `it is ${verdict.kind}`,
    ...(verdict.kind === 'fail' && { standing: 'unexpected' }),
    profiles,
    evidence: 'evidence' in verdict ? verdict.evidence : [],
    proven: true,
    durationMs: 12.5,
    ...changes,
  };
}

function verdictOf(verdict: Verdict, weight: Weight, policy: Policy): ProfileVerdict {
  const reason = 'reason' in verdict ? verdict.reason : undefined;
  const short = {
    ...weight,
    verdict: verdict.kind,
    ...(reason !== undefined && { reason }),
    ...harmOf(verdict),
  };
  return { ...short, counts: countsUnder(policy, short) };
}

export interface Changes extends Partial<Omit<Result, 'level' | 'source' | 'profiles' | 'policy'>> {
  readonly level?: Level;
  readonly source?: Source;
  readonly others?: Partial<Record<ProfileName, Verdict>>;
  readonly policy?: Policy;
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
  const request = {
    carrier: 'http',
    method: 'POST',
    headers: [['accept', '*/*']],
    body: '{"method":"ping"}',
  } as const;
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
        sent: request,
        named: [],
        mentions: [],
        reply: {
          kind: 'response',
          frame: { carrier: 'http', status: 200, headers: [['Content-Type', 'application/json']] },
          content,
        },
        startedMs: 1,
        settledMs: 2,
      },
      { kind: 'quiet', seq: 1, step: '1', stream: 'news', fromMs: 2, toMs: 3 },
    ],
  };
}

export const sampleHeader: RunHeader = {
  kind: 'header',
  format: 'sessionspec-run/3',
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
  leftOut: [],
};

function sampleReport(results: readonly Result[]): Report {
  const failing = results.filter((one) => shownVerdictOf(one) === 'fail').map(({ id }) => id);
  return {
    format: 'sessionspec-report/3',
    tool: sampleHeader.tool,
    target: { url: sampleHeader.target.url, name: 'counter', version: '1.0.0' },
    startedAt: sampleHeader.startedAt,
    durationMs: 834,
    profile: 'spec',
    policy: defaultPolicy,
    selection: { selected: results.length, of: results.length, leftOut: [] },
    seed: 1,
    revisions: ['2025-11-25'],
    facts: [sampleFacts],
    gate:
      failing.length > 0
        ? { exit: 1, sentence: 'Not conformant: a MUST failed.', failed: failing, undecided: [] }
        : { exit: 0, sentence: 'Conformant.', failed: failing, undecided: [] },
    summary: tabulate(
      shownVerdicts,
      (shown) => results.filter((one) => shownVerdictOf(one) === shown).length,
    ),
    traffic: { exchanges: 42 },
    incidents: [],
    findings: findingsOf(results),
    results,
  };
}
