import { setTimeout as sleep } from 'node:timers/promises';
import type { Ending, Operator, ProcessEnd, Start } from '../../model/run.js';
import { describeExit, describeWords } from '../../model/incident.js';
import type { Io } from '../output/io.js';
import { Mistake, reasonOf } from '../mistake.js';
import { accepts, freePort, pollMs } from './port.js';
import { parseTarget } from '../options/target.js';
import { startGroup, type Group } from './group.js';
import { answersHttp } from './ready.js';
import { listenTo, type Words } from './words.js';

/** A target that the command line started, and may stop and start again. */
export interface Server {
  readonly url: URL;
  readonly operator: Operator;
  readonly stop: () => Promise<void>;
}

export interface ServerOptions {
  /** For a shell; `{port}` in it is replaced. */
  readonly command: string;
  /** `{port}` in it is replaced too. */
  readonly url: string;
  readonly io: Pick<Io, 'env' | 'onExit'>;
  readonly signal?: AbortSignal;
  readonly startMs?: number;
}

const graceMs = 2_000;
const closeMs = 2_000;

/** A command that was started, until it is ended. */
interface Started {
  readonly group: Group;
  readonly words: Words;
  /** True once it is to end, so that its end is no news. */
  isEnding: boolean;
}

/** Starts the command in a process group of its own, as often as `start` is called, and waits until it answers. */
export async function startServer({
  command,
  url: text,
  io,
  signal,
  startMs = 20_000,
}: ServerOptions): Promise<Server> {
  const port = await freePort();
  const filled = (template: string) => template.replaceAll('{port}', String(port));
  const url = parseTarget(filled(text));
  if (await accepts(url))
    throw new Mistake(
      `another process listens at ${url.host} already; stop it, or write {port} in the URL`,
      2,
    );
  let started: Started | undefined;
  const listeners = new Set<(end: ProcessEnd) => void>();
  const forget = io.onExit(() => started?.group.killNow());
  const end = async (withinMs: number) => {
    if (started === undefined) return true;
    started.isEnding = true;
    return started.group.end(withinMs);
  };
  const start = async () => {
    await end(0);
    const group = startGroup(filled(command), { ...io.env, PORT: url.port || String(port) });
    const now = { group, words: listenTo(group.child), isEnding: false };
    started = now;
    group.child.once('exit', () => void tellOfEnd(now, url, listeners));
    await untilReady(now, url, startMs, portHint(command, text), signal);
  };
  const stop = async () => {
    await end(graceMs);
    forget();
  };
  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  // The process that listens may be a child of the command, and a killed process frees its port a moment later.
  const ending = async (how: Ending) => ((await closes(url)) ? how : 'running');
  const operator: Operator = {
    stop: async (withinMs) => ((await end(withinMs)) ? ending('ended') : ending('killed')),
    kill: async () => {
      await end(0);
      return ending('killed');
    },
    start: () =>
      start().then(
        (): Start => ({ answers: true }),
        (error: unknown): Start => ({ answers: false, says: reasonOf(error) }),
      ),
    watch: (ended) => {
      listeners.add(ended);
      return () => void listeners.delete(ended);
    },
  };
  return { url, operator, stop };
}

/** A command may start a server and end at once, as `docker compose up -d` does: only that nothing listens any more is news. */
async function tellOfEnd(
  started: Started,
  url: URL,
  listeners: ReadonlySet<(end: ProcessEnd) => void>,
): Promise<void> {
  const { group, words } = started;
  const { exitCode: code, signalCode: signal } = group.child;
  if (started.isEnding || (await accepts(url))) return;
  const last = words.heard().then(words.last);
  for (const ended of listeners) ended({ code, signal, words: last });
}

async function untilReady(
  { group: { child }, words }: Started,
  url: URL,
  startMs: number,
  hint: string,
  signal?: AbortSignal,
): Promise<void> {
  let failed: Error | undefined;
  child.on('error', (error) => (failed = error));
  const until = performance.now() + startMs;
  let accepted = false;
  while (performance.now() < until) {
    if (signal?.aborted) throw new Mistake('interrupted while the server started', 130);
    if (failed) throw new Mistake(`--server could not be started: ${failed.message}`, 2);
    const isOver = child.exitCode !== null || child.signalCode !== null;
    accepted = await accepts(url);
    // One that ended well may have started what listens; where one ended badly, what listens is another.
    if (isOver && (!accepted || child.exitCode !== 0)) {
      await words.heard();
      const how = describeExit({ code: child.exitCode, signal: child.signalCode });
      throw new Mistake(`--server ended before it listened (${how})${describeWords(words.last())}`, 2);
    }
    if (accepted && (await answersHttp(url))) return;
    await sleep(pollMs);
  }
  // It may answer nothing but what a client of MCP sends; that is found out next.
  if (accepted) return;
  const other = await listensInstead(words, url);
  const instead = other === undefined ? '' : `, but something does at port ${other}`;
  const says = describeWords(words.all());
  throw new Mistake(
    `--server does not listen at ${url.host} after ${startMs / 1000} s${instead}${hint}${says}`,
    2,
  );
}

/** What the command and the URL do not say of the port that they need to agree on. */
function portHint(command: string, url: string): string {
  if (url.includes('{port}') && !command.includes('{port}'))
    return '; write {port} in the command, where the server takes its port from there: it is in PORT only';
  if (command.includes('{port}') && !url.includes('{port}'))
    return '; write {port} in the URL too: the command was given a free port';
  return '';
}

/** A port that the process speaks of, where ours is free: some servers take the next one when theirs is taken. */
async function listensInstead(words: Words, url: URL): Promise<string | undefined> {
  const named = words.all().flatMap((line) => line.match(/\b\d{4,5}\b/g) ?? []);
  for (const port of new Set(named.filter((number) => number !== url.port && Number(number) < 65_536))) {
    const there = new URL(url);
    there.port = port;
    if (await accepts(there)) return port;
  }
  return undefined;
}

/** False where a process goes on listening. */
async function closes(url: URL): Promise<boolean> {
  const until = performance.now() + closeMs;
  while (await accepts(url)) {
    if (performance.now() > until) return false;
    await sleep(pollMs);
  }
  return true;
}
