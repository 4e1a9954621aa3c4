import type { DescribedTools } from './request.js';
import type { Facts } from './facts.js';
import type { Address } from './carrier.js';
import type { Exit, Header } from './framing.js';
import type { Incident } from './incident.js';
import type { Baseline } from './baseline.js';
import { defaultPolicy, type Policy } from './gate.js';
import type { Outlook } from './outlook.js';
import type { Plan } from './plan.js';
import type { ProfileName } from './profile.js';
import type { Result } from './report.js';
import type { Revision } from './revision.js';
import type { Shard } from './shard.js';
import type { Transcript } from './transcript.js';

/** What is examined. */
export interface Target {
  readonly address: Address;
  /** Other nodes, such as those behind a load balancer: checks of replicas send to them as well. */
  readonly replicas?: readonly URL[];
  /** How it is stopped and started again; without it no check of restarts runs. */
  readonly operator?: Operator;
}

/**
 * Tools that speak of nothing outside the server, for what they send and how long they take; that need no argument and seem to read; or all whose words speak of no deletion and of nothing that leaves the server.
 */
export type Explore = 'local' | 'reading' | 'all';

/** How to run. Everything is optional for a caller of the library; the command line fills in the same defaults. */
export interface RunOptions extends Target {
  /** The table of accepted answers that decides. */
  readonly profile: ProfileName;
  /** `auto`: the newest that the target negotiates; `all`: each that it negotiates. */
  readonly revision: Revision | 'auto' | 'all';
  readonly policy: Policy;
  /** The failures that are known. */
  readonly baseline?: Baseline;
  /** When it is said to begin, by which entries of the baseline expire; now, if not given. */
  readonly startedAt?: Date;
  /** Checks under way at once. */
  readonly jobs: number;
  /** Nonces, ids of our own making and schedules follow from it; chosen at random and reported when absent. */
  readonly seed?: number;
  /** Multiplies every deadline and window. */
  readonly timeScale: number;
  /** Never more requests than this, of any kind; the checks that no longer fit are not run. */
  readonly requestsMax?: number;
  /** Never more requests than this in a second. */
  readonly requestsPerSecondMax?: number;
  /** Where the run would take longer than so many minutes at the pace of the target, what is left is not run. */
  readonly minutesMax?: number;
  readonly headers: readonly Header[];
  /** Header fields with the credentials of actors, by name; the others send `headers`. */
  readonly principals?: Readonly<Record<string, readonly Header[]>>;
  /** After how long the target ends an idle session; checks of expiry wait that long. */
  readonly idleTimeoutMs?: number;
  /** How many sessions a burst opens. */
  readonly burst: number;
  /** Tools that discovery need not recognise, because they are described. */
  readonly described?: DescribedTools;
  /** Which tools discovery calls besides those that it recognises. */
  readonly explore?: Explore;
  /** Nothing is sent that could touch a session of another client, and no tool is called. */
  readonly readOnly?: true;
  /** The run is one part of several: request ids of two parts never meet. */
  readonly shard?: Shard;
  /** Session ids are recorded as they are, instead of names such as `«session alice»`. */
  readonly showIds: boolean;
  /** Certificates to trust too, as the text of a PEM file. */
  readonly ca?: string;
  /** Any certificate is accepted. */
  readonly insecure?: true;
  /** `http://host:port` of the forward proxy for an address, if any. */
  readonly proxyFor?: (address: URL) => string | undefined;
  /** Interrupts the run: no further check starts, and those that had finished are reported. */
  readonly signal?: AbortSignal;
  /** Gives a check a target of its own, alike in all; facts are still found at `address`. For proofs, where one check must not spoil the next. */
  readonly targetOf?: (check: string) => Target;
  /** Told as things happen; a recorder or a progress line. Must not throw. */
  readonly observe?: (event: RunEvent) => void;
}

/** By itself, by force, or not at all: then it still accepts connections. */
export type Ending = 'ended' | 'killed' | 'running';

/** Stops and starts the target. No method rejects: what does not work is a value. */
export interface Operator {
  /** Asks it to end, and kills it after `withinMs`. */
  readonly stop: (withinMs: number) => Promise<Ending>;
  /** Ends it without a warning. */
  readonly kill: () => Promise<Ending>;
  /** Starts it at the same address, and waits until it answers. */
  readonly start: () => Promise<Start>;
  /** Tells of each time that it ends although nobody here asked it to, until the returned function is called. Absent where that cannot be seen. */
  readonly watch?: (ended: (end: ProcessEnd) => void) => () => void;
}

/** Whether the target answers after it was started; if not, why, with its own words. */
export type Start = { readonly answers: true } | { readonly answers: false; readonly says: string };

/** How a process ended, and what it said last, which comes a moment later. */
export interface ProcessEnd extends Exit {
  readonly words: Promise<readonly string[]>;
}

export type RunEvent =
  | { readonly kind: 'incident'; readonly incident: Incident }
  | { readonly kind: 'facts'; readonly facts: Facts }
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'started'; readonly check: string }
  | { readonly kind: 'outlook'; readonly outlook: Outlook }
  | { readonly kind: 'checked'; readonly transcript: Transcript; readonly result: Result }
  | { readonly kind: 'witnessed'; readonly transcript: Transcript };

export const defaultOptions = {
  profile: 'spec',
  revision: 'auto',
  policy: defaultPolicy,
  jobs: 8,
  timeScale: 1,
  headers: [],
  burst: 200,
  showIds: false,
} as const satisfies Partial<RunOptions>;

/** Over stdio each client is a process, which takes a processor for a tenth of a second to start. */
export function defaultsOver(kind: Address['kind']) {
  return kind === 'http' ? defaultOptions : { ...defaultOptions, jobs: 4, burst: 10 };
}
