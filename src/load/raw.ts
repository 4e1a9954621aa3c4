import type { Json, Need } from '../model/facts.js';
import type { FailReason } from '../model/reason.js';
import type { Revision } from '../model/revision.js';
import type { Expectation, Grade, Outcome } from '../model/rule.js';
import type {
  AnalysisName,
  Change,
  Invariant,
  Made,
  Operation,
  Place,
  Requirement,
  Times,
} from '../model/suite.js';

/** A suite as it stands in its file, once the schema has accepted it. The types here say what `suites/schema/suite.json` says. */
export interface RawSuite {
  readonly suite: string;
  readonly title: string;
  readonly rank?: number;
  readonly revisions?: readonly Revision[];
  readonly shared?: Readonly<Record<string, readonly RawStep[]>>;
  readonly checks: readonly RawCheck[];
}

export interface RawCheck {
  readonly id: string;
  readonly title: string;
  readonly requirement: Omit<Requirement, 'keys'> & Partial<Pick<Requirement, 'keys'>>;
  readonly rev?: number;
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

export type RawOneSession =
  | string
  | {
      readonly of?: string;
      readonly changed?: Change;
      readonly made?: Made;
      readonly text?: string;
      readonly from?: string;
      readonly 'sent-by'?: string;
    };
export type RawSession =
  | RawOneSession
  | readonly RawOneSession[]
  | { readonly joined: string; readonly of: readonly RawOneSession[] };

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
  readonly at?: Place;
  readonly background?: true;
  readonly within?: number;
  readonly require?: RawExpectation;
  readonly judge?: RawJudge;
  readonly otherwise?: FailReason;
  readonly observe?: true;
  readonly control?: string;
  readonly record?: string;
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
    readonly for: 'event' | 'end' | 'answer';
    readonly within?: number;
    readonly require?: true;
    readonly judge?: { readonly came: boolean };
    readonly otherwise?: FailReason;
  }>;
  readonly quiet: Other<{ readonly quiet: string; readonly for: number; readonly otherwise?: FailReason }>;
  readonly idle: Other<{ readonly idle: number }>;
  readonly server: Other<{
    readonly server: Operation;
    readonly within?: number;
    readonly judge?: { readonly done: true };
    readonly otherwise?: FailReason;
  }>;
  readonly close: Other<{ readonly close: string }>;
  readonly analyse: Other<{
    readonly analyse: AnalysisName;
    readonly over: string;
    readonly judge: Readonly<Record<string, boolean | number>>;
    readonly otherwise: FailReason;
  }>;
  readonly use: { readonly use: string; readonly with?: Readonly<Record<string, unknown>> };
}

export type RawStep = RawByKind[keyof RawByKind];
