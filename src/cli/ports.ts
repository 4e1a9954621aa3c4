import type { Baseline } from '../model/baseline.js';
import type { Facts } from '../model/facts.js';
import type { Fleet } from '../model/fleet.js';
import type { Plan } from '../model/plan.js';
import type { Profile, ProfileName } from '../model/profile.js';
import type { Run } from '../model/report.js';
import type { RequirementKey } from '../model/requirement.js';
import type { RunOptions } from '../model/run.js';
import type { Check, Suite } from '../model/suite.js';
import type { MonitorName } from '../model/statement.js';
import type { RecordedRun } from '../report/read-run.js';
import type { Case, Mutant } from '../model/catalogue.js';
import type { Description } from '../model/description.js';
import type { ProfileDigest } from '../model/provenance.js';
import type { Io } from './output/io.js';
import type { Connect, Judging } from './options/request.js';
import type { Selected } from './options/select.js';
import type { Phrases as StepPhrases } from '../model/steps/kind.js';

/** What the commands use of the stages. */
export interface Engine {
  readonly builtIn: () => readonly Suite[];
  readonly profiles: () => readonly ProfileDigest[];
  readonly answers: (profile: ProfileName) => Profile['answers'];
  /** The user's suites, with their mistakes as text. */
  readonly read: (paths: readonly string[]) => Promise<{
    readonly suites: readonly Suite[];
    readonly problems: readonly string[];
  }>;
  /** A description of a target, or its mistakes as text. */
  readonly describe: (
    path: string,
    env: Io['env'],
  ) => Promise<{ readonly target?: Description; readonly problems: readonly string[] }>;
  /** A fleet with all that it names, or the mistakes in its files as text. */
  readonly fleet: (
    path: string,
    env: Io['env'],
  ) => Promise<{ readonly fleet?: Fleet; readonly problems: readonly string[] }>;
  /** The failures that are known, or the mistakes in their file as text; entries for other checks are mistakes where all ids are given. */
  readonly baseline: (
    path: string,
    ids?: readonly string[],
  ) => Promise<{ readonly baseline?: Baseline; readonly problems: readonly string[] }>;
  readonly mutants: () => readonly Mutant[];
  readonly cases: () => Promise<readonly Case[]>;
  readonly requirements: () => readonly RequirementKey[];
  readonly run: (selection: Selected, options: RunOptions) => Promise<Run>;
  /** What these checks rest on; everything where none are named. */
  readonly facts: (
    options: Connect & Pick<RunOptions, 'signal'>,
    checks?: readonly Check[],
  ) => Promise<FactsFound>;
  readonly plan: (checks: readonly Check[], facts: readonly Facts[]) => Plan;
  /** Judges recorded transcripts again; a check that is not among the suites is a Mistake. */
  readonly judge: (recorded: RecordedRun, examined: Selected, judging: Judging) => Run;
  /** The run that was recorded, with the verdicts of then. */
  readonly asJudged: (recorded: RecordedRun) => Run;
  readonly phrases: Phrases;
}

/** How the stages word what a suite demands. */
export interface Phrases extends StepPhrases {
  readonly watched: (holds: MonitorName) => string;
}

/** What discovery came to. */
export type FactsFound =
  /** `requests`: how many it took. */
  | { readonly kind: 'found'; readonly facts: readonly Facts[]; readonly requests: number }
  | { readonly kind: 'unusable'; readonly sentence: string };
