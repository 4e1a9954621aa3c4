import type { Facts } from './facts.js';
import type { Gate } from './gate.js';
import type { Level } from './level.js';
import type { ProfileName } from './profile.js';
import type { Revision } from './revision.js';
import type { Requirement } from './suite.js';
import type { Transcript } from './transcript.js';
import type { Evidence, Judgement, VerdictKind } from './verdict.js';

/** One check at one revision, judged. */
export interface Result {
  readonly id: string;
  readonly suite: string;
  readonly title: string;
  readonly revision: Revision;
  readonly requirement: Requirement;
  /** Whole address of the requirement at this revision. */
  readonly link: string;
  readonly tags: readonly string[];
  readonly version: number;
  /** What the selected profile says. */
  readonly level: Level;
  readonly verdict: VerdictKind;
  /** A reason code; absent on a pass. */
  readonly reason?: string;
  readonly message: string;
  readonly profiles: Readonly<Record<ProfileName, VerdictKind>>;
  readonly judgements: Readonly<Record<ProfileName, Judgement>>;
  readonly evidence: readonly Evidence[];
  /** False when no mutant shows that the check can fail. */
  readonly proven: boolean;
  readonly durationMs: number;
}

/** The target answered nobody any more. */
export interface Outage {
  /** Ids of the checks that were under way, and of the one that had ended last. */
  readonly suspects: readonly string[];
}

export type Summary = Readonly<Record<VerdictKind, number>>;

/** What a run says; `report.json` is this. */
export interface Report {
  readonly format: 'sessionspec-report/1';
  readonly tool: { readonly name: 'sessionspec'; readonly version: string; readonly node: string };
  readonly target: { readonly url: string; readonly name?: string; readonly version?: string };
  readonly startedAt: string;
  readonly durationMs: number;
  readonly profile: ProfileName;
  readonly seed: number;
  readonly revisions: readonly Revision[];
  readonly facts: readonly Facts[];
  readonly gate: Gate;
  /** Results by verdict, under the selected profile. */
  readonly summary: Summary;
  /** Exchanges and bytes that the run caused. */
  readonly traffic: { readonly exchanges: number };
  /** In the order in which they were noticed; the target was started anew after each where it could be. */
  readonly outages: readonly Outage[];
  readonly results: readonly Result[];
}

/** What `run` gives back: the report, and the transcripts it rests on. */
export interface Run {
  readonly report: Report;
  readonly transcripts: readonly Transcript[];
}
