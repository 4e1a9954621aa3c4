import type { ClientCapability } from '../model/client-capabilities.js';
import type { Facts } from '../model/facts.js';
import type { Json } from '../model/request.js';
import type { Header } from '../model/framing.js';
import type { RpcId } from '../model/message.js';
import type { Reply } from '../model/reply.js';
import type { Expectation } from '../model/rule.js';
import type { ExchangeStep } from '../model/suite.js';
import type { AnalysisName } from '../model/analysis.js';
import type { Entry, Exchange, Finding } from '../model/transcript.js';
import type { Operator } from '../model/run.js';
import type { Address, Call, Carrier, Connection, Turn } from '../model/carrier.js';
import type { Masks } from './masks.js';
import type { Holder, Places } from './places.js';
import type { Saved } from './saved.js';
import type { Sessions } from './sessions.js';
import type { Heads } from './heads.js';
import type { Silences } from './silences.js';

/** What the executor is given: it makes no clock, no socket and no judgement of its own. */
export interface ExecutorDeps {
  /** The one that the run was pointed at comes first. */
  readonly nodes: readonly [Node, ...Node[]];
  readonly operator?: Operator;
  readonly clock: { nowMs(): number; wallMs(): number; sleep(ms: number): Promise<void> };
  /** Whether an exchange does what a `require` demands. */
  readonly meets: (expectation: Expectation, exchange: Exchange) => boolean;
  readonly analyse: (
    name: AnalysisName,
    ids: readonly string[],
    issuing: Issuing,
  ) => Promise<Finding['finds']>;
  readonly timeScale: number;
  readonly seed: number;
  /** Which attempt of its check this is, and how many entries the earlier ones have. */
  readonly attempt?: { readonly number: number; readonly entriesBefore: number };
  /** What an actor adds to its requests; without one, what is added without the credentials of an actor. */
  readonly headersOf: (actor: string | undefined) => readonly Header[];
  /** All header fields whose values are secrets. */
  readonly secrets: readonly Header[];
  readonly idleTimeoutMs: number;
  readonly showIds: boolean;
  /** The ids that were issued in the run, to this check and to others. */
  readonly sessions: Sessions;
  /** What stayed unanswered in the run, in this check and in others. */
  readonly silences: Silences;
  readonly heads: Heads;
  /** The sessions that the run has open. */
  readonly places: Places;
  readonly signal: AbortSignal;
  readonly turn: Turn;
  /** Counts the actors of a run, so that no two use one request id unless a check says so. */
  readonly actorNumber: () => number;
  /** Called when no client gets an answer any more, at most once in a check. */
  readonly lost: () => void;
}

/** When ids were issued, by our wall clock: when each was asked for, and had come; and how far the clock of the target is ahead of it. */
export interface Issuing {
  readonly times: readonly WallTimes[];
  readonly aheadMs: number;
}

/** Of an exchange by the wall clock, which goes on while we stand still. */
export interface WallTimes {
  readonly askedMs: number;
  readonly cameMs: number;
}

/** One address of the target. */
export interface Node {
  readonly carrier: Carrier;
  readonly address: Address;
}

/** The data-layer session of a client. */
export interface DataSession {
  /** What it sends back; absent where it was given none, or was told that it has ended. */
  cookie?: Json | undefined;
  /** Resolves once it was asked for. */
  readonly asked: Promise<void>;
}

/** One simulated client: its own connections, session and request ids. */
export interface Actor {
  readonly name: string;
  /** By node; none is opened before it is needed. */
  readonly connections: Map<number, Connection>;
  /** The node at which it opened its session. */
  node: number;
  /** The id that the target issued, raw. */
  session?: string;
  /** What was negotiated, or is spoken without. */
  revision?: string;
  /** A client without sessions, whose requests each say who it is. */
  modern?: true;
  /** Where it has one, its session in the data layer. */
  dataSession?: DataSession;
  nextRpcId: number;
  /** What its client declared that it can be asked for. */
  declares: readonly ClientCapability[];
  /** Ids of the requests of the server that it has answered. */
  readonly answered: Set<RpcId>;
  /** When it last sent something in its session, by the wall clock. */
  usedMs?: number;
}

export function newActor(name: string, nextRpcId: number): Actor {
  return { name, connections: new Map(), node: 0, nextRpcId, declares: [], answered: new Set() };
}

/** An exchange whose reply may still grow. */
export interface Live {
  readonly step: string;
  readonly of: ExchangeStep;
  readonly actor: string;
  readonly node: number;
  readonly call: Call;
  readonly rpcId?: number | string;
  /** What kind of request it is, where silence is learnt from. */
  readonly kind: string;
  /** How much longer than other answers its own may take. */
  readonly takesMs: number;
  /** How long behind it may come what it was sent for. */
  readonly behindMs: number;
  /** How many messages of the stream an `await` has taken notice of. */
  awaited: number;
  /** The check has hung up itself, so that nothing more can come. */
  closed: boolean;
  /** The session ids that the request carried, raw. */
  readonly carried: readonly string[];
  /** True once what the request waits for has come, or cannot come any more. */
  readonly settled: () => boolean;
  /** The exchange as it stands now. */
  readonly record: () => Exchange;
  readonly wallTimes: () => WallTimes;
}

/** The state of one check under way. */
export interface CheckRun {
  readonly holder: Holder;
  /** Takes it out of those who hold sessions. */
  readonly leave: () => void;
  readonly deps: ExecutorDeps;
  readonly facts: Facts;
  readonly random: () => number;
  readonly masks: Masks;
  readonly actors: Map<string, Actor>;
  /** Clients that were replaced by a newer one of the same name. */
  readonly left: Actor[];
  readonly lives: Live[];
  /** What stayed unanswered in this attempt of the check. */
  readonly silences: Silences;
  readonly entries: Entry[];
  /** Where the values of a name stand, with `#` and the iteration inside of a `repeat`. */
  readonly saved: Map<string, Saved>;
  /** All names that the check saves something under. */
  readonly savedNames: ReadonlySet<string>;
  /** The texts of the check: what stands there is no secret of the target. */
  readonly words: string;
  /** The fresh words that were sent. */
  readonly nonces: string[];
  /** The words that were written, by the session that they were written in. */
  readonly written: Map<string, string[]>;
  /** Raw ids by group, in the order in which they were issued. */
  readonly issued: Map<string, string[]>;
  /** Raw ids whose DELETE was accepted. */
  readonly ended: Set<string>;
  /** Connections to close besides the actors'. */
  readonly spare: Connection[];
  /** By sequence number of an exchange: what a fresh client got right after it. */
  readonly afterwards: Map<number, { readonly reply: Reply; readonly tookMs: number }>;
  /** A word that no other check of the run has, and no other attempt of this one. */
  readonly fresh: string;
  /** Counts the requests that went to the next node in turn. */
  turns: number;
  /** How often a fresh client was asked again, because one before it got no answer either. */
  askedAgain: number;
  /** Clients of a `repeat` for which the target had no room, and what they would do is left out. */
  readonly unseated: Set<string>;
  /** True while the process of the target is ended on purpose. */
  stopped: boolean;
  nextSeq: number;
  cut?: {
    readonly step: string;
    readonly because: 'setup' | 'silence' | 'target-lost' | 'interrupted' | 'budget';
  };
}

/** Which node a request goes to: where the actor opened its session, unless the step says otherwise. */
export function chooseNode({ node }: ExchangeStep, actor: Actor, run: CheckRun): number {
  if (node === undefined) return actor.node;
  const places = { first: () => 0, other: () => 1, next: () => run.turns++ % run.deps.nodes.length };
  return places[node]();
}

export function nodeOf({ deps: { nodes } }: CheckRun, node: number): Node {
  return nodes[node] ?? nodes[0];
}

/** The kept connections of an actor to a node. */
export function connectionOf(actor: Actor, run: CheckRun, node: number): Connection {
  const connection = actor.connections.get(node) ?? nodeOf(run, node).carrier.connect();
  actor.connections.set(node, connection);
  return connection;
}

/** A connection for one request, closed with the check. */
export function spareConnection(run: CheckRun, node: number): Connection {
  const connection = nodeOf(run, node).carrier.connect();
  run.spare.push(connection);
  return connection;
}

/** Sessions were ended by the target at our request, so there is room for others. */
export function noteEnded(ids: readonly string[], { ended, deps: { places } }: CheckRun): void {
  for (const id of ids) ended.add(id);
  places.freed();
}

const rpcIdsPerActor = 1000;

/** Those of two actors never meet. */
export function firstRpcId({ deps }: CheckRun): number {
  return deps.actorNumber() * rpcIdsPerActor;
}
