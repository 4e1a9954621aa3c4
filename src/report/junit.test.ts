import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { renderJunit } from './junit.js';
import {
  failed,
  leftOut,
  notRun,
  passed,
  plainOptions,
  sampleResult,
  sampleRun,
  unsure,
} from '../testing/sample.js';

const run = sampleRun([
  sampleResult(passed),
  sampleResult(failed),
  sampleResult(failed, { level: 'SHOULD' }),
  sampleResult(unsure),
  sampleResult(unsure, { level: 'SHOULD' }),
  sampleResult(leftOut),
  sampleResult(notRun, { suite: 'reuse' }),
]);

test('each check is a case: red where the gate is, skipped where it lets pass', async () => {
  const xml = await renderJunit(run, plainOptions);
  expect(xml).toMatch(/<testsuites name="sessionspec spec" tests="7" failures="1" errors="1" skipped="4">/);
  expect(xml).toContain('<failure message="MUST: it is fail" type="session-still-usable">');
  expect(xml).toContain('<error message="MUST: it is inconclusive" type="control-failed">');
  expect(xml).toContain('warning (session-still-usable): SHOULD: it is fail');
  expect(xml).toContain('not-applicable (fact-missing): MUST: it is not-applicable');
  expect(xml.match(/<testsuite /g)).toHaveLength(2);
});

test('the evidence stands in the failure', async () => {
  const xml = await renderJunit(sampleRun([sampleResult(failed)]), plainOptions);
  for (const word of ['requirement', 'sent', 'acceptable', 'came', 'control', 'again']) {
    expect(xml).toMatch(new RegExp(`^${word} `, 'm'));
  }
});

test('hostile strings leave the XML well-formed', async () => {
  const hostile = `\u0000\u0008\u001b[2J\ud800 \udfff \uffff \u202e ]]> <!-- & " ' <x a="b"> \u{1f600}`;
  const seen = {
    step: '1',
    entries: [],
    sent: hostile,
    acceptable: hostile,
    came: hostile,
    control: hostile,
  };
  const results = [
    sampleResult(
      { kind: 'fail', reason: 'served', evidence: [seen] },
      { message: hostile, title: hostile, suite: hostile },
    ),
    sampleResult(
      { kind: 'inconclusive', reason: 'too-few', evidence: [seen] },
      { message: hostile, id: hostile },
    ),
    sampleResult({ kind: 'not-run', reason: 'budget' }, { message: hostile }),
  ];
  const made = sampleRun(results);
  const report = {
    ...made.report,
    target: { url: hostile },
    gate: { exit: 1, sentence: hostile, failed: [], undecided: [] } as const,
  };
  const xml = await renderJunit({ ...made, report }, plainOptions);
  expect(xml).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  expect(xml).toContain('\u{1f600}');
  expect(unbalanced(xml)).toEqual([]);
  expect(complaints(xml)).toBe('');
});

/** What xmllint says, on machines that have it. */
function complaints(xml: string): string {
  return spawnSync('xmllint', ['--noout', '-'], { input: xml, encoding: 'utf8' }).stderr ?? '';
}

/** Tags that do not match, as far as a few lines can tell without xmllint. */
function unbalanced(xml: string): readonly string[] {
  const tags = xml
    .replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>/g, '')
    .matchAll(/<(\/?)([a-z-]+)(?:\s+[a-z]+="[^"<]*")*\s*(\/?)>/gi);
  const open: string[] = [];
  for (const [text, closing, name = '', empty] of tags) {
    if (closing && open.at(-1) === name) open.pop();
    else if (closing) return [text];
    else if (!empty) open.push(name);
  }
  return open;
}
