import type { Description } from './description.js';
import type { Finding } from './finding.js';
import type { ExitCode } from './gate.js';
import type { ProfileName } from './profile.js';
import type { ShownVerdict } from './report.js';
import type { Revision } from './revision.js';

/** A server among many that are examined together. */
export interface FleetTarget {
  readonly name: string;
  readonly title: string;
  /** What it is a release, or a wiring, of. */
  readonly implementation: string;
  readonly version?: string;
  readonly language?: string;
  readonly source?: string;
  readonly description: Description;
  /** Where its commands run. */
  readonly folder: string;
  /** Commands that must be on PATH. */
  readonly needs: readonly string[];
  readonly build?: string;
  /** Checks, by id or with `*`, whose verdict may differ between runs, each with the reason. */
  readonly unsteady: Readonly<Record<string, string>>;
}

export interface Fleet {
  readonly title: string;
  readonly targets: readonly FleetTarget[];
  /** The folder with what was found before. */
  readonly records?: string;
  readonly profile?: ProfileName;
  /** How long one target may take. */
  readonly minutesMax: number;
}

/** One target to be examined. Jobs of the same digest come to the same. */
export interface Job {
  readonly target: string;
  readonly digest: string;
}

/** What came of a job. */
export type Outcome = Job & (Examined | Poisoned | Skipped);

export interface Examined {
  readonly kind: 'examined';
  readonly record: TargetRecord;
  readonly tookMs: number;
}

/** It did not come to a report; the others go on. */
export interface Poisoned {
  readonly kind: 'failed';
  /** `inside`: by an error of ours. */
  readonly at: 'build' | 'start' | 'run' | 'inside';
  readonly says: string;
}

/** A command that it needs is missing. */
export interface Skipped {
  readonly kind: 'skipped';
  readonly says: string;
}

/** What was found about one target, without what differs from run to run. */
export interface TargetRecord {
  readonly format: 'sessionspec-record/1';
  readonly target: string;
  readonly server: { readonly name?: string; readonly version?: string };
  readonly profile: ProfileName;
  readonly revisions: readonly Revision[];
  readonly gate: { readonly exit: ExitCode; readonly sentence: string };
  readonly findings: readonly RecordedFinding[];
  /** The ids of checks and monitors by revision and by what they came to. */
  readonly checks: Readonly<
    Partial<Record<Revision, Readonly<Partial<Record<ShownVerdict, readonly string[]>>>>>
  >;
}

export interface RecordedFinding extends Pick<
  Finding,
  'id' | 'title' | 'level' | 'source' | 'reason' | 'counts'
> {
  readonly keys: readonly string[];
  readonly says: string;
  readonly link?: string;
  readonly checks: readonly string[];
}
