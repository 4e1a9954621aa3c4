import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { given } from '../../load/given.js';
import { faultOfCertificates } from '../../load/target/certificates.js';
import type { Baseline } from '../../model/baseline.js';
import { defaultPolicy, type Policy } from '../../model/gate.js';
import { severities } from '../../model/level.js';
import { profileNames, type ProfileName } from '../../model/profile.js';
import { revisions } from '../../model/revision.js';
import type { Address } from '../../model/carrier.js';
import { defaultsOver, type RunOptions } from '../../model/run.js';
import type { Description } from '../../model/description.js';
import { refuseSamePrincipal } from './actors.js';
import { choice, decimal, wholeNumber } from './choice.js';
import type { ConnectionFlags, JudgingFlags, RunningFlags } from './flags.js';
import { parseHeader, parsePrincipals } from './header.js';
import type { Io } from '../output/io.js';
import { Mistake, reasonOf } from '../mistake.js';
import { proxyFor } from './proxy.js';
import { parseTarget } from './target.js';

/** How to reach a target and what to ask it for. */
export type Connect = Pick<
  RunOptions,
  | 'address'
  | 'revision'
  | 'headers'
  | 'principals'
  | 'idleTimeoutMs'
  | 'replicas'
  | 'operator'
  | 'burst'
  | 'described'
  | 'explore'
  | 'requestsPerSecondMax'
  | 'readOnly'
  | 'timeScale'
  | 'ca'
  | 'insecure'
  | 'proxyFor'
>;

export type How = Omit<Connect, 'address' | 'proxyFor'>;

/** Each part as the command line has it, else as the description of the target has it. */
export function parseConnection(
  flags: ConnectionFlags,
  target: Description,
  kind: Address['kind'] = 'http',
): How {
  const { tools, headers = [], principals } = target;
  const exploring = flags.exploreAll ? '--explore-all' : flags.exploreLocal ? '--explore-local' : '--explore';
  if ((flags.explore || flags.exploreLocal || flags.exploreAll) && flags.readOnly)
    throw new Mistake(`${exploring} calls tools, which --read-only forbids; keep one of them`);
  if (flags.maxRps !== undefined && (flags.idleTimeout ?? target.idleTimeoutMs) !== undefined)
    throw new Mistake('--max-rps lets sessions expire while they wait; leave it or the idle timeout out');
  const own = flags.header.map((text) => parseHeader(text));
  const actors = { ...principals, ...parsePrincipals(flags.as) };
  refuseSamePrincipal(actors);
  const names = new Set(own.map(([name]) => name.toLowerCase()));
  return {
    ...defaultsOf(kind),
    ...described(target),
    ...(tools && { described: tools }),
    headers: [...headers.filter(([name]) => !names.has(name.toLowerCase())), ...own],
    ...(Object.keys(actors).length > 0 && { principals: actors }),
    ...(flags.revision !== undefined && {
      revision: choice('--revision', flags.revision, ['auto', 'all', ...revisions]),
    }),
    ...(flags.idleTimeout !== undefined && {
      idleTimeoutMs: 1_000 * decimal('--idle-timeout', flags.idleTimeout, { min: 0.1, max: 3_600 }),
    }),
    ...(flags.replica.length > 0 && {
      replicas: flags.replica.map((text) => parseTarget(text, '--replica')),
    }),
    ...(flags.burst !== undefined && {
      burst: wholeNumber('--burst', flags.burst, { min: 2, max: 100_000 }),
    }),
    ...(flags.timeScale !== undefined && {
      timeScale: decimal('--time-scale', flags.timeScale, { min: 0.01, max: 100 }),
    }),
    ...(flags.ca !== undefined && { ca: readCa(flags.ca) }),
    ...(flags.insecure && { insecure: true }),
    ...(flags.maxRps !== undefined && {
      requestsPerSecondMax: decimal('--max-rps', flags.maxRps, { min: 0.01, max: 100_000 }),
    }),
    ...(flags.exploreLocal && { explore: 'local' as const }),
    ...(flags.explore && { explore: 'reading' as const }),
    ...(flags.exploreAll && { explore: 'all' as const }),
    ...(flags.readOnly && { readOnly: true }),
  };
}

/** What stands in a description as a run takes it. */
function described({ revision, idleTimeoutMs, replicas, burst, timeScale, ca, insecure }: Description) {
  return given({ revision, idleTimeoutMs, replicas, burst, timeScale, ca, insecure });
}

function defaultsOf(kind: Address['kind']) {
  const { revision, burst, timeScale } = defaultsOver(kind);
  return { revision, burst, timeScale };
}

/** With the proxy, which depends on where an address is. */
export function connectTo(address: Address, parsed: How, env: Io['env']): Connect {
  if (address.kind === 'stdio') return { address, ...parsed };
  // What is wrong with it is said now, and not when the first request is sent.
  for (const url of [address.url, ...(parsed.replicas ?? [])]) proxyFor(url, env);
  return { address, ...parsed, proxyFor: (url) => proxyFor(url, env) };
}

export function parseRunning(
  flags: RunningFlags,
  kind: Address['kind'],
): Pick<RunOptions, 'jobs' | 'requestsMax' | 'minutesMax' | 'showIds'> & { seed: number } {
  const { maxRequests, maxMinutes } = flags;
  return {
    jobs:
      flags.jobs === undefined
        ? defaultsOver(kind).jobs
        : wholeNumber('--jobs', flags.jobs, { min: 1, max: 256 }),
    // Chosen here and not by the run, because the recording names it before the run begins.
    seed:
      flags.seed === undefined
        ? randomInt(2 ** 31)
        : wholeNumber('--seed', flags.seed, { min: 0, max: 2 ** 31 - 1 }),
    showIds: flags.showIds ?? false,
    ...(maxMinutes !== undefined && {
      minutesMax: decimal('--max-minutes', maxMinutes, { min: 0.1, max: 10_000 }),
    }),
    ...(maxRequests !== undefined && {
      requestsMax: wholeNumber('--max-requests', maxRequests, { min: 1, max: 10_000_000 }),
    }),
  };
}

export interface Judging {
  readonly profile: ProfileName;
  readonly policy: Policy;
  /** The failures that are known. */
  readonly baseline?: Baseline;
}

/** What is not on the command line is as it was before: by default, or in a recorded run. */
export function parseJudging(
  flags: Omit<JudgingFlags, 'baseline'>,
  before: Omit<Judging, 'baseline'> = { profile: 'spec', policy: defaultPolicy },
): Omit<Judging, 'baseline'> {
  const { profile, failOn, inconclusive } = flags;
  return {
    profile: profile === undefined ? before.profile : choice('--profile', profile, profileNames),
    policy: {
      ...before.policy,
      ...(failOn !== undefined && { failOn: choice('--fail-on', failOn, severities) }),
      ...(inconclusive !== undefined && {
        inconclusive: choice('--inconclusive', inconclusive, ['fail', 'warn']),
      }),
    },
  };
}

function readCa(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Mistake(`--ca ${path} cannot be read: ${reasonOf(error)}`);
  }
  const fault = faultOfCertificates(text);
  if (fault !== undefined) throw new Mistake(`--ca ${path} ${fault}`);
  return text;
}
