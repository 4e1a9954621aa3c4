import type { Json, Need } from '../../model/facts.js';
import type { FailReason } from '../../model/reason.js';
import type { Revision } from '../../model/revision.js';
import type { Expectation, Grade, Outcome } from '../../model/rule.js';
import type { Level } from '../../model/level.js';
import type {
  AnalysisName,
  Change,
  Invariant,
  GeneratedForm,
  Operation,
  Place,
  Times,
} from '../../model/suite.js';

/** A suite as it stands in its file, once the schema has accepted it. The types here say what `suites/schema/suite.json` says. */
export interface RawSuite {
  readonly suite: string;
  readonly title: string;
  readonly order?: number;
  readonly revisions?: readonly Revision[];
  readonly shared?: Readonly<Record<string, readonly RawStep[]>>;
  readonly checks: readonly RawCheck[];
}

export interface RawCheck {
  readonly id: string;
  readonly title: string;
  readonly requirement: RawRequirement;
  readonly harm?: true | readonly (FailReason | RawHarm)[];
  readonly version?: number;
  readonly revisions?: readonly Revision[];
  readonly tags?: readonly string[];
  readonly needs?: readonly Need[];
  readonly alone?: true;
  readonly steps: readonly RawStep[];
  readonly invariants?: readonly (Pick<Invariant, 'holds' | 'over'> & {
    readonly 'at-least'?: number;
    readonly 'too-few'?: Invariant['tooFew'];
  })[];
}

export interface RawRequirement {
  readonly keys?: readonly string[];
  readonly level?: Exclude<Level, 'none'> | 'house';
  readonly says?: string;
  readonly section?: string;
}

export interface RawHarm {
  readonly reasons?: readonly FailReason[];
  readonly step?: string;
  readonly 'where-refused'?: readonly string[];
}

export type RawOneSession =
  | string
  | {
      readonly actor?: string;
      readonly changed?: Change;
      readonly generated?: GeneratedForm;
      readonly text?: string;
      readonly 'named-by'?: string;
      readonly 'sent-by'?: string;
    };
export type RawSession =
  | RawOneSession
  | readonly RawOneSession[]
  | { readonly joined: string; readonly ids: readonly RawOneSession[] };

type Status = NonNullable<Expectation['status']>[number];
export type RawExpectation = Omit<Expectation, 'status'> & { readonly status?: Status | readonly Status[] };
export type RawGrade = Omit<Grade, 'if'> & { readonly if: RawExpectation; readonly then: Outcome };
export type RawJudge = RawExpectation | { readonly answer: string } | readonly RawGrade[];

/** The options of a request. */
export interface RawOptions {
  readonly as?: string;
  readonly session?: RawSession;
  readonly 'revision-header'?: string;
  readonly credentials?: 'none';
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly query?: string;
  readonly connection?: 'new';
  readonly node?: Place;
  readonly background?: true;
  readonly 'within-ms'?: number;
  readonly require?: RawExpectation;
  readonly judge?: RawJudge;
  readonly reason?: FailReason;
  readonly observe?: true;
  readonly control?: string;
  readonly group?: string;
}

interface RawCommon {
  readonly name?: string;
  readonly when?: readonly Need[];
}

type Request<T> = T & RawOptions & RawCommon;
type Other<T> = T & RawCommon;

/** One member for each kind, by the key that names it. */
export interface RawByKind {
  readonly open: Request<{
    readonly open: string | readonly string[];
    readonly revision?: Revision;
    readonly initialized?: false;
  }>;
  readonly send: Request<{
    readonly send: string;
    readonly params?: Json;
    readonly 'rpc-id'?: number | string;
    readonly nonce?: true;
    readonly abort?: true;
  }>;
  readonly notify: Request<{ readonly notify: string; readonly params?: Json }>;
  readonly post: Request<{ readonly post: Json }>;
  readonly listen: Request<{ readonly listen: string; readonly resume?: string }>;
  readonly delete: Request<{ readonly delete: string }>;
  readonly raw: Request<{ readonly raw: string }>;
  readonly parallel: Other<{ readonly parallel: readonly RawStep[] }>;
  readonly repeat: Other<{
    readonly repeat: Times;
    readonly concurrency?: number;
    readonly do: readonly RawStep[];
  }>;
  readonly await: Other<{
    readonly await: string;
    readonly until: 'event' | 'end' | 'answer';
    readonly 'within-ms'?: number;
    readonly require?: true;
    readonly judge?: { readonly came: boolean };
    readonly reason?: FailReason;
  }>;
  readonly quiet: Other<{ readonly quiet: string; readonly 'for-ms': number; readonly reason?: FailReason }>;
  readonly 'idle-timeouts': Other<{ readonly 'idle-timeouts': number }>;
  readonly process: Other<{
    readonly process: Operation;
    readonly 'within-ms'?: number;
    readonly judge?: { readonly done: true };
    readonly reason?: FailReason;
  }>;
  readonly close: Other<{ readonly close: string }>;
  readonly analyse: Other<{
    readonly analyse: AnalysisName;
    readonly over: string;
    readonly judge: Readonly<Record<string, boolean | number>>;
    readonly reason: FailReason;
  }>;
  readonly use: { readonly use: string; readonly with?: Readonly<Record<string, unknown>> };
}

export type RawStep = RawByKind[keyof RawByKind];
