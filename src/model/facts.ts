import type { MirroredArgument } from './mirrored.js';
import type { CompanyStop } from './company.js';
import type { DataProbe, DataSessions } from './data-session.js';
import type { FactName } from './fact-name.js';
import type { HandleKind, HandleProbe } from './handle.js';
import type { Need } from './need.js';
import type { Probe, StateProbe, UpdateProbe } from './request.js';
import type { Revision } from './revision.js';

/** How long a slow probe is asked to take. */
export const slowMs = 400;

/** What a server tells a client of its own accord. */
export const messageKinds = ['progress', 'log', 'update', 'list-changed', 'other'] as const;
export type MessageKind = (typeof messageKinds)[number];

export type ReplyForm = 'json' | 'sse';

/** What each kind of client meets: one without sessions, which asks server/discover first, and one that begins with initialize. */
export interface Eras {
  readonly modern: Met;
  readonly legacy: Met & {
    /** To whom begins with initialize. */
    readonly issuesIds: boolean;
  };
}

interface Met {
  readonly served: boolean;
  /** In a few words. */
  readonly seen: string;
}

/** Found out about the target before the checks, for one revision. What was not asked is absent. */
export interface Facts {
  readonly revision: Revision;
  /** Where messages do not travel over HTTP. */
  readonly carrier?: 'stdio';
  /** Questions that nothing in the run needed, where there are any. */
  readonly notAsked?: readonly FactName[];
  /** All revisions the target negotiates, newest first. */
  readonly negotiates?: readonly Revision[];
  /** Whether it serves clients without sessions, and clients that begin with initialize. */
  readonly eras?: Eras;
  /** Sessions in the data layer that the target announces, beside those of its transport. */
  readonly dataSessions?: DataSessions;
  readonly server: { readonly name: string; readonly version: string };
  readonly capabilities: readonly string[];
  /** Names as listed; at most 200. */
  readonly tools?: readonly string[];
  /** Which arguments of calls a client of 2026-07-28 repeats in header fields, by the names of tools. */
  readonly mirrored?: Readonly<Record<string, readonly MirroredArgument[]>>;
  /** Requests that any client may send and that were served, by the needs that they meet. */
  readonly serves?: readonly Need[];
  /** How the plain request is answered. */
  readonly replies: ReplyForm;
  /** The same of other requests that were sent, where it is another form. */
  readonly otherReplies?: Readonly<Partial<Record<'calls' | 'lists', ReplyForm>>>;
  readonly delete: { readonly offered: boolean; readonly seen: string };
  /** A batch is not refused in a session of 2025-03-26. */
  readonly batches?: boolean;
  /** Where the messages of `probes.notify` came: on the stream of a GET, with the answer where no such stream was open, or on both. */
  readonly notices?: 'get' | 'post' | 'both' | 'nowhere';
  /** What kind of messages they were, and whether they repeat a word of the request. */
  readonly messages?: { readonly kinds: readonly MessageKind[]; readonly repeats: boolean };
  /** What the server asks a client that declares all that it can be asked for: the methods, where `probes.ask` makes it come, and whether its result repeats the answer. */
  readonly asks?: {
    readonly methods: readonly string[];
    readonly on?: 'get' | 'post';
    readonly shown?: true;
  };
  /** Tools that discovery did not call, by the reason. */
  readonly leftOut?: Readonly<Record<string, readonly string[]>>;
  /** Events of the stream on a POST or a GET carry ids. */
  readonly eventIds?: boolean;
  /** Those of a stream that answers a POST do. */
  readonly replyIds: boolean;
  /** `late`: the head of the stream comes with its first event, or with the end of its session where it is not `offered`. */
  readonly get?: { readonly offered: boolean; readonly seen: string; readonly late?: true };
  readonly withoutId?: { readonly refused: boolean; readonly seen: string };
  /** What three in four answers to plain questions stayed within, in milliseconds; deadlines grow with it. */
  readonly latencyMs: number;
  /** How many of the requests in one session were served that each came on a connection of its own. */
  readonly affinity?: { readonly served: number; readonly asked: number };
  /** Whether another node, if one was given, serves the sessions of the first. */
  readonly sharesSessions?: boolean;
  readonly issuesIds: boolean;
  /** The run keeps to its own sessions and calls no tool, so no probe calls one either. */
  readonly readOnly?: true;
  /** Requests are sent at a given pace, so that none overlaps another. */
  readonly paced?: true;
  /** How many sessions a burst opens, as the run was configured. */
  readonly burst: number;
  /** A client was still served, and told what it caused, after others had opened sessions and ended theirs. Where not, checks run one after the other. */
  readonly severalClients?: boolean;
  /** How many of the sessions that discovery had open at once were served, and what keeps it from more. */
  readonly company?: { readonly sessions: number; readonly stops?: CompanyStop };
  readonly probes: {
    readonly plain: Probe;
    readonly echo?: Probe;
    readonly state?: StateProbe;
    /** The same where the reading shows which words were written; often it is the same pair. */
    readonly words?: StateProbe;
    readonly identity?: Probe;
    /** A call of which an argument stands in a header field as well. */
    readonly mirrored?: Probe;
    /** Makes the server send a message to the session of the caller, which repeats the nonce where `messages.repeats`. */
    readonly notify?: Probe;
    /** The same on a GET stream of the caller, whatever it says. */
    readonly push?: Probe;
    /** Makes a message come on a GET stream, of the caller or of another session, that repeats no word of the request. */
    readonly wordless?: Probe;
    /** Makes a log message come to the caller, with the answer or on its GET stream; there it repeats the nonce. */
    readonly log?: Probe;
    /** Makes the server ask its client for something. */
    readonly ask?: Probe;
    /** It is answered by a stream, one with ids where there are any. */
    readonly streamed?: Probe;
    /** Subscribes to a resource. */
    readonly subscribe?: Probe;
    readonly update?: UpdateProbe;
    /** Makes a change that a subscription of a client without a session hears. */
    readonly change?: Probe;
    /** Asks its client for something by its result, where the client offers that. */
    readonly input?: Probe;
    /** Takes about `slowMs` to answer. */
    readonly slow?: Probe;
    readonly data?: DataProbe;
  } & { readonly [K in HandleKind]?: HandleProbe };
  /** Why tools that were tried are not there, in their own words, by the needs that they would have met. */
  readonly refusals?: Readonly<Partial<Record<Need, string>>>;
  /** Which needs are met. */
  readonly needsMet: readonly Need[];
}
