import type { Closing, Ended } from './carrier.js';
import type { CountAt } from './count.js';
import type { Sent } from './framing.js';
import type { Reply } from './reply.js';
import type { RequestKind } from './profile.js';
import type { Revision } from './revision.js';
import type { Operation } from './suite.js';
import type { AnalysisName } from './analysis.js';

/** What a request asked for, as far as the judge must know. Session ids are pseudonyms such as `«session alice»`. */
export interface Asked {
  readonly kind: RequestKind;
  readonly method?: string;
  /** Sent by a client of 2026-07-28, which has no session whatever ids it carries. */
  readonly modern?: true;
  readonly rpcId?: number | string;
  readonly nonce?: string;
  /** The id of the request whose stream a GET resumes. */
  readonly resumes?: number | string;
  /** It answers this request of the server, which came to an actor. */
  readonly answers?: { readonly rpcId: number | string; readonly method: string; readonly of: string };
  /** It makes the server ask its client for something. */
  readonly asks?: true;
  /** Its session had not been used for as long as the target was said to keep an idle one. */
  readonly idle?: boolean;
  /** What the names in the expectations of the step stand for. */
  readonly values?: Readonly<Record<string, string>>;
  /** How the answer of a state probe is read; the `number` that a read gives counts the read itself. */
  readonly shows?: 'number' | 'number-with-read' | 'marks' | 'word';
  /** Where the number stands, in the answer to what reads it alone. */
  readonly count?: CountAt;
  /** What it is answered with depends on the data-layer session that it names or leaves out, not on the session whose id it carried. */
  readonly apart?: true;
  /** The words that had been written before, as far as the answer may show them: in the session of the request, and in others. */
  readonly wrote?: { readonly own: readonly string[]; readonly others: readonly string[] };
  /** It makes, or names, what an id names that stands in the request itself: no state of its session. */
  readonly handle?: true;
  /** Pseudonyms of the session ids that the request carried. */
  readonly session: readonly string[];
  /** Pseudonym of the actor's own session when it was sent. */
  readonly own?: string;
}

/** One request with what came back, including nothing. Secrets are masked, ids are pseudonyms. */
export interface Exchange {
  readonly kind: 'exchange';
  readonly seq: number;
  /** The step's place, with the iteration after `#` when it was repeated. */
  readonly step: string;
  readonly actor: string;
  /** Which of several nodes got it, from 0. */
  readonly node?: number;
  readonly group?: string;
  readonly asked: Asked;
  /** What went over the carrier. */
  readonly sent: Sent;
  /** Pseudonyms of the session ids in the header fields of the answer, in order. */
  readonly named: readonly string[];
  /** Pseudonyms of the sessions whose ids stand in the body of the answer. */
  readonly mentions: readonly string[];
  /** With everything that came until the check ended, for streams. */
  readonly reply: Reply;
  /** What came to the same request before, for which it was sent again: refusals for load, or the end of a kept connection. */
  readonly again?: readonly Reply[];
  /** Milliseconds of the clock that also stamps events; it begins with the process. */
  readonly startedMs: number;
  readonly settledMs: number;
  /** What a fresh client got right after this exchange stayed unanswered, was refused for load, or met a server error. */
  readonly afterwards?: Reply;
  /** How long that took. */
  readonly afterwardsMs?: number;
}

/** Whether something awaited came. */
export interface Awaited {
  readonly kind: 'awaited';
  readonly seq: number;
  readonly step: string;
  readonly stream: string;
  readonly came: boolean;
  readonly afterMs: number;
}

/** A window during which nothing should have come on a stream; the events themselves are in the stream's exchange. */
export interface Quiet {
  readonly kind: 'quiet';
  readonly seq: number;
  readonly step: string;
  readonly stream: string;
  readonly fromMs: number;
  readonly toMs: number;
}

export type Finds = Readonly<Record<string, boolean | number | string>>;

/** What an analyser found in ids before they were masked. */
export interface Finding {
  readonly kind: 'finding';
  readonly seq: number;
  readonly step: string;
  readonly analysis: AnalysisName;
  readonly samples: number;
  readonly finds: Finds;
}

/** What became of something that was done to the process of the target. */
export interface Operated {
  readonly kind: 'operated';
  readonly seq: number;
  readonly step: string;
  readonly does: Operation;
  /** By itself and in time. */
  readonly done: boolean;
  readonly afterMs: number;
}

/** The process of a client on stdio ended: before the client was done with it, or because it was. */
export interface Exited extends Ended {
  readonly kind: 'exited';
  readonly seq: number;
  /** Empty where it belongs to no step. */
  readonly step: string;
  readonly actor: string;
  /** Its client had closed its input: what it took besides to end it, and what it wrote that belongs to no request. */
  readonly closing?: Pick<Closing, 'needed' | 'afterMs' | 'lines'>;
}

/** A step that could not be done on this target without saying something else than meant. */
export interface Skipped {
  readonly kind: 'skipped';
  readonly seq: number;
  readonly step: string;
  readonly because: string;
  /** A value that it needs was in no answer, so the check cannot go on. */
  readonly missing?: true;
}

export type Entry = Exchange | Awaited | Quiet | Finding | Operated | Exited | Skipped;

/** All that a check saw, in order. `cut` says that the executor stopped early and at which step. */
export interface Transcript {
  readonly check: string;
  readonly revision: Revision;
  readonly entries: readonly Entry[];
  /** By pseudonym: which session of the run it is, counted in the order in which the target issued their ids. */
  readonly sessions?: Readonly<Record<string, number>>;
  readonly cut?: {
    readonly step: string;
    readonly because: 'setup' | 'silence' | 'target-lost' | 'interrupted' | 'budget';
    /** The target had been started for this check alone, so no other check can be the cause of its loss. */
    readonly alone?: true;
  };
  /** The target had been started for this check alone, and since then no client gets an answer: nothing can be asked again. */
  readonly lostAlone?: true;
  /** Earlier attempts of the same check, oldest first: what did not come is asked for again before it counts. */
  readonly earlier?: readonly Transcript[];
  /** Why it could not be asked for again, where it had to be. */
  readonly once?: 'budget' | 'interrupted' | 'stopped' | 'too-long';
}
