import type { JudgedEntry } from './baseline.js';
import type { Facts } from './facts.js';
import type { Need } from './need.js';
import type { Finding } from './finding.js';
import type { Gate, Policy, Weighed } from './gate.js';
import type { Incident } from './incident.js';
import type { ProfileName } from './profile.js';
import type { Provenance } from './provenance.js';
import type { Demand } from './requirement.js';
import type { Revision } from './revision.js';
import type { Shard } from './shard.js';
import type { Transcript } from './transcript.js';
import type { Evidence, VerdictKind } from './verdict.js';

/** One check at one revision, judged; what it weighs, and its verdict, are what the selected profile says. */
export interface Result extends Weighed {
  readonly id: string;
  readonly suite: string;
  readonly title: string;
  readonly revision: Revision;
  /** What the selected profile demands: the requirement of the check, or what the profile's own answers stand for. */
  readonly requirement: Demand;
  /** Whole address of the requirement at this revision, if a text has it. */
  readonly link?: string;
  readonly tags: readonly string[];
  readonly version: number;
  readonly message: string;
  /** What is missing, where a check is not applicable for want of a fact. */
  readonly need?: Need;
  /** True where the gate counts it: a failure that makes the target not conformant, or a doubt that leaves the run undecided. */
  readonly counts: boolean;
  /** How a failure relates to those that were known before; a pass has one where it was known to fail. */
  readonly standing?: Standing;
  readonly profiles: Readonly<Record<ProfileName, ProfileVerdict>>;
  readonly evidence: readonly Evidence[];
  /** False when no mutant shows that the check can fail. */
  readonly proven: boolean;
  readonly durationMs: number;
}

/** What one profile says of a check, in short; the selected one is written out in the result. */
export interface ProfileVerdict extends Weighed {
  readonly counts: boolean;
}

/**
 * How a failure relates to the failures that were known before. Without a baseline each is unexpected. An expected one does not count;
 * one that fails otherwise than it was known to, or whose entry has expired, does. `stale` is a pass that was known to fail.
 */
export const standings = ['unexpected', 'expected', 'changed', 'expired', 'stale'] as const;
export type Standing = (typeof standings)[number];

/** What a reader is shown of a verdict: a failure that does not count is a warning. */
export type ShownVerdict = VerdictKind | 'warning';
export const shownVerdicts = [
  'pass',
  'fail',
  'warning',
  'inconclusive',
  'not-applicable',
  'not-run',
] as const satisfies readonly ShownVerdict[];

export function shownVerdictOf({
  verdict,
  counts,
}: Pick<ProfileVerdict, 'verdict' | 'counts'>): ShownVerdict {
  return verdict === 'fail' && !counts ? 'warning' : verdict;
}

/** How many results had which outcome under the selected profile. */
export type Summary = Readonly<Record<ShownVerdict, number>>;

/** Which of the checks at hand were selected. */
export interface Selection {
  readonly selected: number;
  readonly of: number;
  /** Ids of those that were not. */
  readonly leftOut: readonly string[];
  /** The run had one part of a larger selection. */
  readonly shard?: Shard;
}

/** What a run says; `report.json` is this. */
export interface Report {
  readonly format: 'sessionspec-report/3';
  readonly tool: { readonly name: 'sessionspec'; readonly version: string; readonly node: string };
  readonly target: { readonly url: string; readonly name?: string; readonly version?: string };
  readonly startedAt: string;
  readonly durationMs: number;
  readonly profile: ProfileName;
  readonly seed: number;
  readonly revisions: readonly Revision[];
  readonly facts: readonly Facts[];
  readonly policy: Policy;
  readonly selection: Selection;
  readonly gate: Gate;
  readonly summary: Summary;
  /** The baseline, entry by entry, where the run was compared with one. */
  readonly baseline?: readonly JudgedEntry[];
  /** Requests that the run sent. */
  readonly traffic: { readonly exchanges: number };
  /** In the order in which they were noticed. */
  readonly incidents: readonly Incident[];
  /** The failures by their causes, the weightiest first. */
  readonly findings: readonly Finding[];
  readonly results: readonly Result[];
  /** Absent where nothing was recorded. */
  readonly provenance?: Provenance;
}

/** What `run` gives back: the report, and the transcripts it rests on. */
export interface Run {
  readonly report: Report;
  readonly transcripts: readonly Transcript[];
}
