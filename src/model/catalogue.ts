import type { ExitCode } from './gate.js';
import type { Profile, ProfileName } from './profile.js';
import type { RequirementKey } from './requirement.js';
import type { Suite } from './suite.js';
import type { DescribedTools } from './request.js';
import type { Revision } from './revision.js';
import type { Witness } from './witness.js';

/** What comes with the package. */
export interface Catalogue {
  readonly suites: readonly Suite[];
  readonly profiles: Readonly<Record<ProfileName, Profile>>;
  readonly mutants: readonly Mutant[];
  readonly requirements: readonly RequirementKey[];
  readonly witnesses: readonly Witness[];
}

/** A server with one defect, and the checks that catch it. */
export interface Mutant {
  readonly name: string;
  readonly does: string;
  readonly kills: readonly string[];
  /** The fixture whose decisions it changes, where that is not the reference. */
  readonly of?: string;
  /** What it decides otherwise, where a command is to say it. */
  readonly change?: Readonly<Record<string, string>>;
  /** The monitors that catch it where all checks share one server, as they do in the run that people make. */
  readonly monitors?: readonly string[];
  /** What is otherwise in the run that people make than where each check has a server of its own. */
  readonly defaultRun?: {
    /** What may fail besides, there or alone: a consequence that no finding folds yet, or a matter of chance. */
    readonly besides?: readonly string[];
    /** Why none of those sees it, or not each time. */
    readonly unseen?: string;
  };
  /** The profile that sees the defect; `spec` where none is named. */
  readonly profile?: ProfileName;
  /** What a run needs besides for the defect to be seen. */
  readonly with?: {
    readonly revision?: Revision;
    /** Clients with credentials of their own; the first one's serve clients that have none. */
    readonly principals?: readonly string[];
    /** All that an operator can do, and a second node. */
    readonly operator?: true;
    readonly described?: DescribedTools;
    readonly replicas?: true;
    readonly idleTimeoutMs?: number;
    /** Less patience where much silence is waited for. */
    readonly timeScale?: number;
  };
}

/** A small server, and the verdict that a run of it must give. */
export interface Case {
  readonly name: string;
  /** The folder of fixtures that serves it. */
  readonly servedBy: 'cases' | 'strangers';
  readonly does: string;
  /** The exit codes that are right. */
  readonly exits: readonly ExitCode[];
  /** Ids of what must fail; `suite.*` means at least one of that suite. */
  readonly fails: readonly string[];
  /** What may fail besides, written alike. */
  readonly mayFail: readonly string[];
  /** Why the verdict is not right yet. */
  readonly todo?: string;
  readonly described?: DescribedTools;
}

/** The fixtures that have mutants, beside the reference. */
export function fixturesOf(mutants: readonly Mutant[]): readonly string[] {
  return [...new Set(mutants.flatMap(({ of }) => of ?? []))];
}

/** Whether a check or a monitor catches the mutant. */
export function isKilledBy({ kills, monitors = [] }: Mutant, id: string): boolean {
  return kills.includes(id) || monitors.includes(id);
}
