import type { Profile } from '../../model/profile.js';
import { sessionRevisions } from '../../model/revision.js';
import type { Check, Harm } from '../../model/suite.js';
import { build, flat, type Placed } from './build.js';
import { expand, type FileContext } from './expand.js';
import type { DocPath, Problem } from '../yaml/problem.js';
import { given } from '../given.js';
import type { RawCheck, RawSuite } from '../../model/raw-suite.js';
import { requirementOf } from '../catalogue/requirements.js';
import { checkRules, stepRules } from './rules/index.js';

export interface LoadedCheck {
  readonly check: Check;
  readonly problems: readonly Problem[];
}

/** One check, typed and examined. */
export function loadCheck(
  raw: RawCheck,
  at: DocPath,
  file: FileContext,
  profiles: readonly Profile[],
): LoadedCheck {
  const { sites, problems, complete } = expand(raw.steps, [...at, 'steps'], file);
  const steps = build(sites);
  const check = checkOf(raw, file.suite, steps);
  const source = { check, raw, at, steps: flat(steps), profiles };
  const rules = complete ? [...stepRules, ...checkRules] : stepRules;
  return { check, problems: [...problems, ...rules.flatMap((rule) => rule(source))] };
}

function checkOf(raw: RawCheck, suite: RawSuite, steps: readonly Placed[]): Check {
  const { id, title, requirement, version = 1, tags = [], needs = [], alone = false, invariants = [] } = raw;
  return {
    id,
    suite: suite.suite,
    title,
    requirement: requirementOf(requirement),
    harm: readHarm(raw),
    version,
    revisions: raw.revisions ?? suite.revisions ?? sessionRevisions,
    tags,
    needs,
    alone,
    steps: steps.map(({ step }) => step),
    invariants: invariants.map(
      ({ holds, over, 'at-least': atLeast = 1, 'too-few': tooFew = 'unclear' }, index) => ({
        path: `invariants.${index}`,
        holds,
        over,
        atLeast,
        tooFew,
      }),
    ),
  };
}

function readHarm({ harm = [] }: RawCheck): readonly Harm[] {
  if (harm === true) return [{ refused: [] }];
  return harm.map((entry) =>
    typeof entry === 'string'
      ? { reasons: [entry], refused: [] }
      : {
          ...given({ reasons: entry.reasons, step: entry.step }),
          refused: entry['where-refused'] ?? [],
        },
  );
}
