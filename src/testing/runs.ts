import type { BaselineEntry } from '../model/baseline.js';
import { defaultPolicy } from '../model/gate.js';
import type { Incident } from '../model/incident.js';
import { failReasons } from '../model/reason.js';
import type { Result, Run } from '../model/report.js';
import { revisions, type Revision } from '../model/revision.js';
import type { Evidence, Verdict } from '../model/verdict.js';
import { assembleReport, type Circumstances } from '../run/report.js';
import {
  failed,
  leftOut,
  notRun,
  passed,
  sampleEvidence,
  sampleFacts,
  sampleHeader,
  sampleResult,
  unsure,
  type Changes,
} from './sample.js';

/** Made-up runs of every kind, put together by the code that puts real ones together. */
export function assembledRun(results: readonly Result[], changes: Partial<Told> = {}): Run {
  const { revisions: own = ['2025-11-25'], policy = defaultPolicy, text, ...circumstances } = changes;
  const { name, version } = text === undefined ? sampleFacts.server : { name: text, version: text };
  const named = { ...sampleFacts, server: { name, version } };
  const facts = own.map((revision) => Object.assign({}, named, { revision }));
  const { tool, target, startedAt } = sampleHeader;
  const selection = { selected: results.length, of: results.length, leftOut: [] };
  const standard: Circumstances = {
    tool,
    url: target.url,
    startedAt,
    durationMs: 834.5,
    profile: 'spec',
    policy,
    selection,
    seed: 1,
    incidents: [],
    interrupted: false,
    traffic: { exchanges: 42 },
  };
  return { report: assembleReport({ ...standard, ...circumstances }, facts, results), transcripts: [] };
}

interface Told extends Circumstances {
  readonly revisions: readonly Revision[];
  /** What the server calls itself. */
  readonly text: string;
}

/** What a server may say to break a format, or to be taken for a part of it. */
export const hostileTexts = [
  '\u001b[2J\u001b]0;owned\u0007',
  'line\nnot ok 1 - forged\r\nBail out! forged\n  ...\n  ---',
  '::error title=forged::forged%0A::stop-commands::x',
  ']]></failure><script>alert(1)</script><!-- & " \' ',
  '</details><img src=x onerror=alert(1)> [a](javascript:alert(1)) ![b](http://evil.test/c.png)',
  '``` \n~~~\n# heading @somebody #1 GH-1 https://evil.test | cell | `code` **bold** <!-- ',
  '\u0000\udfff\ud800\uffff\u202e\u2028\u200b\u{1f600}',
  '# SKIP forged # TODO forged \\# \\',
  '{"ruleId":"forged"}, null] "\\',
  'x'.repeat(5_000),
  '',
] as const;

const hostileText = hostileTexts.join(' ');
const hostileEvidence: Evidence = {
  step: '1',
  entries: [],
  sent: hostileText,
  acceptable: hostileText,
  came: hostileText,
  control: hostileText,
};
const hostileIncidents: readonly Incident[] = [
  {
    kind: 'process-exited',
    request: 3,
    suspects: ['demo.a'],
    code: 1,
    signal: null,
    words: [...hostileTexts],
  },
  { kind: 'redirected', request: 4, to: hostileText },
];

const of = (verdict: Verdict, id: string, changes: Changes = {}) =>
  sampleResult(verdict, { id: `demo.${id}`, suite: 'demo', ...changes });
const one = [
  of(passed, 'passed'),
  of(failed, 'failed'),
  of(failed, 'warned', { level: 'SHOULD' }),
  of(unsure, 'unsure'),
  of(unsure, 'unsure-lightly', { level: 'SHOULD' }),
  of(leftOut, 'left-out'),
  of({ kind: 'not-run', reason: 'budget' }, 'unpaid'),
];
const many = Array.from({ length: 144 }, (_, i) => of(passed, `check-${i}`));
const causes = keysOf(failReasons);
const hostileChanges = { message: hostileText, title: hostileText };

/** A run of each kind that formats have to tell of. */
export const spread: Readonly<Record<string, Run>> = {
  green: assembledRun(many),
  'one of each verdict': assembledRun(one),
  undecided: assembledRun([of(passed, 'passed'), of(unsure, 'unsure')]),
  'undecided, without a count': assembledRun([of(passed, 'passed'), of(unsure, 'unsure')], {
    policy: { ...defaultPolicy, inconclusive: 'warn' },
  }),
  'without a request left': assembledRun([
    of(passed, 'passed'),
    of({ kind: 'not-run', reason: 'budget' }, 'late'),
  ]),
  'warnings only': assembledRun([of(passed, 'passed'), of(failed, 'warned', { level: 'SHOULD' })]),
  interrupted: assembledRun([of(passed, 'passed'), of(notRun, 'late')], { interrupted: true }),
  'a target that is away': assembledRun([of({ kind: 'not-run', reason: 'target-unusable' }, 'late')], {
    revisions: [],
    unusable: 'nothing listens there',
  }),
  'of nothing': assembledRun([]),
  'of some checks': assembledRun(many.slice(0, 3), {
    selection: { selected: 3, of: 144, leftOut: ['demo.other'] },
  }),
  'of several revisions': assembledRun(
    revisions.flatMap((revision) => one.map((result) => ({ ...result, revision }))),
    { revisions },
  ),
  'with every reason': assembledRun(
    causes.map((reason) =>
      of({ kind: 'fail', reason, evidence: [sampleEvidence] }, reason, { requirement: demandOf(reason) }),
    ),
  ),
  'with a process that ended': assembledRun(one, { incidents: hostileIncidents }),
  'with a baseline that holds': assembledRun([of(passed, 'passed'), of(failed, 'failed')], {
    baseline: [entryOf('demo.failed')],
  }),
  'with a baseline that excuses a part of a finding': assembledRun(
    [of(passed, 'passed'), of(failed, 'failed'), of(failed, 'failed-too')],
    { baseline: [entryOf('demo.failed')] },
  ),
  'with a baseline that does not hold': assembledRun([of(passed, 'passed'), of(failed, 'failed')], {
    baseline: [
      entryOf('demo.passed'),
      { ...entryOf('demo.failed'), expires: '2026-01-01', note: hostileText },
      entryOf('demo.gone'),
    ],
  }),
  'of a hostile server': assembledRun(
    [
      of({ kind: 'fail', reason: 'served', evidence: [hostileEvidence] }, 'failed', hostileChanges),
      of({ kind: 'fail', reason: 'refused', evidence: [hostileEvidence] }, 'warned', {
        ...hostileChanges,
        level: 'MAY',
      }),
      of({ kind: 'inconclusive', reason: 'too-few', evidence: [hostileEvidence] }, 'unsure', hostileChanges),
      of({ kind: 'not-applicable', reason: 'permitted', evidence: [] }, 'left-out', hostileChanges),
    ],
    { text: hostileText, incidents: hostileIncidents, url: 'http://127.0.0.1:4000/mcp?q=`|<b>@a' },
  ),
};

function entryOf(check: string): BaselineEntry {
  return {
    check,
    verdict: 'fail',
    reason: 'session-still-usable',
    note: 'being mended',
    expires: '2099-01-01',
  };
}

function demandOf(reason: string) {
  return {
    keys: [`KEY.${reason.toUpperCase()}`],
    says: `what forbids ${reason}`,
    why: 'A user sees it.',
    fix: 'Change `it`: do not.',
    controls: ['OWASP AISVS v1.0-C10.2.6'],
  };
}

export function keysOf<K extends string>(table: Readonly<Record<K, string>>): readonly K[] {
  return Object.keys(table).filter((key): key is K => key in table);
}
