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
    "sessionspec 0.1.0  http://127.0.0.1:4000/mcp  profile spec, seed 1

      revision  2025-11-25 (negotiates 2025-06-18 too)
      server    counter 1.0.0, answers by SSE, tool increment_counter
      sessions  issued; a request without an id is refused (400)
      DELETE    offered (200)
      GET       not offered (405)
      probes    plain ping, echo tools/call \${nonce}, no state

    Not applicable
    – 1 check: The target does not offer a GET stream.
        streams.none

    Unproven: passed, but no mutant has shown that the check can fail
        issuance.unproven

    Profiles, where they differ   ✓ pass  ✗ fail
                                     spec  interop  strict-400  strict-4xx
      termination.post-after-delete   ✗       ✓         ✗           ✗

    Warnings (--fail-on must lets them pass)
    ! streams.should   SHOULD   A terminated id is refused
      requirement requests with the id of an ended session are answered 404
                  https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management
      found       it is fail (session-still-usable)
      sent        POST ping, mcp-session-id: «session alice»
      acceptable  404
      came        200 with a result
      control     the same request before the DELETE: 200
      again       sessionspec run http://127.0.0.1:4000/mcp --check streams.should --revision 2025-11-25

    Inconclusive: the exit code is 2, unless a failure makes it 1
    ? reuse.unsure   MUST   A terminated id is refused
      requirement requests with the id of an ended session are answered 404
                  https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management
      because     it is inconclusive (control-failed)
      again       sessionspec run http://127.0.0.1:4000/mcp --check reuse.unsure --revision 2025-11-25

    Failures
    ✗ termination.post-after-delete   MUST   A terminated id is refused
      requirement requests with the id of an ended session are answered 404
                  https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management
      found       it is fail (session-still-usable)
      sent        POST ping, mcp-session-id: «session alice»
      acceptable  404
      came        200 with a result
      control     the same request before the DELETE: 200
      again       sessionspec run http://127.0.0.1:4000/mcp --check termination.post-after-delete --revision 2025-11-25

                   pass  fail  warning  inconclusive  not applicable
      issuance        1     0        0             0               0
      termination     0     1        1             0               0
      reuse           0     0        0             1               0
      streams         0     0        0             0               1
      all             1     1        1             1               1

    ✗ Not conformant: a MUST failed.  42 exchanges in 0.8 s
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
    `sessionspec run 'http://127.0.0.1:{port}/mcp?a=1' --check termination.post-after-delete --revision 2025-11-25 --server 'node it'\\''s.js {port}'`,
  );
});

test('the verdict is the last line', () => {
  expect(renderTerminal(some, plainOptions).trimEnd().split('\n').at(-1)).toMatch(
    /^✗ Not conformant: a MUST failed\./,
  );
});

test('many observations are cut to three, and what was left out is said', () => {
  const seen = { step: '1', entries: [], sent: 'x'.repeat(5000), acceptable: '4xx', came: '200' };
  const text = renderTerminal(
    sampleRun([sampleResult({ kind: 'fail', reason: 'served', evidence: [seen, seen, seen, seen, seen] })]),
    plainOptions,
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
  expect(text).toContain('also        termination.post-after-delete @ 2025-06-18');
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
  expect(text.split('\n\n')).toHaveLength(2);
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
    '· 3 checks not run',
    '? Nothing listens at 127.0.0.1:4000.  42 exchanges in 0.8 s\n',
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
    of-12.check-0, of-12.check-1, of-12.check-2, of-12.check-3, of-12.check-4, of-12.check-5
    of-12.check-6, of-12.check-7, of-12.check-8, of-12.check-9
    … and 2 more
  because     because of 12 (control-failed)
  the first   sessionspec run http://127.0.0.1:4000/mcp --check of-12.check-0 --revision 2025-11-25
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
  expect(served('counter', '')).toContain('server    counter, answers by SSE');
  expect(served('', ' ')).toContain('server    without a name, answers by SSE');
});

test('what to change is said once, with the first failure that asks for it', () => {
  const fix = 'Answer 404 if Mcp-Session-Id is present but unknown.';
  const demand = { ...sampleResult(failed).requirement, fix };
  const results = ['reuse.a', 'reuse.b'].map((id) =>
    sampleResult(failed, { id, requirement: { ...demand, keys: [id] } }),
  );
  const text = renderTerminal(sampleRun(results), plainOptions);
  expect(text.split(fix)).toHaveLength(2);
  expect(text.indexOf(fix)).toBeLessThan(text.indexOf('✗ reuse.b'));
});

test('checks that show one cause, or fail because of it, are named with the finding', () => {
  const results = [
    sampleResult(failed, { id: 'a.one' }),
    sampleResult(failed, { id: 'a.two' }),
    sampleResult({ kind: 'fail', reason: 'duplicate-id', evidence: [sampleEvidence] }, { id: 'a.ids' }),
  ];
  const text = renderTerminal(sampleRun(results), plainOptions);
  expect(text).toContain('✗ a.ids');
  expect(text).toContain('explains    a.one, a.two');
  expect(text).not.toContain('✗ a.one');
});

const seenIn = (check: string) =>
  renderTerminal(
    sampleRun([
      sampleResult(
        { kind: 'fail', reason: 'lost-state', evidence: [{ ...sampleEvidence, check }] },
        { id: 'monitors.state-own' },
      ),
    ]),
    plainOptions,
  );

test('what a witness saw is seen again in a whole run', () => {
  expect(seenIn('reuse.accepted')).toContain('--check reuse.accepted');
  expect(seenIn('witness.counter')).not.toContain('--check');
});
