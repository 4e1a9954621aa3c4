import * as fc from 'fast-check';
import type { Policy } from '../model/gate.js';
import { levels, sources } from '../model/level.js';
import { profileNames } from '../model/profile.js';
import { failReasons, inconclusiveReasons, notApplicableReasons, notRunReasons } from '../model/reason.js';
import type { Result, Run } from '../model/report.js';
import { revisions, type Revision } from '../model/revision.js';
import type { Verdict } from '../model/verdict.js';
import { assembledRun, hostileTexts, keysOf } from './runs.js';
import { sampleResult } from './sample.js';

/** Any run, with any text where a server or the author of a suite may have written it. */
export function arbitraryReported(): fc.Arbitrary<Run> {
  const text = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary', maxLength: 30 }));
  const policy: fc.Arbitrary<Policy> = fc.record({
    failOn: fc.constantFrom('must', 'should', 'any'),
    inconclusive: fc.constantFrom('fail', 'warn'),
    judgedMin: fc.constant(1),
  });
  const own = fc.subarray([...revisions], { minLength: 1, maxLength: 2 });
  return fc
    .record({ policy, own, interrupted: fc.boolean(), text, profile: fc.constantFrom(...profileNames) })
    .chain(({ own: dates, ...told }) =>
      fc.array(arbitraryResult(text, dates, told.policy), { maxLength: 12 }).map((made) => {
        // One check, one result at each revision.
        const results = made.filter(
          ({ id, revision }, i) =>
            made.findIndex((other) => other.id === id && other.revision === revision) === i,
        );
        return assembledRun(results, { ...told, revisions: dates });
      }),
    );
}

function arbitraryResult(
  text: fc.Arbitrary<string>,
  dates: readonly Revision[],
  policy: Policy,
): fc.Arbitrary<Result> {
  const seen = fc.record({
    step: fc.constant('1'),
    entries: fc.constant([]),
    sent: text,
    acceptable: text,
    came: text,
  });
  const verdict: fc.Arbitrary<Verdict> = fc.oneof(
    fc.record({ kind: fc.constant('pass' as const), evidence: fc.tuple(seen) }),
    fc.record({
      kind: fc.constant('fail' as const),
      reason: fc.constantFrom(...keysOf(failReasons)),
      evidence: fc.tuple(seen),
    }),
    fc.record({
      kind: fc.constant('inconclusive' as const),
      reason: fc.constantFrom(...keysOf(inconclusiveReasons)),
      evidence: fc.array(seen, { maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constant('not-applicable' as const),
      reason: fc.constantFrom(...keysOf(notApplicableReasons)),
      evidence: fc.constant([]),
    }),
    fc.record({ kind: fc.constant('not-run' as const), reason: fc.constantFrom(...keysOf(notRunReasons)) }),
  );
  return fc
    .record({
      verdict,
      name: fc.tuple(fc.constantFrom('issuance', 'reuse', 'monitors'), fc.stringMatching(/^[a-z]{1,2}$/)),
      revision: fc.constantFrom(...dates),
      title: text,
      message: text,
      level: fc.constantFrom(...levels),
      source: fc.constantFrom(...sources),
      durationMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
      key: fc.constantFrom('SM.404', 'SB.BIND', undefined),
    })
    .map(({ verdict: made, name: [suite, name], key, ...changes }) =>
      sampleResult(made, {
        ...changes,
        policy,
        suite,
        id: `${suite}.${name}`,
        requirement: { keys: key === undefined ? [] : [key], says: changes.title },
      }),
    );
}
