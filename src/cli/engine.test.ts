import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, expect, test } from 'vitest';
import { conformant } from '../../fixtures/reference/behaviour.js';
import { listen } from '../../fixtures/reference/listen.js';
import { createReference } from '../../fixtures/reference/reference.js';
import { atUrl } from '../model/carrier.js';
import { defaultOptions } from '../model/run.js';
import { profileNames } from '../model/profile.js';
import { renderJson } from '../report/index.js';
import { readRun } from '../report/read-run.js';
import { recorder } from '../report/recorder.js';
import { passed, sampleFacts, sampleHeader, sampleResult, sampleTranscript } from '../testing/sample.js';
import { spread } from '../testing/runs.js';
import { command } from './testing/sample.js';
import { createEngine } from './engine.js';

const engine = await createEngine();
const checks = engine.builtIn().flatMap((suite) => suite.checks);
const monitors = engine.builtIn().flatMap((suite) => suite.monitors);
const reference = createReference(conformant);
const listening = await listen(reference.handle, 0);

afterAll(async () => {
  reference.close();
  await listening.close();
});

const schema = await readFile(new URL('../../reports/report.schema.json', import.meta.url), 'utf8');
const validReport = new Ajv2020({ allowUnionTypes: true }).compile(JSON.parse(schema));

test('a real run gives a valid report, and its recording is judged the same again, under each profile', async () => {
  const selected = checks.filter(({ suite }) => suite === 'termination' || suite === 'issuance');
  const header = {
    ...sampleHeader,
    target: { url: listening.url },
    checks: [...selected, ...monitors].map(({ id }) => id),
  };
  let text = '';
  const recording = recorder(header, (more) => (text += more));
  const options = {
    ...defaultOptions,
    address: atUrl(new URL(listening.url)),
    seed: 1,
    timeScale: 5,
    observe: recording.observe,
  };
  const run = await engine.run({ checks: selected, monitors }, options);
  recording.finish(run);
  const recorded = await readRun(text);
  validReport(JSON.parse(renderJson(run)));
  expect(validReport.errors).toBe(null);
  for (const profile of profileNames) {
    const { report } = engine.judge(recorded, { checks, monitors }, { profile, policy: options.policy });
    expect(report.results.map(({ profiles }) => profiles)).toEqual(
      run.report.results.map(({ profiles }) => profiles),
    );
    expect(report.results).toMatchObject(run.report.results.map(({ profiles }) => profiles[profile]));
  }
  expect(engine.judge(recorded, { checks, monitors }, options).report).toMatchObject({
    results: run.report.results,
    summary: run.report.summary,
    gate: run.report.gate,
  });
  // What was judged then is shown without judging it again.
  const { tool, startedAt } = header;
  expect(engine.asJudged(recorded).report).toEqual({ ...run.report, tool, startedAt });
});

test('a recording is shown in the order of its checks, with its own verdicts and gate', async () => {
  const file = new URL('../../fixtures/recorded/reference.ndjson', import.meta.url);
  const recorded = await readRun(await readFile(file, 'utf8'));
  const { report } = engine.asJudged(recorded);
  expect(report.results.map(({ id, verdict }) => `${id} ${verdict}`).toSorted()).toEqual(
    recorded.results.map(({ id, verdict }) => `${id} ${verdict}`).toSorted(),
  );
  expect(report.results.map(({ id }) => id)).toEqual(recorded.header.checks);
  expect(report.gate).toEqual(recorded.footer?.gate);
});

test.each(Object.entries(spread))('a run is shown from its recording as it was: %s', async (_, run) => {
  const { profile, policy, seed, target, startedAt, selection, results, baseline } = run.report;
  const entries = baseline?.map(({ standing: __, covers: ___, instead: ____, ...entry }) => entry);
  const header = {
    ...sampleHeader,
    profile,
    policy,
    seed,
    startedAt,
    leftOut: selection.leftOut,
    target: { url: target.url },
    ...(entries && { baseline: entries }),
    checks: [...new Set(results.map(({ id }) => id))],
  };
  let text = '';
  recorder(header, (more) => (text += more)).finish(run);
  const { report } = engine.asJudged(await readRun(text));
  const { leftOut } = selection;
  const counted = { selected: header.checks.length, of: header.checks.length + leftOut.length, leftOut };
  expect(report).toEqual({ ...run.report, selection: counted });
});

test('a recorded check that is in no suite is asked for', () => {
  const [results, transcripts] = [[sampleResult(passed)], [sampleTranscript()]];
  const recorded = {
    header: sampleHeader,
    facts: [sampleFacts],
    transcripts,
    results,
    incidents: [],
    complete: false,
    digest: 'ab'.repeat(32),
  };
  const judging = { profile: 'spec', policy: defaultOptions.policy } as const;
  expect(() => engine.judge(recorded, { checks: [] }, judging)).toThrow(
    'is in no suite; name its file with --suite',
  );
});

test('each built-in check can be explained', async () => {
  for (const { id, requirement } of checks) {
    const { exit, out } = await command(['explain', id], engine);
    expect(exit).toBe(0);
    expect(out).toContain(requirement.says);
    expect(out).not.toMatch(/undefined|\[object/);
  }
});
