import { randomInt } from 'node:crypto';
import { needNames, type Need } from '../model/need.js';
import type { Header } from '../model/framing.js';
import type { ExecutorDeps } from '../execute/check-run.js';
import type { Incident } from '../model/incident.js';
import { createSessions, type Sessions } from '../execute/sessions.js';
import { createHeads, type Heads } from '../execute/heads.js';
import { createSilences, type Silences } from '../execute/silences.js';
import type { RunOptions, Target } from '../model/run.js';
import {
  atUrl,
  defaultLimits,
  keptMaxBytes,
  type Address,
  type Carrier,
  type Kept,
  type StdioAddress,
} from '../model/carrier.js';
import { createSecrets, secretValues, type Secrets } from '../model/secrets.js';
import { createTraffic, type Traffic } from './traffic.js';
import { following } from './following.js';
import { interruptible } from './interruptible.js';
import { patient } from './patient.js';
import { createHttp } from '../carriers/http/http.js';
import { createStdio } from '../carriers/stdio/stdio.js';
import { createKept } from '../carriers/kept.js';

/** What one run has in common from its beginning to its end. */
export interface RunState {
  readonly options: RunOptions;
  readonly seed: number;
  readonly nodes: ExecutorDeps['nodes'];
  /** Room for what its answers hold. */
  readonly kept: Kept;
  /** As it is reported. */
  readonly startedAt: Date;
  /** By the clock. */
  readonly begunMs: number;
  readonly traffic: Traffic;
  /** What happened to the target as a whole. */
  readonly incidents: Incident[];
  /** The session ids that were issued to it. */
  readonly sessions: Sessions;
  /** What stays unanswered there. */
  readonly silences: Silences;
  readonly heads: Heads;
}

/** A carrier to each address of the target, the one that the run was pointed at first. */
export function nodesOf(
  { address: first, replicas = [] }: Target,
  options: RunOptions,
  traffic: Traffic,
  kept: Kept,
): ExecutorDeps['nodes'] {
  const nodeAt = (address: Address) => ({
    address,
    carrier: interruptible(
      following(patient(carrierTo(address, options, kept), traffic), traffic),
      options.signal,
    ),
  });
  return [nodeAt(first), ...replicas.map((url) => nodeAt(atUrl(url)))];
}

function carrierTo(address: Address, options: RunOptions, kept: Kept): Carrier {
  return address.kind === 'http' ? httpTo(address.url, options, kept) : stdioTo(address, options, kept);
}

/** Where a server over stdio issues ids at all, it is a data-layer session's, under this key. */
const idPlace = { in: 'meta', key: 'mcp/session' } as const;
/** A process may have to be installed first, as by `npx`. */
const startingMs = 20_000;

function stdioTo({ command, env }: StdioAddress, { timeScale }: RunOptions, kept: Kept): Carrier {
  return createStdio({
    command: ['/bin/sh', '-c', command],
    env,
    limits: { ...defaultLimits, kept },
    idPlace,
    startingMs: startingMs * timeScale,
  });
}

function httpTo(url: URL, { ca, insecure, proxyFor }: RunOptions, kept: Kept): Carrier {
  const proxy = proxyFor?.(url);
  return createHttp({
    url,
    headers: [],
    limits: { ...defaultLimits, kept },
    ...(ca !== undefined && { ca }),
    ...(insecure && { insecure }),
    ...(proxy !== undefined && { proxy }),
  });
}

export function beginRun(options: RunOptions): RunState {
  const traffic = createTraffic(options, (limited) => noticeIncident(state, { kind: 'limited', ...limited }));
  const kept = createKept(keptMaxBytes);
  const state: RunState = {
    options,
    seed: options.seed ?? randomInt(2 ** 31),
    nodes: nodesOf(options, options, traffic, kept),
    kept,
    startedAt: options.startedAt ?? new Date(),
    begunMs: Date.now(),
    traffic,
    incidents: [],
    sessions: createSessions(),
    silences: createSilences(),
    heads: createHeads(),
  };
  return state;
}

/** Keeps an incident and tells of it, with the number of the request after which it was noticed, unless it has its own. */
export function noticeIncident(
  { incidents, traffic, options: { observe } }: RunState,
  incident: Unnumbered<Incident>,
): void {
  const numbered = { request: traffic.exchanges, ...incident };
  incidents.push(numbered);
  observe?.({ kind: 'incident', incident: numbered });
}

/** Distributes over the kinds. */
export type Unnumbered<T extends Incident> = T extends unknown
  ? Omit<T, 'request'> & Partial<Pick<T, 'request'>>
  : never;

export async function closeRun({ nodes }: RunState): Promise<void> {
  await Promise.all(nodes.map(({ carrier }) => carrier.close()));
}

/** All header fields, and variables of a process, whose values are secrets. */
export function secretFields({
  headers,
  principals = {},
  address,
}: Credentials & Pick<RunOptions, 'address'>): readonly Header[] {
  const given = address.kind === 'stdio' ? address.given : [];
  return [...headers, ...Object.values(principals).flat(), ...given];
}

/** What nothing that the run gives away may show. */
export function secretsOf(options: RunOptions): Secrets {
  const { address, replicas = [] } = options;
  const urls = address.kind === 'http' ? [address.url, ...replicas] : replicas;
  return createSecrets(secretValues(secretFields(options), urls));
}

/** After so many checks in which the target stopped answering it is given up, or started again where the run can. */
export function lostMax({ operator }: RunOptions): number {
  return operator === undefined ? 3 : 1;
}

type Credentials = Pick<RunOptions, 'headers' | 'principals'>;

/** What is added to each request of an actor: its own fields before the common ones, and the first principal's where it has none at all. */
export function actorHeaders({ headers, principals = {} }: Credentials, actor?: string): readonly Header[] {
  const own = actor !== undefined && Object.hasOwn(principals, actor) ? principals[actor] : undefined;
  if (own !== undefined) return [...fieldsWithout(own, headers), ...own];
  const [first = []] = Object.values(principals);
  return [...headers, ...fieldsWithout(headers, first)];
}

/** The same without credentials. */
export function anonymousHeaders({ headers, principals = {} }: Credentials): readonly Header[] {
  return fieldsWithout(Object.values(principals).flat(), headers);
}

/** The fields whose names are not among those of others. */
function fieldsWithout(others: readonly Header[], fields: readonly Header[]): readonly Header[] {
  const names = new Set(others.map(([name]) => name.toLowerCase()));
  return fields.filter(([name]) => !names.has(name.toLowerCase()));
}

/** Needs that the configuration of the run meets. */
export function configured({
  headers,
  principals,
  idleTimeoutMs,
  replicas,
  operator,
}: RunOptions): readonly Need[] {
  const tests: Partial<Record<Need, boolean>> = {
    'two-principals': principals?.['alice'] !== undefined && principals['bob'] !== undefined,
    'no-credentials': headers.length === 0 && Object.keys(principals ?? {}).length === 0,
    'idle-timeout': idleTimeoutMs !== undefined,
    replicas: replicas !== undefined && replicas.length > 0,
    operator: operator !== undefined,
  };
  return needNames.filter((need) => tests[need]);
}
