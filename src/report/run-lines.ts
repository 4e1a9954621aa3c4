import type { Baseline } from '../model/baseline.js';
import type { Facts } from '../model/facts.js';
import type { Gate, Policy } from '../model/gate.js';
import type { Incident } from '../model/incident.js';
import type { ProfileName } from '../model/profile.js';
import type { ProfileDigest, SuiteDigest } from '../model/provenance.js';
import type { Report, Result, Summary } from '../model/report.js';
import type { RunOptions } from '../model/run.js';
import type { Shard } from '../model/shard.js';
import type { Entry, Transcript } from '../model/transcript.js';

export const runFormat = 'sessionspec-run/3';

/** What is known before the first request: what a later judgement needs of the command line, and which suites it was. */
export interface RunHeader {
  readonly kind: 'header';
  readonly format: typeof runFormat;
  readonly tool: Report['tool'];
  readonly startedAt: string;
  readonly target: { readonly url: string };
  /** How the same target is reached again: the address as it was typed, and more words of the command line, without secrets. */
  readonly again?: { readonly url: string; readonly options: readonly string[] };
  readonly profile: ProfileName;
  readonly policy: Policy;
  /** The failures that were known. */
  readonly baseline?: Baseline;
  readonly seed: number;
  readonly revision: RunOptions['revision'];
  readonly timeScale: number;
  readonly suites: readonly SuiteDigest[];
  /** Absent in recordings of an older version. */
  readonly profiles?: readonly ProfileDigest[];
  /** Ids of the checks that were selected. */
  readonly checks: readonly string[];
  /** Ids of those that were at hand and not selected. */
  readonly leftOut: readonly string[];
  /** Which part of a larger selection it is, and the ids of the checks of that selection. */
  readonly shard?: Shard & { readonly whole: readonly string[] };
}

export interface RunFooter {
  readonly kind: 'footer';
  readonly durationMs: number;
  readonly exchanges: number;
  readonly summary: Summary;
  readonly gate: Gate;
  /** Digest of which checks were to run; absent where none was planned. */
  readonly plan?: string;
}

/** The lines of `run.ndjson`, in this order, but that an incident stands where it was noticed; a file without footer was cut off. */
export type RunLine =
  | RunHeader
  | { readonly kind: 'facts'; readonly facts: Facts }
  | { readonly kind: 'entry'; readonly check: string; readonly revision: string; readonly entry: Entry }
  | CheckLine
  | { readonly kind: 'incident'; readonly incident: Incident }
  | WitnessLine
  | RunFooter;

/** Closes a witness, whose entries stand above under its id. */
export interface WitnessLine extends Closing {
  readonly kind: 'witness';
  readonly witness: string;
  readonly revision: Transcript['revision'];
}

/** Closes a check: all entries of it stand above. */
export interface CheckLine {
  readonly kind: 'check';
  readonly result: Result;
  /** Absent where there is none, because nothing was sent. */
  readonly transcript?: Closing & {
    /** Those of earlier attempts, oldest first; their entries stand before. */
    readonly earlier?: readonly Closing[];
    readonly once?: NonNullable<Transcript['once']>;
  };
}

/** What a transcript has besides its entries. */
export interface Closing extends Pick<Transcript, 'cut' | 'sessions'> {
  readonly entries: number;
}
