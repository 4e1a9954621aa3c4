/* oxlint-disable vitest/expect-expect, vitest/valid-title -- the tests are made of checks: their names are data, and they fail by what they throw */
import { afterAll, beforeAll, describe, test, type TestContext } from 'vitest';
import { Mistake } from './cli/mistake.js';
import { loadEngine } from './library/inputs.js';
import type { RunRequest } from './library/request.js';
import { run, selectionOf } from './library/run.js';
import { excuseOf, holds } from './model/baseline.js';
import { labelOf } from './model/level.js';
import type { Report, Result } from './model/report.js';
import type { Examined } from './model/suite.js';
import { brokenWords } from './report/baseline.js';
import { againOf } from './library/again.js';
import { failureOf } from './library/failure.js';
import type { Again } from './report/renderer.js';
import { visible } from './report/visible.js';

export type { RunRequest, Select } from './library/request.js';

/** A run as tests: `RunRequest`, with what only Vitest needs. */
export interface DescribeOptions extends RunRequest {
  /** The name above the tests; `sessions` if not given. */
  readonly name?: string;
  /** How long the run may take, in milliseconds; 600,000 if not given. */
  readonly timeoutMs?: number;
}

/**
 * Examines a server once and has one test for each check: it passes as the check does, fails with the finding as its message, and is
 * skipped, with the reason, where the check does not apply or its failure does not count. The last test is the gate: it fails where the run
 * is not conformant, undecided, or its baseline does not hold. The server is started and stopped where `server` is given.
 */
export function describeSessions({
  name = 'sessions',
  timeoutMs = 600_000,
  ...request
}: DescribeOptions): void {
  describe(name, async () => {
    const { chosen } = await asked(async () => selectionOf(request, await loadEngine()));
    const again = againOf(request);
    let report: Report | undefined;
    const ending = new AbortController();
    beforeAll(async () => {
      const signals = [ending.signal, request.signal].filter((signal) => signal !== undefined);
      ({ report } = await asked(() => run({ ...request, signal: AbortSignal.any(signals) })));
    }, timeoutMs);
    // After a timeout the run would go on without anybody who waits for it.
    afterAll(() => ending.abort());
    for (const check of [...chosen.checks, ...chosen.monitors])
      test(`${check.id}: ${check.title}`, (context) => tell(check, known(report), again, context));
    test('gate', () => decide(known(report)));
  });
}

/** What was asked wrongly is a message too. */
async function asked<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof Mistake ? new SessionFinding(error.message) : error;
  }
}

function known(report: Report | undefined): Report {
  if (report === undefined) throw new SessionFinding('the run did not end');
  return report;
}

/** What a test says of a check, at all revisions of the run. */
async function tell({ id }: Examined, report: Report, again: Again, context: TestContext): Promise<void> {
  const results = report.results.filter((result) => result.id === id);
  const counting = results.filter(({ counts }) => counts);
  if (counting.length > 0)
    throw new SessionFinding(
      (await Promise.all(counting.map((result) => failureOf(result, report, again)))).join('\n\n'),
    );
  const left = results.filter(({ verdict }) => verdict !== 'pass');
  for (const result of left.filter(isWarning)) await context.annotate(saidOf(result), 'warning');
  const [first] = left;
  if (first !== undefined && left.length === results.length) context.skip(noteOf(first, report));
}

/** A failure that the policy lets pass, and no baseline. */
function isWarning({ verdict, standing }: Result): boolean {
  return verdict === 'fail' && standing !== 'expected';
}

/** Why a check is skipped. */
function noteOf(result: Result, report: Report): string {
  if (isWarning(result)) return `its failure does not count (${labelOf(result)}); see the annotation`;
  const excuse = excuseOf(result, report);
  const until = excuse === undefined ? '' : `known until ${excuse.expires}, ${visible(excuse.note)}; `;
  return `${until}${saidOf(result)}`;
}

function saidOf({ reason, verdict, message }: Result): string {
  return visible(`${reason ?? verdict}: ${message}`);
}

function decide({ gate, baseline = [] }: Report): void {
  if (gate.exit === 0) return;
  const broken = baseline.filter((entry) => !holds(entry));
  const lines = broken.map((entry) => `  ${entry.standing}  ${brokenWords(entry)}`);
  const entries = broken.length === 1 ? '1 entry' : `${broken.length} entries`;
  const more = broken.length === 0 ? [] : [`${entries} of the baseline:`, ...lines];
  throw new SessionFinding(visibleLines([gate.sentence, ...more]));
}

function visibleLines(lines: readonly string[]): string {
  return lines.map(visible).join('\n');
}

/** Its stack would show code of ours, where nothing is to be found: the message is all. */
class SessionFinding extends Error {
  override readonly name = 'sessionspec';

  constructor(message: string) {
    super(message);
    this.stack = '';
  }
}
