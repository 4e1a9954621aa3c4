import type { CompanyStop } from './company.js';
import type { DataProbe, DataSessions } from './data-session.js';
import type { FactName } from './fact-name.js';
import type { HandleKind, HandleProbe } from './handle.js';
import type { Probe, StateProbe, UpdateProbe } from './request.js';
import type { Revision } from './revision.js';

export type { DescribedTools, Json, Probe, StateProbe, ToolCall, UpdateProbe } from './request.js';

/** What a check may need of a target or of the run. A need that the facts do not meet makes the check not applicable. */
export const needs = {
  sessions: 'the target issues session ids',
  'no-sessions': 'the target issues no session id',
  'id-required': 'the target refuses requests without a session id',
  ping: 'the target answers a ping',
  tools: 'the target lists its tools',
  resources: 'the target lists its resources',
  prompts: 'the target lists its prompts',
  delete: 'a client may end its session by DELETE',
  get: 'the target offers a stream on GET',
  echo: 'some answer of the target repeats a word of the request',
  state: 'a pair of tools writes and reads state of the session',
  words: 'a pair of tools keeps words of a session and shows which were written',
  identity: 'a tool names the id of its own session',
  slow: 'a tool takes a known time to answer',
  notify: 'a tool or a request makes the server send a message to its session',
  push: 'a message of the server comes on a GET stream, not with the answer',
  wordless: 'a request makes a message come on a GET stream that repeats no word of it',
  'reply-notices':
    'a message of the server comes with the answer to the request that caused it, where no GET stream is open',
  'log-notices': 'a request makes a log message come to its client',
  ask: 'a tool makes the server ask its client for something',
  'ask-on-get': 'what a tool makes the server ask comes on a GET stream',
  'answer-shown': 'the result of a tool repeats what the client answered that the server asked',
  subscribe: 'a client may subscribe to a resource',
  update: 'a tool changes a resource that clients can subscribe to',
  logging: 'a client may set a log level',
  'event-ids': 'the events of streams carry ids',
  'reply-streams': 'some request is answered by a stream',
  'reply-ids': 'the events of a stream that answers a request carry ids',
  'two-principals': 'the run has the credentials of two users',
  'idle-timeout': 'the run knows after how long an idle session ends',
  replicas: 'the run knows the address of a second node',
  'shared-sessions': 'the second node serves sessions of the first',
  operator: 'the run can stop and start the target',
  batch: 'the target negotiates 2025-03-26 and accepts a batch there',
  'two-revisions': 'the target negotiates more than one revision',
  handles: 'a tool makes something and answers with its id, which another tool takes to read it',
  'handle-state': 'a tool writes to what such an id names, and the reading shows it',
  'handle-end': 'a tool ends what such an id names',
  tasks: 'a tool can be called as a task',
  'task-list': 'the target lists tasks',
  'task-cancel': 'a task can be cancelled',
  'request-state': 'a call of a tool goes on by a state that the client brings back',
  'request-state-elsewhere': 'there is another call to which such a state can be brought',
  subscriptions: 'a client of 2026-07-28 can subscribe to changes',
  changes: 'a tool makes a change that a subscription hears',
  input: 'a tool asks its client for something by its result',
  'no-credentials': 'the run was given no header fields, so that nothing tells its clients apart',
  modern: 'the target serves clients of 2026-07-28, which has no sessions',
  'modern-only': 'the target serves clients of 2026-07-28, and no initialize',
  'dual-era': 'the target serves clients of 2026-07-28, and sessions of older ones',
  'dual-sessions': 'the target serves clients of 2026-07-28, and issues session ids to older ones',
  'legacy-only': 'the target answers an initialize, and serves no client of 2026-07-28',
  'data-sessions': 'the target announces data-layer sessions, version 2 of the demos',
  'data-create': 'and that a client may create one',
  'data-list': 'and that a client may list its own',
  'data-delete': 'and that a client may end its own',
  'wg-sessions': 'the target announces data-layer sessions as the transports working group described them',
  'data-call': 'a tool was served with the cookie of a data-layer session',
  'data-required': 'that tool refuses a call without a cookie',
  'data-lazy': 'that tool creates a data-layer session where a call has no cookie',
  'data-revoke': 'a tool ends the data-layer session of its caller',
  'data-renew': "a tool puts another data-layer session in the place of its caller's",
  'refusal-open': 'the run was not told how a tool refuses a call without a cookie',
  'refusal-error': 'the run was told that a tool refuses it by the error -32002',
  'refusal-tool': 'the run was told that a tool refuses it by a result with `isError`',
} as const;
export type Need = keyof typeof needs;
/** What is needed of sessions in the data layer. */
export type DataNeed = Extract<Need, `data-${string}` | `wg-${string}` | `refusal-${string}`>;

/** Said where a need is not met: what the target lacks, or what a user can configure. */
export const unmet: Readonly<Record<Need, string>> = {
  sessions: 'The target issues no session id.',
  'no-sessions': 'The target issues session ids.',
  'id-required': 'The target serves requests without a session id.',
  ping: 'The target does not answer a ping.',
  tools: 'The target does not list tools.',
  resources: 'The target does not list resources.',
  prompts: 'The target does not list prompts.',
  delete: 'The target does not let a client end its session by DELETE.',
  get: 'The target does not offer a GET stream.',
  echo: 'No answer of the target repeats a word of the request.',
  state:
    'No tool is known to write and read state of a session. Describe a pair as `tools.state` in sessionspec.yaml, or try --explore.',
  words:
    'No tools are known to keep a word of a session and show it again. Describe a pair as `tools.state` in sessionspec.yaml, with `shows: marks`.',
  identity:
    'No tool is known to name the id of its session. Describe one as `tools.identity` in sessionspec.yaml, or try --explore.',
  slow: 'No tool is known to take its time. Describe one as `tools.slow` in sessionspec.yaml.',
  notify:
    'Nothing that was tried made the target send a message. Describe a tool that does as `tools.notify` in sessionspec.yaml.',
  push: 'No message came on a GET stream. Describe a tool that sends one there as `tools.notify` in sessionspec.yaml.',
  wordless: 'Nothing that was tried made a message come on a GET stream that repeats no word of the request.',
  'reply-notices':
    'No message came with an answer. Describe a tool that sends one as `tools.notify` in sessionspec.yaml.',
  'log-notices': 'No log message came. Describe a tool that logs as `tools.notify` in sessionspec.yaml.',
  ask: 'No tool is known to make the server ask its client for something. Describe one as `tools.ask` in sessionspec.yaml.',
  'ask-on-get': 'What the server asks its client does not come on a GET stream.',
  'answer-shown':
    'No tool is known whose result repeats what the server asked its client for. Describe one as `tools.ask` in sessionspec.yaml.',
  subscribe: 'The target lists no resource, or no client may subscribe to it.',
  update:
    'No tool is known to change a resource. Describe resource and tool as `tools.update` in sessionspec.yaml.',
  logging: 'The target does not let a client set a log level.',
  'event-ids': 'The events of the target carry no ids.',
  'reply-streams': 'The target answers no request by a stream.',
  'reply-ids': 'The events of streams that answer a request carry no ids.',
  'two-principals':
    "Give the credentials of two users: --as 'alice=…' --as 'bob=…', or `as` in sessionspec.yaml.",
  'idle-timeout':
    'Say after how long an idle session ends: --idle-timeout SECONDS, or `idle-timeout` in sessionspec.yaml.',
  replicas: 'Name a second node of the target: --replica URL, or `replicas` in sessionspec.yaml.',
  'shared-sessions': 'The second node does not serve sessions of the first.',
  operator: "Let the run stop and start the target: --server 'COMMAND', or `hooks` in sessionspec.yaml.",
  batch: 'The target accepts no batch in a session of 2025-03-26.',
  'two-revisions': 'The target negotiates only one revision.',
  handles:
    'No tools are known of which one makes something and another takes its id. Describe them as `tools.handle` in sessionspec.yaml.',
  'handle-state':
    'No tool is known that writes to what an id names. Describe one as `tools.handle.write` in sessionspec.yaml.',
  'handle-end':
    'No tool is known that ends what an id names. Describe one as `tools.handle.end` in sessionspec.yaml.',
  tasks: 'No tool is known that may be called as a task.',
  'task-list': 'The target lists no tasks.',
  'task-cancel': 'No task of the target can be cancelled.',
  'request-state': 'No tool is known that asks its client for something and gives a state to bring back.',
  'request-state-elsewhere': 'No second call is known that takes a state.',
  subscriptions: 'No client of 2026-07-28 can subscribe to changes.',
  changes:
    'No tool is known to make a change that a subscription hears. Describe one as `tools.notify` in sessionspec.yaml.',
  input: 'No tool is known to ask its client for something by its result.',
  'no-credentials': 'The run was given header fields, by which the target may know who asks.',
  modern: 'The target does not serve clients of 2026-07-28.',
  'modern-only': 'The target answers an initialize, or serves no client of 2026-07-28.',
  'dual-era': 'The target does not serve both clients of 2026-07-28 and clients that begin with initialize.',
  'dual-sessions':
    'The target does not both serve clients of 2026-07-28 and issue session ids to clients that begin with initialize.',
  'legacy-only': 'The target does not answer an initialize, or serves clients of 2026-07-28.',
  'data-sessions': 'The target announces no data-layer sessions of version 2.',
  'data-create': 'The target does not announce that a client may create a data-layer session.',
  'data-list': 'The target does not announce that a client may list its data-layer sessions.',
  'data-delete': 'The target does not announce that a client may end a data-layer session.',
  'wg-sessions': 'The target announces no data-layer sessions of the working group.',
  'data-call': 'No tool is known that is served with a cookie. Describe one as `tools.data-session`.',
  'data-required':
    'No tool is known to refuse a call without a cookie. Describe one as `tools.data-session`.',
  'data-lazy': 'No tool is known to create a data-layer session by itself.',
  'data-revoke': 'No tool is known to end the data-layer session of its caller.',
  'data-renew': "No tool is known to put another session in the place of its caller's.",
  'refusal-open': '`tools.data-session` says how a call without a cookie is refused.',
  'refusal-error': '`tools.data-session` does not say `refusal: error`.',
  'refusal-tool': '`tools.data-session` does not say `refusal: tool-error`.',
};
export const needNames = Object.keys(needs).filter((name): name is Need => name in needs);

/** How long a slow probe is asked to take. */
export const slowMs = 400;

export type { FactName } from './fact-name.js';

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
  /** `late`: the head of the stream comes with its first event. */
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
