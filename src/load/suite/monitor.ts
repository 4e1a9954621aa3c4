import type { RawMonitor } from '../../model/raw-suite.js';
import { sessionRevisions } from '../../model/revision.js';
import type { Monitor } from '../../model/suite.js';
import { requirementOf } from '../catalogue/requirements.js';
import type { DocPath, Problem } from '../yaml/problem.js';
import type { FileContext } from './expand.js';
import { requirementProblems } from './rules/requirements.js';
import { idProblems } from './rules/names.js';

export interface LoadedMonitor {
  readonly monitor: Monitor;
  readonly problems: readonly Problem[];
}

/** One monitor, typed and examined. */
export function loadMonitor(raw: RawMonitor, at: DocPath, { suite }: FileContext): LoadedMonitor {
  const { id, title, requirement, harm = [], version = 1, tags = [], needs = [], holds } = raw;
  const monitor: Monitor = {
    id,
    suite: suite.suite,
    title,
    requirement: requirementOf(requirement),
    harm: harm === true ? [{ refused: [] }] : harm.map((reason) => ({ reasons: [reason], refused: [] })),
    version,
    revisions: raw.revisions ?? suite.revisions ?? sessionRevisions,
    tags,
    needs,
    holds,
  };
  return { monitor, problems: [...idProblems(monitor, at), ...requirementProblems(requirement, at)] };
}
