import { env as processEnv } from 'node:process';
import type { Engine } from '../cli/ports.js';
import type { Chosen } from '../cli/options/select.js';
import { atUrl, type Address, type StdioAddress } from '../model/carrier.js';
import { overStdio, type Description } from '../model/description.js';
import type { Run } from '../model/report.js';
import { defaultOptions, defaultsOver, type RunEvent, type RunOptions } from '../model/run.js';
import { given } from '../load/given.js';
import type { Suite } from '../model/suite.js';
import { loadEngine, ownSuites, wholeBaseline, wholePolicy } from './inputs.js';
import { refuseUnknownKeys } from './known.js';
import type { RunRequest, Select } from './request.js';
import { startServer } from './server.js';

/**
 * Examines a server and resolves to the report, with all that was sent and came.
 *
 * Opens sockets, and starts and stops a process where `server` is given. Rejects with a `Mistake` where the request cannot be carried
 * out (an address that is none, a check that there is not, a file with mistakes, a command that does not start), before anything is
 * sent; with any other error only where sessionspec itself fails. What the server does is in the report: `report.gate.exit` is 0 where it
 * conforms, 1 where it does not, 2 where that is undecided.
 */
export async function run(request: RunRequest): Promise<Run> {
  refuseUnknownKeys(request);
  const engine = await loadEngine();
  const described = await descriptionOf(request, engine);
  const { all, chosen } = await selectionOf(request, engine);
  const { baseline } = await wholeBaseline(request, described.baseline, engine);
  const env = request.env ?? processEnv;
  const piped = await stdioOf(request, described, env);
  const url = String(request.url ?? described.url ?? '');
  const command = request.server ?? (request.url === undefined ? described.server : undefined);
  const connection = await connectionOf({ piped, url, command, described, all }, request);
  const { connectTo } = await import('../cli/options/request.js');
  const { randomInt } = await import('node:crypto');
  const examine = (there: Address, operator: RunOptions['operator']) => {
    const options = {
      ...defaultsOver(there.kind),
      seed: randomInt(2 ** 31),
      ...connectTo(there, connection, env),
      ...runningOf(request),
      ...given({ operator, baseline }),
      profile: request.profile ?? described.profile ?? defaultOptions.profile,
      policy: wholePolicy(request.policy),
      startedAt: new Date(),
    };
    return recorded(chosen, all, options, request, engine);
  };
  if (piped !== undefined) return examine(piped, undefined);
  if (command === undefined) {
    const there = new URL(url);
    if (request.operator !== undefined || described.hooks === undefined)
      return examine(atUrl(there), request.operator);
    const { operatorOf } = await import('../cli/process/hooks.js');
    return examine(atUrl(there), operatorOf(described.hooks, there, env));
  }
  const server = await startServer({ command, url, env, ...given({ signal: request.signal }) });
  try {
    return await examine(atUrl(server.url), server.operator);
  } finally {
    await server.stop();
  }
}

async function descriptionOf({ config, env }: RunRequest, engine: Engine): Promise<Description> {
  if (typeof config !== 'string') return config ?? {};
  const { describedTarget } = await import('../cli/options/description.js');
  return describedTarget({ config }, { env: env ?? processEnv }, engine);
}

export interface Selection {
  /** All suites at hand. */
  readonly all: readonly Suite[];
  readonly chosen: Chosen;
}

/** The checks and monitors that a request selects. */
export async function selectionOf(request: RunRequest, engine: Engine): Promise<Selection> {
  const { suites: described = [] } = await descriptionOf(request, engine);
  const own = await ownSuites({ suites: [...(request.suites ?? []), ...described] }, engine);
  const all = [...engine.builtIn(), ...own];
  const { leftOutOf, selectFrom } = await import('../cli/options/select.js');
  const { suites: names, checks = [], skip = [], tags = [] }: Select = request.select ?? {};
  const { choice } = await import('../cli/options/choice.js');
  const known = all.map(({ suite }) => suite);
  const wanted = names?.map((name) => choice('the suite', name, known));
  const suites = all.filter(({ suite }) => wanted === undefined || wanted.includes(suite));
  const chosen = selectFrom(suites, { suite: [], check: checks, skip, tag: tags });
  return { all, chosen: { ...chosen, leftOut: leftOutOf(all, [...chosen.checks, ...chosen.monitors]) } };
}

/** The process that is asked for, where one is. */
async function stdioOf(
  request: RunRequest,
  described: Description,
  environment: NonNullable<RunRequest['env']>,
): Promise<StdioAddress | undefined> {
  const { stdio, url, server } = request;
  const own = url === undefined && server === undefined ? described.stdio : undefined;
  const asked = stdio ?? own;
  if (asked === undefined) return undefined;
  const { Mistake } = await import('../cli/mistake.js');
  const { stdioAddress } = await import('../cli/options/stdio.js');
  const ofHttp = (
    ['url', 'server', 'headers', 'principals', 'replicas', 'operator', 'ca', 'insecure'] as const
  ).find((name) => request[name] !== undefined);
  if (ofHttp !== undefined)
    throw new Mistake(
      `\`${ofHttp}\` is for a server over HTTP, and \`stdio\` starts one over its pipes: keep one`,
    );
  const { command, env = {} } = typeof asked === 'string' ? { command: asked } : asked;
  if (command.trim() === '') throw new Mistake('`stdio` is empty; give the command that starts the server');
  return stdioAddress(command, [...(described.env ?? []), ...Object.entries(env)], environment);
}

interface Asked {
  readonly piped: StdioAddress | undefined;
  readonly url: string;
  readonly command: string | undefined;
  readonly described: Description;
  readonly all: readonly Suite[];
}

/** How the server is reached; whatever is wrong with that is said before it is started. */
async function connectionOf({ piped, url, command, described, all }: Asked, request: RunRequest) {
  const { Mistake } = await import('../cli/mistake.js');
  const { parseConnection } = await import('../cli/options/request.js');
  const { parseTarget } = await import('../cli/options/target.js');
  const { refuseUnknownActors } = await import('../cli/options/actors.js');
  if (piped !== undefined)
    return parseConnection({ header: [], as: [], replica: [] }, overStdio(described), 'stdio');
  if (url === '') throw new Mistake('name the server: `url`, `stdio`, or a `config` with one');
  if (command === undefined && url.includes('{port}')) throw new Mistake('{port} in `url` needs `server`');
  // With any port, to see whether the rest is right.
  parseTarget(url.replaceAll('{port}', '1'), '`url`');
  const fields = Object.entries(request.headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  const actors = Object.entries(request.principals ?? {}).flatMap(([actor, own]) =>
    Object.entries(own).map(([name, value]) => `${actor}=${name}: ${value}`),
  );
  refuseUnknownActors(actors, all);
  const parsed = parseConnection({ header: fields, as: actors, replica: [] }, described);
  const replicas = request.replicas?.map((node) => parseTarget(String(node), '`replicas`'));
  return { ...parsed, ...given({ replicas }) };
}

/** The options that a request hands on as they are. */
function runningOf(request: RunRequest): Partial<RunOptions> {
  const { revision, idleTimeoutMs, jobs, seed, timeScale, requestsMax, requestsPerSecondMax, burst } =
    request;
  const { described, explore, readOnly, showIds, ca, insecure, signal } = request;
  const numbers = { idleTimeoutMs, jobs, seed, timeScale, requestsMax, requestsPerSecondMax, burst };
  return given({ revision, ...numbers, described, explore, readOnly, showIds, ca, insecure, signal });
}

async function recorded(
  chosen: Chosen,
  suites: readonly Suite[],
  options: RunOptions & { readonly seed: number; readonly startedAt: Date },
  { record, observe }: RunRequest,
  engine: Engine,
): Promise<Run> {
  if (record === undefined) return engine.run(chosen, { ...options, ...given({ observe }) });
  const { recorder } = await import('../report/recorder.js');
  const { headerOf } = await import('../cli/actions/run.js');
  const examined = new Set([...chosen.checks, ...chosen.monitors].map(({ suite }) => suite));
  const recording = recorder(
    headerOf(
      options,
      suites.filter(({ suite }) => examined.has(suite)),
      chosen,
    ),
    record,
  );
  const both = (event: RunEvent) => {
    recording.observe(event);
    observe?.(event);
  };
  const whole = await engine.run(chosen, { ...options, observe: both });
  recording.finish(whole);
  return whole;
}
