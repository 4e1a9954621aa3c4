import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadBaseline } from '../../load/index.js';
import type { Baseline, BaselineEntry } from '../../model/baseline.js';
import type { RunOptions } from '../../model/run.js';
import type { Verdict } from '../../model/verdict.js';
import { assembleReport } from '../../run/report.js';
import {
  failed,
  notRun,
  passed,
  sampleEvidence,
  sampleFacts,
  sampleHeader,
  sampleResult,
} from '../../testing/sample.js';
import type { Engine } from '../ports.js';
import { command, sampleEngine } from '../testing/sample.js';
import { folder } from '../testing/folder.js';

const url = 'http://127.0.0.1:4000/mcp';
const id = 'termination.post-after-delete';
const terms = {
  verdict: 'fail',
  reason: 'session-still-usable',
  note: 'issue 12',
  expires: '2027-03-01',
} as const;
const known: BaselineEntry = { check: id, ...terms };
const harmful: Verdict = { kind: 'fail', reason: 'shared-state', evidence: [sampleEvidence], harm: true };

/** The check fails, or passes, beside one that passes; compared with the baseline as a run is. */
function engineWhere(
  verdict: Verdict,
  seen: (options: Partial<RunOptions>) => void = () => undefined,
  beside: Verdict = passed,
): Partial<Engine> {
  const report = (baseline: Baseline | undefined) => {
    const results = [sampleResult(verdict, { id }), sampleResult(beside, { id: 'reuse.own-id' })];
    const { tool, startedAt, profile, policy, seed, target } = sampleHeader;
    const circumstances = {
      tool,
      startedAt,
      profile,
      policy,
      seed,
      baseline,
      url: target.url,
      durationMs: 1,
      traffic: { exchanges: 1 },
      incidents: [],
      interrupted: false,
      selection: { selected: 2, of: 2, leftOut: [] },
    };
    return { report: assembleReport(circumstances, [sampleFacts], results), transcripts: [] };
  };
  return {
    baseline: async (path, ids) => {
      const { baseline, diagnostics } = loadBaseline(path, ids);
      return { ...(baseline && { baseline }), problems: diagnostics.map(({ message }) => message) };
    },
    run: (_, options) => {
      seen(options);
      return Promise.resolve(report(options.baseline));
    },
    judge: (_, __, { baseline }) => report(baseline),
  };
}

function fileOf(entries: readonly BaselineEntry[], comment = ''): string {
  const path = join(folder(), 'known.yaml');
  writeFileSync(
    path,
    `baseline:${entries.length === 0 ? ' []' : ''}\n${entries.map((entry) => `  ${comment}- ${JSON.stringify(entry)}\n`).join('')}`,
  );
  return path;
}

test('a known failure lets the gate be met, and one that passes does not', async () => {
  const flags = ['run', url, '--baseline', fileOf([known])];
  const met = await command(flags, engineWhere(failed));
  expect(met).toMatchObject({ exit: 0, err: '' });
  expect(met.out).toContain('no failure but known ones');
  const stale = await command(flags, engineWhere(passed));
  expect(stale.exit).toBe(1);
  expect(stale.out).toContain(`the baseline does not hold: ${id} passes now; remove its entry`);
  expect((await command(['run', url], engineWhere(failed))).exit).toBe(1);
});

test('a recording keeps its baseline, so that it is judged alike later; another, or none, can be given', async () => {
  const path = folder();
  await command(['run', url, '--output', path, '--baseline', fileOf([known])], {
    ...engineWhere(failed),
    run: sampleEngine.run,
  });
  const recording = join(path, 'run.ndjson');
  const [header = ''] = readFileSync(recording, 'utf8').split('\n');
  expect(JSON.parse(header)).toMatchObject({ baseline: [known] });
  expect((await command(['judge', recording], engineWhere(failed))).exit).toBe(0);
  expect((await command(['judge', recording, '--no-baseline'], engineWhere(failed))).exit).toBe(1);
  const other = fileOf([{ ...known, reason: 'served' }]);
  expect((await command(['judge', recording, '--baseline', other], engineWhere(failed))).exit).toBe(1);
});

test('a secret of the run that stands in a note is written nowhere', async () => {
  const path = folder();
  const noted = fileOf([{ ...known, note: 'with secret-value-1 it passes' }]);
  const flags = ['--header', 'X-Own: secret-value-1', '--output', path, '--baseline', noted];
  await command(['run', url, ...flags], { ...engineWhere(failed), run: sampleEngine.run });
  const [header = ''] = readFileSync(join(path, 'run.ndjson'), 'utf8').split('\n');
  expect(header).toContain('it passes');
  expect(header).not.toContain('secret-value-1');
});

test('a run begins when its recording says that it began', async () => {
  const path = folder();
  let startedAt: Date | undefined;
  const engine = engineWhere(failed, (options) => (startedAt = options.startedAt));
  await command(['run', url, '--output', path], engine);
  const [header = ''] = readFileSync(join(path, 'run.ndjson'), 'utf8').split('\n');
  expect(JSON.parse(header)).toMatchObject({ startedAt: startedAt?.toISOString() });
});

test('a description names a baseline, and the command line wins', async () => {
  const described: Partial<Engine> = {
    ...engineWhere(failed),
    describe: () => Promise.resolve({ target: { url, baseline: [known] }, problems: [] }),
  };
  expect((await command(['run', '--config', 'it.yaml'], described)).exit).toBe(0);
  expect((await command(['run', '--config', 'it.yaml', '--no-baseline'], described)).exit).toBe(1);
  expect((await command(['run', '--config', 'it.yaml', '--baseline', fileOf([])], described)).exit).toBe(1);
});

test('a baseline with mistakes is refused before the first request', async () => {
  let ran = false;
  const engine = engineWhere(failed, () => (ran = true));
  const flags = ['run', url, '--baseline', fileOf([{ ...known, expires: '2027-02-30' }])];
  expect(await command(flags, engine)).toEqual({
    exit: 3,
    out: '',
    err: 'sessionspec: the baseline has mistakes\n`2027-02-30` is no day of the calendar\n',
  });
  const missing = await command(['run', url, '--baseline', 'no-such.yaml'], engine);
  expect(missing).toMatchObject({ exit: 3, err: expect.stringContaining('no-such.yaml') as string });
  expect(ran).toBe(false);
});

test('init writes what a run then finds known', async () => {
  const path = join(folder(), 'new.yaml');
  const made = await command(['baseline', 'init', url, '--output', path], engineWhere(failed));
  expect(made).toEqual({
    exit: 0,
    err: '',
    out: `${path} is written with 1 entry; use it with --baseline ${path}\n`,
  });
  expect(readFileSync(path, 'utf8')).toContain(
    `baseline:
  - finding: ${id}
    requirement: SM.404
    verdict: fail
    reason: session-still-usable
    note: 'known since 2026-11-20; not met: requests with the id of an ended session are answered 404'
    expires: 2027-02-18
`,
  );
  expect((await command(['run', url, '--baseline', path], engineWhere(failed))).exit).toBe(0);
  const again = await command(['baseline', 'init', url, '--output', path], engineWhere(failed));
  expect(again).toMatchObject({ exit: 3, err: `sessionspec: ${path} exists already; it was not changed\n` });
});

test('init reads recordings and reports as well', async () => {
  const out = folder();
  await command(['run', url, '--reporter', 'json', '--output', out], {
    ...engineWhere(failed),
    run: sampleEngine.run,
  });
  for (const name of ['run.ndjson', 'report.json']) {
    const path = join(out, `of-${name}.yaml`);
    const { exit, err } = await command(
      ['baseline', 'init', join(out, name), '--output', path],
      engineWhere(failed),
    );
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(loadBaseline(path).baseline).toMatchObject([{ finding: id }]);
  }
  const other = join(out, 'other.txt');
  writeFileSync(other, 'something\n');
  const { exit, err } = await command(
    ['baseline', 'init', other, '--output', join(out, 'x.yaml')],
    engineWhere(failed),
  );
  expect(exit).toBe(3);
  expect(err).toContain('is neither a report.json nor a run.ndjson');
});

test('init lets no harm pass by itself', async () => {
  const path = join(folder(), 'new.yaml');
  const { err } = await command(['baseline', 'init', url, '--output', path], engineWhere(harmful));
  expect(err).toContain(`harm is not let pass unread: 1 entry (${id}) stands there as a comment`);
  expect(loadBaseline(path)).toMatchObject({ baseline: [], diagnostics: [] });
  expect((await command(['run', url, '--baseline', path], engineWhere(harmful))).exit).toBe(1);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('baseline: []', 'baseline:').replaceAll(/^# {2}/gm, '  '));
  expect(loadBaseline(path)).toMatchObject({ baseline: [{ finding: id, harm: true }] });
  expect((await command(['run', url, '--baseline', path], engineWhere(harmful))).exit).toBe(0);
});

test('init writes nothing where nothing fails', async () => {
  const path = join(folder(), 'new.yaml');
  const { exit, out } = await command(['baseline', 'init', url, '--output', path], engineWhere(passed));
  expect([exit, out]).toEqual([0, 'no failure counts, so there is nothing to write\n']);
  expect(existsSync(path)).toBe(false);
});

test('update takes out what passes, and leaves the rest as it was written', async () => {
  const path = join(folder(), 'known.yaml');
  const kept = `  # Why this stays.\n  - { check: reuse.other, verdict: fail, reason: served, note: 'of another profile', profile: interop, expires: 2027-03-01 }\n`;
  const text = `# Ours.\nbaseline:\n  - check: ${id}\n    verdict: fail\n    reason: session-still-usable\n    note: "issue 12"\n    expires: 2027-03-01\n${kept}`;
  writeFileSync(path, text.replace('reuse.other', 'reuse.own-id'));
  const { exit, out, err } = await command(
    ['baseline', 'update', path, url, '--only-remove'],
    engineWhere(passed),
  );
  expect({ exit, out, err }).toEqual({
    exit: 0,
    err: '',
    out: `removed: ${id} (stale), noted: issue 12\n1 entry removed, 1 left\n`,
  });
  expect(readFileSync(path, 'utf8')).toBe(
    `# Ours.\nbaseline:\n${kept.replace('reuse.other', 'reuse.own-id')}`,
  );
  const strange = { ...known, check: 'no.such' };
  const mixed = fileOf([strange, known]);
  await command(['baseline', 'update', mixed, url, '--only-remove'], engineWhere(passed));
  expect(loadBaseline(mixed).baseline).toEqual([strange]);
  const still = fileOf([known]);
  const before = readFileSync(still, 'utf8');
  expect((await command(['baseline', 'update', still, url, '--only-remove'], engineWhere(failed))).out).toBe(
    '0 entries removed, 1 left\n',
  );
  expect(readFileSync(still, 'utf8')).toBe(before);
  expect((await command(['baseline', 'update', still, url, '--only-remove'], engineWhere(passed))).exit).toBe(
    0,
  );
  expect(loadBaseline(still)).toMatchObject({ baseline: [], diagnostics: [] });
});

test('nothing is written of a server that was not examined', async () => {
  const path = join(folder(), 'new.yaml');
  const engine = engineWhere(notRun, () => undefined, notRun);
  const made = await command(['baseline', 'init', url, '--output', path], engine);
  expect(made.exit).toBe(2);
  expect(made.err).toContain('undecided: 0 checks judged');
  expect(existsSync(path)).toBe(false);
  const kept = fileOf([known]);
  const updated = await command(['baseline', 'update', kept, url, '--only-remove'], engine);
  expect(updated.exit).toBe(2);
  expect(loadBaseline(kept).baseline).toEqual([known]);
});

test('update adds nothing, and says so', async () => {
  const { exit, err } = await command(['baseline', 'update', fileOf([known]), url], engineWhere(failed));
  expect([exit, err]).toEqual([3, expect.stringContaining('give --only-remove')]);
});

test('lint names checks that are none, and counts what is fine', async () => {
  const engine = engineWhere(failed);
  expect(await command(['baseline', 'lint', fileOf([known])], engine)).toEqual({
    exit: 0,
    err: '',
    out: '1 entry, no mistakes\n',
  });
  const { exit, err } = await command(
    ['baseline', 'lint', fileOf([{ ...known, check: 'termination.post-after-delte' }])],
    engine,
  );
  expect(exit).toBe(3);
  expect(err).toBe(
    `no check has the id \`termination.post-after-delte\`; did you mean \`${id}\`?\nsessionspec: 1 mistake\n`,
  );
});
