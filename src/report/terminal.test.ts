import type { Need } from '../model/need.js';
import { defaultPolicy } from '../model/gate.js';
import picocolors from 'picocolors';
import { expect, test } from 'vitest';
import {
  failed,
  leftOut,
  notRun,
  passed,
  plainOptions,
  sampleEvidence,
  sampleResult,
  sampleRun,
  unsure,
} from '../testing/sample.js';
import { renderTerminal } from './terminal.js';

const verbose = { ...plainOptions, verbose: true };
const some = sampleRun([
  sampleResult(passed, { id: 'issuance.unproven', suite: 'issuance', proven: false }),
  sampleResult(failed, { others: { interop: passed } }),
  sampleResult(failed, {
    id: 'streams.should',
    level: 'SHOULD',
    requirement: { ...sampleResult(failed).requirement, keys: ['PR.STREAMEND'] },
  }),
  sampleResult(unsure, { id: 'reuse.unsure', suite: 'reuse' }),
  sampleResult(leftOut, {
    id: 'streams.none',
    suite: 'streams',
    message: 'The target does not offer a GET stream.',
  }),
]);

test('a report reads from the target to the verdict', () => {
  expect(renderTerminal(some, plainOptions)).toMatchInlineSnapshot(`
    "sessionspec 0.1.0  http://127.0.0.1:4000/mcp  revision 2025-11-25, profile spec, seed 1

      server      counter 1.0.0, answers by SSE
      tools       1 listed; not used: increment_counter

    ✗ Not conformant: a MUST failed.

    ✗ A terminated id is refused   MUST, 1 check
      requirement requests with the id of an ended session are answered 404
                  https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management
      found       it is fail (session-still-usable)
      sent        POST ping, mcp-session-id: «session alice»
      acceptable  404
      came        200 with a result
      control     the same request before the DELETE: 200
      checks      termination.post-after-delete
      again       npx sessionspec run http://127.0.0.1:4000/mcp --check termination.post-after-delete

    Inconclusive: the exit code is 2, unless a failure makes it 1
    ? reuse.unsure   MUST   A terminated id is refused
      requirement requests with the id of an ended session are answered 404
                  https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management
      because     it is inconclusive (control-failed)
      again       npx sessionspec run http://127.0.0.1:4000/mcp --check reuse.unsure

    Warnings (--fail-on must lets them pass)   --verbose shows all
    ! A terminated id is refused   SHOULD, streams.should
      came        200 with a result

    Not examined   1 that does not apply here (--verbose names them)

    Unproven   1 check passed that no mutant has shown able to fail

    Other profiles: 0 failures under interop, the same under strict-400, the same under strict-4xx (--profile NAME,
    --verbose)

                   pass  fail  warning  inconclusive  not applicable
      issuance        1     0        0             0               0
      termination     0     1        1             0               0
      reuse           0     0        0             1               0
      streams         0     0        0             0               1
      all             1     1        1             1               1

    exit 1: 3 checks judged, 2 not examined, 42 exchanges in 0.8 s
    "
  `);
});

test('a failure shows requirement, link, sent, acceptable, came, control and how to see it again', () => {
  const text = renderTerminal(sampleRun([sampleResult(failed)]), {
    ...plainOptions,
    again: { url: 'http://127.0.0.1:{port}/mcp?a=1', options: ['--server', "node it's.js {port}"] },
  });
  for (const label of ['requirement', 'sent', 'acceptable', 'came', 'control', 'again']) {
    expect(text).toMatch(new RegExp(`^ {2}${label} +\\S`, 'm'));
  }
  expect(text).toContain('https://modelcontextprotocol.io/');
  expect(text).toContain(
    `npx sessionspec run 'http://127.0.0.1:{port}/mcp?a=1' --check termination.post-after-delete --server \\
              'node it'\\''s.js {port}'`,
  );
});

test('the verdict comes before the findings, and the last line says the exit code and the cost', () => {
  const text = renderTerminal(some, plainOptions);
  expect(text.indexOf('✗ Not conformant: a MUST failed.')).toBeLessThan(text.indexOf('✗ A terminated id'));
  expect(text.trimEnd().split('\n').at(-1)).toBe(
    'exit 1: 3 checks judged, 2 not examined, 42 exchanges in 0.8 s',
  );
});

test('with --verbose there is everything', () => {
  const text = renderTerminal(some, verbose);
  for (const part of [
    'revision    2025-11-25 (negotiates 2025-06-18 too)',
    'DELETE      offered (200)',
    '– 1 check: The target does not offer a GET stream.\n    streams.none',
    'checks      issuance.unproven',
    'termination.post-after-delete   ✗       ✓         ✗           ✗',
    '! A terminated id is refused   SHOULD, 1 check\n  requirement ',
  ])
    expect(text).toContain(part);
});

test('lines of prose are as wide as the terminal, and only a word is wider', () => {
  const lines = renderTerminal(some, { ...plainOptions, columns: 40 }).split('\n');
  const prose = lines.slice(
    0,
    lines.findIndex((line) => line.includes(' pass  ')),
  );
  const wide = prose.filter((line) => line.length > 40 && !/^ +(checks +)?\S+( \\)?$/.test(line));
  expect(prose.length).toBeGreaterThan(20);
  expect(wide).toEqual([]);
});

const missing = (id: string, need: Need) => sampleResult(leftOut, { id, need });

test('what a user can do so that more is examined is said with the flag', () => {
  const results = [
    missing('security.a', 'two-principals'),
    missing('security.b', 'two-principals'),
    missing('streams.c', 'event-ids'),
    sampleResult(passed, { id: 'reuse.d' }),
  ];
  expect(renderTerminal(sampleRun(results), plainOptions)).toContain(`
Not examined   2 checks that you can enable, 1 that does not apply here (--verbose names them)
  two users  2 checks   --as 'alice=Authorization: …' --as 'bob=Authorization: …'
`);
});

test('checks of suites of the user that a tag leaves out are named', () => {
  const untagged = ['own.a', 'own.b', 'own.c', 'own.d'];
  for (const options of [plainOptions, verbose])
    expect(renderTerminal(some, { ...options, untagged }).replaceAll(/\s+/g, ' ')).toContain(
      'Left out 4 checks of your own suites, which --tag leaves out: own.a, own.b, own.c, and 1 more.',
    );
});

test('where a recording was made, a failure says how it is shown again', () => {
  const recorded = renderTerminal(some, { ...plainOptions, recorded: 'out' });
  expect(recorded).toContain('Recorded   npx sessionspec show out ');
  expect(renderTerminal(some, plainOptions)).not.toContain('Recorded');
  expect(
    renderTerminal(sampleRun([sampleResult(passed)]), { ...plainOptions, recorded: 'out' }),
  ).not.toContain('Recorded');
});

test('many observations are cut to three, and what was left out is said', () => {
  const seen = { step: '1', entries: [], sent: 'x'.repeat(5000), acceptable: '4xx', came: '200' };
  const text = renderTerminal(
    sampleRun([sampleResult({ kind: 'fail', reason: 'served', evidence: [seen, seen, seen, seen, seen] })]),
    verbose,
  );
  expect(text.match(/^ {2}sent /gm)).toHaveLength(3);
  expect(text).toContain('2 more observations');
  expect(text).toContain('(4600 more characters)');
});

test('several revisions are distinguished', () => {
  const results = [sampleResult(failed), sampleResult(failed, { revision: '2025-06-18' })];
  const run = sampleRun(results);
  const text = renderTerminal(
    { ...run, report: { ...run.report, revisions: ['2025-11-25', '2025-06-18'] } },
    plainOptions,
  );
  expect(text).toContain('termination.post-after-delete @ 2025-06-18');
  expect(text).toContain('termination @ 2025-11-25');
});

test('without colour nothing but line ends is a control character', () => {
  const hostile = '\u001b[2J\u001b]0;owned\u0007\r\n\u202egnp\u0000\ud800\u009b31m';
  const seen = {
    step: '1',
    entries: [],
    sent: hostile,
    acceptable: hostile,
    came: hostile,
    control: hostile,
  };
  const run = sampleRun([
    sampleResult({ kind: 'fail', reason: 'served', evidence: [seen] }, { title: hostile, message: hostile }),
    sampleResult({ kind: 'not-applicable', reason: 'permitted', evidence: [] }, { message: hostile }),
    sampleResult({ kind: 'inconclusive', reason: 'too-few', evidence: [seen] }, { message: hostile }),
  ]);
  const facts = run.report.facts.map((each) => ({
    ...each,
    tools: [hostile],
    server: { name: hostile, version: hostile },
  }));
  const report = {
    ...run.report,
    facts,
    gate: { exit: 1, sentence: hostile, failed: [], undecided: [] } as const,
  };
  const text = renderTerminal({ ...run, report }, plainOptions);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  expect(text).toContain('\\x1b[2J\\x1b]0;owned\\x07\\r\\n\\u{202e}gnp\\x00\\u{d800}\\x9b31m');
});

test('with colour the words are the same', () => {
  const colored = renderTerminal(some, { ...plainOptions, colors: picocolors.createColors(true) });
  expect(colored).toContain('\u001b[31m');
  expect(colored.replaceAll(/\p{Cc}\[\d+m/gu, '').replaceAll(/ +$/gm, '')).toBe(
    renderTerminal(some, plainOptions),
  );
});

test('a run without results is a heading and a verdict', () => {
  const run = sampleRun([]);
  const gate = {
    exit: 2,
    sentence: 'Nothing listens at 127.0.0.1:4000.',
    failed: [],
    undecided: [],
  } as const;
  const text = renderTerminal({ ...run, report: { ...run.report, facts: [], gate } }, plainOptions);
  expect(text.split('\n\n')).toHaveLength(3);
  expect(text).toContain('? Nothing listens at 127.0.0.1:4000.');
});

test('a target that could not be examined is the sentence and a number, not the names of all checks', () => {
  const results = ['a', 'b', 'c'].map((id) => sampleResult(notRun, { id: `reuse.${id}` }));
  const run = sampleRun(results);
  const gate = {
    exit: 2,
    sentence: 'Nothing listens at 127.0.0.1:4000.',
    failed: [],
    undecided: [],
  } as const;
  const text = renderTerminal({ ...run, report: { ...run.report, facts: [], gate } }, plainOptions);
  expect(text.split('\n\n').slice(1)).toEqual([
    '? Nothing listens at 127.0.0.1:4000.',
    '· 3 checks not run',
    'exit 2: 0 checks judged, 3 not examined, 42 exchanges in 0.8 s\n',
  ]);
});

test('a status that is wrong is shown once, by what came', () => {
  const seen = { step: '1', entries: [], sent: 'POST ping', acceptable: '404', came: '400 without a body' };
  const wrong = { kind: 'fail', reason: 'wrong-status', evidence: [seen] } as const;
  const text = renderTerminal(sampleRun([sampleResult(wrong)]), plainOptions);
  expect(text).toContain('came        400 without a body');
  expect(text).not.toContain('found');
});

test('many inconclusive checks with one reason are one block', () => {
  const results = [3, 12].flatMap((count) =>
    Array.from({ length: count }, (_, i) =>
      sampleResult(unsure, { id: `of-${count}.check-${i}`, message: `because of ${count}` }),
    ),
  );
  const text = renderTerminal(sampleRun(results), plainOptions);
  expect(text.match(/^\? of-3/gm)).toHaveLength(3);
  expect(text).toContain(`
? 12 checks
  because     because of 12 (control-failed)
  checks      of-12.check-0, of-12.check-1, of-12.check-2, of-12.check-3, of-12.check-4, of-12.check-5, of-12.check-6,
              of-12.check-7, of-12.check-8, of-12.check-9, … and 2 more
  the first   npx sessionspec run http://127.0.0.1:4000/mcp --check of-12.check-0
`);
});

test('what is inconclusive says whether the exit code depends on it', () => {
  const run = sampleRun([
    sampleResult(unsure, { id: 'reuse.must' }),
    sampleResult(unsure, { id: 'reuse.should', level: 'SHOULD' }),
  ]);
  const text = renderTerminal(run, plainOptions);
  expect(text).toMatch(/not counted in the exit code \(--fail-on must\)\n\? reuse\.should/);
  expect(text).toMatch(/the exit code is 2, unless .*\n\? reuse\.must/);
  const policy = { ...defaultPolicy, inconclusive: 'warn' } as const;
  const doubt = sampleRun([sampleResult(unsure, { id: 'reuse.must', policy })]);
  const lenient = renderTerminal({ ...doubt, report: { ...doubt.report, policy } }, plainOptions);
  expect(lenient).toMatch(/not counted in the exit code \(--inconclusive warn\)\n\? reuse\.must/);
  expect(lenient).not.toContain('the exit code is 2');
});

test('a server without a version, or a name, is shown without a gap', () => {
  const run = sampleRun([]);
  const served = (name: string, version: string) => {
    const facts = run.report.facts.map((each) => ({ ...each, server: { name, version } }));
    return renderTerminal({ ...run, report: { ...run.report, facts } }, plainOptions);
  };
  expect(served('counter', '')).toContain('server      counter, answers by SSE');
  expect(served('', ' ')).toContain('server      without a name, answers by SSE');
});

test('how calls are answered is said where that differs, and each label is followed by a blank', () => {
  const run = sampleRun([]);
  const facts = run.report.facts.map((each) => ({
    ...each,
    replies: 'json' as const,
    otherReplies: { calls: 'sse' as const },
    leftOut: { 'the name reads like a deletion': ['wipe'] },
  }));
  const shown = renderTerminal(
    { ...run, report: { ...run.report, facts } },
    { ...plainOptions, verbose: true },
  );
  expect(shown).toContain('answers by JSON, tool calls by SSE');
  expect(shown).toMatch(/not called +wipe \(the name reads like a deletion\)/);
});

test('what to change is said once, with the first failure that asks for it', () => {
  const fix = 'Answer 404 if Mcp-Session-Id is present but unknown.';
  const demand = { ...sampleResult(failed).requirement, fix };
  const results = ['reuse.a', 'reuse.b'].map((id) =>
    sampleResult(failed, { id, requirement: { ...demand, keys: [id] } }),
  );
  const text = renderTerminal(sampleRun(results), plainOptions);
  expect(text.split(fix)).toHaveLength(2);
  expect(text.indexOf(fix)).toBeLessThan(text.indexOf('--check reuse.b'));
});

test('checks that show one cause, or fail because of it, are named with the finding', () => {
  const results = [
    sampleResult(failed, { id: 'a.one' }),
    sampleResult(failed, { id: 'a.two' }),
    sampleResult({ kind: 'fail', reason: 'duplicate-id', evidence: [sampleEvidence] }, { id: 'a.ids' }),
  ];
  const text = renderTerminal(sampleRun(results), plainOptions);
  expect(text).toContain('--check a.ids');
  expect(text).toContain('explains    a.one, a.two');
  expect(text).not.toContain('--check a.one');
});

const seenBy = (check: string) => ({ ...sampleEvidence, check });
const seenIn = (first: string, ...others: readonly string[]) =>
  renderTerminal(
    sampleRun([
      sampleResult(
        {
          kind: 'fail',
          reason: 'lost-state',
          evidence: [seenBy(first), ...others.map(seenBy)],
        },
        { id: 'monitors.state-own' },
      ),
    ]),
    { ...plainOptions, columns: 200 },
  );

test('what a witness saw is seen again in a whole run', () => {
  expect(seenIn('reuse.accepted')).toContain('--check reuse.accepted');
  expect(seenIn('witness.counter')).not.toContain('--check');
});

test('what several checks showed together is asked again of all of them, or of the whole run where they are many', () => {
  expect(seenIn('a.one', 'b.two', 'a.one')).toContain('--check a.one --check b.two');
  expect(seenIn('a.one', 'b.two', 'c.three', 'd.four')).not.toContain('--check');
});
