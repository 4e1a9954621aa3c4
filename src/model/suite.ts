import type { AnalysisName } from './analysis.js';
import type { ClientCapability } from './client-capabilities.js';
import type { Json } from './request.js';
import type { Need } from './need.js';
import type { HandleChoice } from './handle.js';
import type { Weight } from './level.js';
import type { FailReason } from './reason.js';
import type { Demand } from './requirement.js';
import type { Revision } from './revision.js';
import type { Expectation, Rule } from './rule.js';
import type { SessionChoice } from './session-choice.js';
import type { InvariantName, MonitorName } from './statement.js';
import type { ValuePath } from './value-path.js';

/** One YAML file: one area of session behaviour. */
export interface Suite {
  readonly suite: string;
  readonly title: string;
  /** Suites run and are listed by order, lowest first. */
  readonly order: number;
  readonly checks: readonly Check[];
  readonly monitors: readonly Monitor[];
}

/** What checks and monitors have in common: a demand, and what a failure weighs. */
export interface Examined {
  /** Stable: `suite.name`. */
  readonly id: string;
  readonly suite: string;
  readonly title: string;
  readonly requirement: Requirement;
  /** Which of its failures count at every level; one that fits is enough. */
  readonly harm: readonly Harm[];
  /** Raised when a verdict for the same transcript changes on purpose. */
  readonly version: number;
  readonly revisions: readonly Revision[];
  readonly tags: readonly string[];
  readonly needs: readonly Need[];
}

/** One requirement, examined by steps of its own. */
export interface Check extends Examined {
  readonly steps: readonly Step[];
  readonly invariants: readonly Invariant[];
  /** Runs while no other check does. */
  readonly alone: boolean;
}

/** One requirement that all exchanges of a run must meet, whichever check was running. */
export interface Monitor extends Examined {
  readonly holds: MonitorName;
}

/** What a check demands, and what a failure weighs in each revision. */
export interface Requirement extends Demand {
  readonly weights: Readonly<Record<Revision, Weight>>;
}

/** Failures that show harm: all that is given holds of them. */
export interface Harm {
  readonly reasons?: readonly FailReason[];
  /** The name of the step that failed. */
  readonly step?: string;
  /** Names of steps that were refused. */
  readonly refused: readonly string[];
}

/** A node of the target: the one that the run was pointed at, another one, or each in turn. */
export type Place = 'first' | 'other' | 'next';

/** How often; `burst` stands for what `--burst` says. */
export type Times = number | 'burst';

export function timesOf({ times }: { readonly times: Times }, { burst }: { readonly burst: number }): number {
  return times === 'burst' ? burst : times;
}

/** Fields of every step. */
export interface Common {
  /** Place in the check, such as `2` or `2.do.0`. */
  readonly path: string;
  /** By which controls, streams and evidence refer to it. */
  readonly name?: string;
  /** The step is left out where a fact is missing. */
  readonly when: readonly Need[];
}

/** Fields of a step that makes one exchange. */
export interface Exchanging extends Common {
  readonly as: string;
  readonly session: SessionChoice;
  /** The revision header: the negotiated one, none, or a literal. */
  readonly revisionHeader:
    { readonly kind: 'negotiated' | 'none' } | { readonly kind: 'text'; readonly text: string };
  /** Added; one that the harness sends itself is replaced, `null` removes it. */
  readonly headers: Readonly<Record<string, string | null>>;
  /** What is put into `_meta`, `null` takes out; `none`: there is none. */
  readonly meta?: 'none' | Readonly<Record<string, Json>>;
  /** Without the header fields that were given for principals. */
  readonly credentials?: 'none';
  /** The actor whose cookies it carries. */
  readonly cookies?: string;
  /** Appended to the target's URL as its query string. */
  readonly query?: string;
  /** Which node of the target gets it; where the actor opened its session if absent. */
  readonly node?: Place;
  /** `new`: on a connection of its own; `of`: on the one that another actor keeps. */
  readonly connection: 'kept' | 'new' | { readonly of: string };
  readonly deadlineMs: number;
  /** Goes on while the next steps run; `await` waits for it. */
  readonly background: boolean;
  readonly require?: Expectation;
  readonly judge?: Rule;
  readonly observe: boolean;
  /** The step whose success shows that the judged refusal is about the one thing that differs. */
  readonly control?: string;
  /** Adds the exchange to a named group for invariants and analyses. */
  readonly group?: string;
  /** What later steps use under these names. */
  readonly save?: Readonly<Record<string, ValuePath>>;
}

/** Each kind of step with its own fields. What else is known of a kind is its entry in `model/steps`. */
export interface StepByKind {
  readonly open: Exchanging & {
    readonly kind: 'open';
    /** `other`: the oldest that the target negotiates besides that of the run. */
    readonly revision?: Revision | 'other';
    readonly initialized: boolean;
    /** What its client declares that it can be asked for. */
    readonly declares: readonly ClientCapability[];
  };
  /** Answers what the server has asked the client of an actor for. */
  readonly answer: Exchanging & { readonly kind: 'answer'; readonly asked: string };
  readonly send: Exchanging & {
    readonly kind: 'send';
    /** A JSON-RPC method, or `probe.echo` and its like. */
    readonly method: string;
    readonly params?: Json;
    readonly rpcId?: number | string;
    /** The id that takes the place of `${handle}` in a probe. */
    readonly handle?: HandleChoice;
    /** Asks for progress under this token, and not under the one of the probe. */
    readonly progressToken?: string;
    readonly nonce: boolean;
    /** So many calls may be carried out before this one. */
    readonly afterCalls?: number;
    readonly abort: 'no' | 'when-sent' | 'in-head' | 'in-body';
  };
  readonly notify: Exchanging & { readonly kind: 'notify'; readonly method: string; readonly params?: Json };
  /** A body as it stands: a batch, a response, or text that is no JSON. */
  readonly post: Exchanging & { readonly kind: 'post'; readonly body: string };
  readonly listen: Exchanging & {
    readonly kind: 'listen';
    /** Goes on behind an event of a named step's stream. */
    readonly resume?: string;
    readonly behind?: 'first' | 'middle';
  };
  readonly delete: Exchanging & { readonly kind: 'delete' };
  readonly raw: Exchanging & { readonly kind: 'raw'; readonly text: string };
  readonly parallel: Common & { readonly kind: 'parallel'; readonly steps: readonly Step[] };
  readonly repeat: Common & {
    readonly kind: 'repeat';
    readonly times: Times;
    readonly concurrency: number;
    readonly steps: readonly Step[];
  };
  /** Waits for an event or the end of a named exchange that is still open. */
  readonly await: Common & {
    readonly kind: 'await';
    readonly stream: string;
    readonly until: 'event' | 'end' | 'answer' | 'request';
    readonly withinMs: number;
    readonly require?: boolean;
    readonly judge?: { readonly came: boolean; readonly reason: FailReason };
  };
  /** Watches an open stream for a while. Silence only counts when something comes on the same stream later (the fence). */
  readonly quiet: Common & {
    readonly kind: 'quiet';
    readonly stream: string;
    readonly forMs: number;
    readonly reason: FailReason;
  };
  /** Waits, and lets the target do what it does by itself. */
  readonly 'pause-ms': Common & { readonly kind: 'pause-ms'; readonly forMs: number };
  /** Waits for that many times the idle timeout that the target was said to have. */
  readonly 'idle-timeouts': Common & { readonly kind: 'idle-timeouts'; readonly times: number };
  /** Does something to the process of the target. */
  readonly process: Common & {
    readonly kind: 'process';
    readonly does: Operation;
    readonly withinMs: number;
    readonly judge?: { readonly reason: FailReason };
  };
  /** Closes the input of an actor's process, which is then to end. */
  readonly 'end-input': Common & {
    readonly kind: 'end-input';
    readonly as: string;
    readonly withinMs: number;
    readonly judge?: { readonly reason: FailReason };
  };
  /** Drops a named exchange that is still open. */
  readonly close: Common & { readonly kind: 'close'; readonly target: string };
  readonly analyse: Common & {
    readonly kind: 'analyse';
    readonly analysis: AnalysisName;
    readonly over: string;
    /** Where the ids stand in the answers of the group; as session ids of the transport if absent. */
    readonly value?: ValuePath;
    readonly judge: {
      readonly finds: Readonly<Record<string, boolean | number>>;
      readonly reason: FailReason;
    };
  };
}

export type StepKind = keyof StepByKind;
export type Step<K extends StepKind = StepKind> = StepByKind[K];
export type ExchangeStep = Extract<Step, Exchanging>;

/** What an operator does to a process: asks it to end, ends it, starts it at the same address. */
export type Operation = 'stop' | 'kill' | 'start';

/** A pure statement about all recorded exchanges under a name; `tooFew` says what fewer than `atLeast` amount to. */
export interface Invariant {
  readonly path: string;
  readonly holds: InvariantName;
  readonly over: string;
  readonly atLeast: number;
  readonly tooFew: 'unclear' | 'unspecified';
}
