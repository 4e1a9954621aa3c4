import type { ClientCapability } from '../model/client-capabilities.js';
import { slowMs, type Eras, type Facts } from '../model/facts.js';
import type { DescribedTools, Json, Probe } from '../model/request.js';
import type { FactName } from '../model/fact-name.js';
import type { Need } from '../model/need.js';
import type { Header } from '../model/framing.js';
import { isStream, statusOf, type Reply } from '../model/reply.js';
import type { Explore } from '../model/run.js';
import type { Revision } from '../model/revision.js';
import type { Check } from '../model/suite.js';
import { filledJson, from } from '../model/template.js';
import type { Address, Call, Carrier, Turn } from '../model/carrier.js';
import type { Answer } from './answer.js';
import type { ProbeClient } from './client.js';
import type { Clock } from './clock.js';
import type { DescribedCalls } from './tools/described.js';
import type { Listing } from './tools/listed.js';
import { widelyMax, type Candidates } from './tools/recognised.js';
import type { Told } from './messages.js';

export interface DiscoverOptions {
  readonly carrier: Carrier;
  /** To another node of the target, if one was given. */
  readonly other?: Carrier | undefined;
  readonly address: Address;
  readonly revision: Revision | 'auto' | 'all';
  /** The checks that will rest on the facts; everything is asked where there is no list of them. */
  readonly checks?: readonly Check[];
  readonly timeScale: number;
  readonly initialize: (revision: string, declares?: readonly ClientCapability[]) => Json;
  readonly turn: Turn;
  /** Told each session id that the target issues, raw. */
  readonly issued?: (id: string) => void;
  /** What the target says of itself, without those ids. */
  readonly hideIds?: (text: string) => string;
  readonly clock: Clock;
  readonly headers: readonly Header[];
  /** Needs that are met by what the run was configured, not by the target. */
  readonly configured: readonly Need[];
  readonly burst: number;
  /** Tools that need not be recognised. */
  readonly described: DescribedTools;
  /** Which tools are called besides those that are recognised. */
  readonly explore: Explore | false;
  /** Calls no tool at all. */
  readonly readOnly: boolean;
  readonly paced: boolean;
  /** For how long a target that was just started may not answer yet. */
  readonly startingMs: number;
  /** False where the run was interrupted meanwhile. */
  readonly wait: (ms: number) => Promise<boolean>;
  /** A word that no server uses by itself. */
  readonly nonce: string;
}

/** Why a fact is asked: a check needs it, or the run itself rests on it. */
export type Purpose = Need | 'every run' | 'plain request' | 'several checks' | 'modern checks';

/** How many tools are tried: more where all may be called. */
export function triesOf({ explore }: Pick<DiscoverOptions, 'explore'>, usual: number): number {
  return explore === 'all' ? widelyMax : usual;
}

/** One question to the target, or a few of one kind. */
export interface FactProbe {
  /** Fields of the facts that are there once it was asked. */
  readonly finds: readonly (keyof Facts | `probes.${keyof Facts['probes']}`)[];
  readonly answers: readonly Purpose[];
  /** What it builds on. */
  readonly after: readonly FactName[];
  /** It is asked by clients without sessions too, in the same way. */
  readonly sessionless?: true;
  /** It is about HTTP, or about sessions that share a process. */
  readonly ofHttp?: true;
  /** What a fragile target may suffer from it: the reason for its place in the table. */
  readonly disturbs: Disturbance;
  /** The most requests that it sends, however the target answers. */
  readonly requestsMax: (given: CostContext) => number;
  readonly ask: (asking: Asking, findings: Findings) => Promise<Added>;
}

/** From the least to the most. Some targets know a session on one connection only, and some forget all sessions for one bad request. */
export const disturbances = [
  'nothing',
  'own session',
  'other clients',
  'own session for good',
  'all sessions',
] as const;
export type Disturbance = (typeof disturbances)[number];

/** What the cost of a probe depends on. */
export interface CostContext extends Pick<DiscoverOptions, 'explore' | 'other'> {
  readonly asked: ReadonlySet<FactName>;
  /** At the first revision that is examined. */
  readonly isFirst: boolean;
}

/** What a probe may use: a client in its session, and what the run was given. */
export interface Asking {
  readonly client: ProbeClient;
  readonly open: (revision: Revision, declares?: readonly ClientCapability[]) => Promise<ProbeClient>;
  readonly options: DiscoverOptions;
  readonly asked: ReadonlySet<FactName>;
  /** Names of tools that were called. */
  readonly called: ReadonlySet<Json | undefined>;
  /** What is known of it already. */
  readonly eras?: Eras;
  /** What was found at the first revision, where this is another one. */
  readonly earlier?: Findings;
}

/** The facts so far, with what later probes build on. */
export interface Findings {
  readonly facts: Omit<Facts, 'needsMet' | 'notAsked'>;
  /** One sentence, where nothing can be examined. */
  readonly unusable?: string;
  /** The answer to the plain request. */
  readonly served?: Served;
  /** Absent where tools/list is refused. */
  readonly listing?: Listing;
  /** What tools seem to be good for; those that are described alone, where any are. */
  readonly candidates: Candidates;
  readonly described: DescribedCalls;
  /** Tools that were called to see what comes. */
  readonly trials: readonly Trial[];
  /** Names of tools that take their time, and more of it than a check would wait for a message. */
  readonly tooSlow: readonly string[];
  /** What came with answers while no stream was open. */
  readonly withAnswers: readonly Heard[];
  /** A stream of the client that is still open. */
  readonly stream?: Call;
  /** Nothing came in answer to a GET. */
  readonly isGetSilent?: boolean;
  /** The client was still served once a second one had a session. */
  readonly isServedBesides?: boolean;
  /** A message still came on that stream after others had opened sessions. */
  readonly isStillHeard?: boolean;
  /** Other clients, in the order of the revisions that they asked for. */
  readonly others: readonly ProbeClient[];
  /** Those of them that have a session. */
  readonly staying: readonly ProbeClient[];
  /** A client without a session that was opened beside the others. */
  readonly modern?: ProbeClient;
  /** What the first DELETE of another client was answered with. */
  readonly left?: Reply;
}

/** What one probe adds. */
export interface Added extends Partial<Omit<Findings, 'facts'>> {
  readonly facts?: Partial<Findings['facts']>;
}

/** A tool that was called, and what came of it. */
export interface Trial {
  readonly probe: Probe;
  readonly answer: Answer;
}

/** What a request made the server say. */
export interface Heard {
  readonly probe: Probe;
  readonly told: Told;
  /** The events that came carried ids. */
  readonly withIds: boolean;
}

export interface Served {
  readonly probe: Probe;
  readonly reply: Reply;
  /** A result came; otherwise every candidate was refused. */
  readonly isResult: boolean;
}

/** Time for an answer to a question that nothing hangs on. */
export const askMs = 2_000 + slowMs;

/** An older session that is served at all answers at once. */
export const olderSessionMs = 1_000;

/** A probe with a word of its own. */
export function filledProbe({ method, params }: Probe, nonce: string): Probe {
  return { method, params: filledJson(params ?? {}, from({ nonce })) };
}

/** Ends the session of a client, if it has one, and its connection. */
export async function leave(client: ProbeClient): Promise<Reply | undefined> {
  const reply = client.session === undefined ? undefined : await client.delete({ timeoutMs: 1_000 });
  await client.close();
  return reply;
}

export function brief(reply: Reply): string {
  if (reply.kind === 'response') return `${statusOf(reply) ?? 'answered'}${isStream(reply) ? ' stream' : ''}`;
  return reply.kind === 'timeout' ? 'no answer' : reply.kind;
}
