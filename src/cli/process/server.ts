import { setTimeout as sleep } from 'node:timers/promises';
import type { Ending, Operator, ProcessEnd, Start } from '../../model/run.js';
import { describeExit, describeWords } from '../../model/incident.js';
import type { Io } from '../output/io.js';
import { Mistake, reasonOf } from '../mistake.js';
import { accepts, freePort, pollMs } from './port.js';
import { parseTarget } from '../options/target.js';
import { startGroup, type Group } from './group.js';
import { listensInstead } from './elsewhere.js';
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
  /** Is told now and then that it is still awaited, when it starts for the first time. */
  readonly tell?: (says: string) => void;
  readonly tellEveryMs?: number;
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
  tell,
  tellEveryMs = 5_000,
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
  const start = async (waits: (now: Started) => Promise<void> = () => Promise.resolve()) => {
    await end(0);
    const group = startGroup(filled(command), { ...io.env, PORT: url.port || String(port) });
    const now = { group, words: listenTo(group.child), isEnding: false };
    started = now;
    group.child.once('exit', () => void tellOfEnd(now, url, listeners));
    await untilReady(now, url, { startMs, hint: portHint(command, text), waits, signal });
  };
  const waits = tell && telling(url, tell, tellEveryMs);
  const stop = async () => {
    await end(graceMs);
    forget();
  };
  try {
    await start(waits);
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

interface Waiting {
  readonly startMs: number;
  readonly hint: string;
  /** Is called each time it did not answer. */
  readonly waits: (now: Started) => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

async function untilReady(started: Started, url: URL, waiting: Waiting): Promise<void> {
  const { child } = started.group;
  const { words } = started;
  const { startMs, hint, waits, signal } = waiting;
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
    await waits(started);
    await sleep(pollMs);
  }
  // It may answer nothing but what a client of MCP sends; that is found out next.
  if (accepted) return;
  const instead = await elsewhere(words, url);
  const advice = hint === '' && instead !== '' ? addressHint : hint;
  throw new Mistake(
    `--server does not listen at ${url.host} after ${startMs / 1000} s${instead}${advice}${describeWords(words.all())}`,
    2,
  );
}

/** Tells every few seconds that a server is awaited, with what it says itself. */
function telling(url: URL, tell: (says: string) => void, everyMs: number): Waiting['waits'] {
  const since = performance.now();
  let times = 0;
  return async ({ words }) => {
    const afterMs = performance.now() - since;
    if (afterMs < (times + 1) * everyMs) return;
    times = Math.floor(afterMs / everyMs);
    const waited = `${(afterMs / 1000).toFixed(everyMs < 1000 ? 1 : 0)} s`;
    tell(
      `waiting for the server to answer at ${url.host}, ${waited}${await elsewhere(words, url)}${describeWords(words.all())}`,
    );
  };
}

async function elsewhere(words: Words, url: URL): Promise<string> {
  const other = await listensInstead(words.all(), url);
  return other === undefined ? '' : `, but something does at ${other}`;
}

const addressHint = '; put that into the URL, or have the server listen at the port in PORT';

/** What the command and the URL do not say of the port that they need to agree on. */
function portHint(command: string, url: string): string {
  if (url.includes('{port}') && !command.includes('{port}'))
    return '; write {port} in the command, where the server takes its port from there: it is in PORT only';
  if (command.includes('{port}') && !url.includes('{port}'))
    return '; write {port} in the URL too: the command was given a free port';
  return '';
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
