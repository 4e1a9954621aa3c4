import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pLimit from 'p-limit';
import { Client, type Dispatcher } from 'undici';
import type { Facts } from '../src/model/facts.js';
import { headerValues } from '../src/model/framing.js';
import { statusOf } from '../src/model/reply.js';
import { isExchange } from '../src/model/request-kind.js';
import type { Check } from '../src/model/suite.js';
import type { Exchange, Transcript } from '../src/model/transcript.js';
import { written } from '../src/model/walk.js';

/** What a harness run sent, and what is needed to send it again. */
export interface Recording {
  readonly jobs: number;
  readonly facts: Facts;
  readonly checks: readonly Check[];
  readonly transcripts: readonly Transcript[];
}

/** Sends the exchanges of the checks again, as the harness did, and looks at nothing. Gives how many there were. */
export async function replay(url: URL, { jobs, facts, checks, transcripts }: Recording): Promise<number> {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const run = async (alone: boolean): Promise<number[]> => {
    const limit = pLimit(alone ? 1 : jobs);
    const wanted = transcripts.flatMap((transcript) => {
      const check = byId.get(transcript.check);
      return check?.alone === alone ? [{ check, transcript }] : [];
    });
    return Promise.all(
      wanted.map(({ check, transcript }) => limit(() => replayCheck(url, check, transcript, facts))),
    );
  };
  return [...(await run(false)), ...(await run(true))].reduce((sum, count) => sum + count, 0);
}

async function replayCheck(url: URL, check: Check, { entries }: Transcript, facts: Facts): Promise<number> {
  const steps = new Map(
    written(check.steps)
      .filter(isExchange)
      .map((step) => [step.path, step]),
  );
  const state: Replay = {
    ids: new Map<string, string>(),
    live: new Map<string, Lanes>(),
    all: new Set<Lanes>(),
  };
  const connect = (): Lanes => {
    const lanes = new Lanes(url);
    state.all.add(lanes);
    return lanes;
  };
  const actors = new Map<string, { lanes: Lanes; hasSession: boolean }>();
  const settled = new Map<Exchange, Promise<void>>();
  const exchanges = entries
    .filter((entry) => entry.kind === 'exchange')
    .toSorted((a, b) => a.startedMs - b.startedMs || a.seq - b.seq);
  if (entries.some(({ kind }) => kind === 'awaited' || kind === 'quiet'))
    throw new Error(`${check.id} waits, which is not replayed`);

  const send = async (exchange: Exchange, before: readonly Exchange[]): Promise<void> => {
    await Promise.all(before.flatMap((one) => settled.get(one) ?? []));
    const step = steps.get(exchange.step.replace(/#\d+$/, ''));
    const known = actors.get(exchange.actor);
    // A client that opens once more is a new one.
    const actor =
      known === undefined || (step?.kind === 'open' && known.hasSession)
        ? { lanes: connect(), hasSession: false }
        : known;
    actors.set(exchange.actor, actor);
    const lanes = step?.connection === 'new' ? connect() : actor.lanes;
    const sent = requestOf(exchange, url, state.ids);
    const answer = await lanes.send(sent, sent.method === 'GET');
    // Another answer than the harness got would cost another time, too.
    const { reply } = exchange;
    const status = statusOf(reply) ?? reply.kind;
    if (answer.status !== status)
      throw new Error(`${check.id} ${exchange.step}: ${answer.status} where the harness got ${status}`);
    if (exchange.asked.kind === 'initialize') {
      answer.ids.forEach((id, index) => state.ids.set(exchange.named[index] ?? '', id));
      for (const id of answer.ids) state.live.set(id, lanes);
      if (step?.kind === 'open' && answer.ids.length > 0) actor.hasSession = true;
    }
    if (exchange.asked.kind === 'delete' && answer.status < 300)
      for (const id of sent.carried) state.live.delete(id);
  };
  for (const exchange of exchanges) {
    const before = exchanges.filter((other) => other !== exchange && other.settledMs <= exchange.startedMs);
    settled.set(exchange, send(exchange, before));
  }
  await Promise.all(settled.values());
  return exchanges.length + (await tidy(state, url, facts));
}

interface Replay {
  readonly ids: Map<string, string>;
  /** Sessions that are still open, with the connection that opened them. */
  readonly live: Map<string, Lanes>;
  readonly all: Set<Lanes>;
}

/** As the harness leaves a target: streams dropped, sessions ended, connections closed. */
async function tidy(
  { live, all }: Replay,
  url: URL,
  { delete: { offered }, revision }: Facts,
): Promise<number> {
  for (const lanes of all) lanes.dropStreams();
  const ending = offered ? [...live] : [];
  const headers = (id: string) => ['MCP-Protocol-Version', revision, 'Mcp-Session-Id', id];
  await Promise.all(
    ending.map(([id, lanes]) =>
      lanes.send({ path: url.pathname, method: 'DELETE', headers: headers(id), body: null }, false),
    ),
  );
  await Promise.all([...all].map((lanes) => lanes.close()));
  return ending.length;
}

interface Sent extends Dispatcher.DispatchOptions {
  readonly headers: string[];
  readonly carried: readonly string[];
}

/** The request with ids that are alive now in the place of the pseudonyms. */
function requestOf({ sent: request }: Exchange, url: URL, ids: Map<string, string>): Sent {
  if (request.carrier !== 'http') throw new Error('only HTTP is replayed');
  if (request.raw !== undefined) throw new Error('raw bytes are not replayed');
  const real = (text: string): string => text.replace(/«[^»]*»/g, (pseudonym) => idOf(pseudonym, ids));
  const headers = request.headers.map(([name, value]) => [name, real(value)] as const);
  return {
    path: request.query === undefined ? url.pathname : `${url.pathname}?${real(request.query)}`,
    method: request.method,
    headers: headers.flat(),
    body: request.body === undefined ? null : real(request.body),
    carried: headerValues(headers, 'mcp-session-id'),
  };
}

/** An id that was never issued is made up when it first occurs. */
function idOf(pseudonym: string, ids: Map<string, string>): string {
  const known = ids.get(pseudonym);
  if (known !== undefined) return known;
  const made = pseudonym.includes('long') ? randomBytes(4096).toString('hex') : randomUUID();
  ids.set(pseudonym, made);
  return made;
}

interface Answer {
  readonly status: number;
  readonly ids: readonly string[];
}

/** The connections of one client: kept, and one more wherever requests overlap. */
class Lanes {
  readonly #url: URL;
  readonly #idle: Client[] = [];
  readonly #clients = new Set<Client>();
  readonly #drops = new Set<() => void>();

  constructor(url: URL) {
    this.#url = url;
  }

  /** Settles at the head of a stream that stays open, at the event that answers, or at the end. */
  send(request: Dispatcher.DispatchOptions, staysOpen: boolean): Promise<Answer> {
    const client = this.#idle.pop() ?? new Client(this.#url.origin, { pipelining: 1 });
    this.#clients.add(client);
    return new Promise((resolve, reject) => {
      let answer: Answer = { status: 0, ids: [] };
      let isStream = false;
      let text = '';
      let drop = ignore;
      client.dispatch(request, {
        onConnect: (abort) => {
          drop = abort;
        },
        onHeaders: (status, raw) => {
          const fields = raw.map((bytes) => bytes.toString('latin1'));
          const valuesOf = (wanted: string) =>
            fields.filter((_, at) => at % 2 === 1 && fields[at - 1]?.toLowerCase() === wanted);
          answer = { status, ids: valuesOf('mcp-session-id') };
          isStream = valuesOf('content-type').some((type) => type.startsWith('text/event-stream'));
          if (isStream && staysOpen) {
            this.#drops.add(drop);
            resolve(answer);
          }
          return true;
        },
        onData: (chunk) => {
          text += chunk.toString();
          if (isStream && !staysOpen && text.includes('"jsonrpc"') && text.endsWith('\n\n')) resolve(answer);
          return true;
        },
        onComplete: () => {
          this.#idle.push(client);
          resolve(answer);
        },
        onError: (error) => (answer.status === 0 ? reject(error) : resolve(answer)),
      });
    });
  }

  dropStreams(): void {
    for (const drop of this.#drops) drop();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients].map((client) => client.destroy()));
  }
}

function ignore(): void {}

// As a program: one replay in a process that has done nothing before, for comparison with one run of the command line.
const [, program, url, file] = process.argv;
if (
  program !== undefined &&
  import.meta.url.endsWith('/replay.ts') &&
  program.endsWith('replay.ts') &&
  url !== undefined &&
  file !== undefined
) {
  const recording: Recording = JSON.parse(readFileSync(file, 'utf8'));
  const startedMs = performance.now();
  const exchanges = await replay(new URL(url), recording);
  console.log(JSON.stringify({ wallMs: performance.now() - startedMs, exchanges }));
  process.exit();
}
