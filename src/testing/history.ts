import type { Reply } from '../model/reply.js';
import type { Asked, Exchange, Transcript } from '../model/transcript.js';
import { empty, initializeResult, result } from './made.js';
import { historyOf } from '../monitor/history.js';
import type { Statement } from '../monitor/observation.js';

/** A run made by hand: clients that open sessions, use them and end them, one after the other unless told. */
export interface Told {
  readonly transcripts: () => readonly Transcript[];
  /** Opens a session with a whole handshake. */
  readonly open: (who: string, number: number, changes?: Partial<Exchange>) => void;
  /** A request in the session of a client, or what it is changed to. */
  readonly ask: (who: string, reply: Reply, changes?: Changes) => void;
  readonly end: (who: string, status?: number) => void;
  readonly wait: (ms: number) => void;
}

interface Changes extends Partial<Omit<Exchange, 'asked'>> {
  readonly asked?: Partial<Asked>;
}

/** Each client is the actor of a check of its own, `demo.<name>`. */
export function told(): Told {
  const checks = new Map<
    string,
    { readonly entries: Exchange[]; readonly sessions: Record<string, number> }
  >();
  let now = 100;
  let rpcId = 0;
  const checkOf = (who: string) => {
    const check = checks.get(who) ?? { entries: [], sessions: {} };
    checks.set(who, check);
    return check;
  };
  const add = (who: string, asked: Partial<Asked>, reply: Reply, changes: Partial<Exchange>) => {
    const { entries, sessions } = checkOf(who);
    const own = `«session ${who}»`;
    const isOpening = asked.kind === 'initialize';
    const seq = entries.length + 1;
    entries.push({
      kind: 'exchange',
      seq,
      step: String(seq),
      actor: who,
      asked: {
        kind: 'request',
        session: isOpening ? [] : [own],
        ...(own in sessions && !isOpening && { own }),
        ...asked,
      },
      sent: {
        carrier: 'http',
        method: 'POST',
        headers: [
          ['Accept', 'application/json, text/event-stream'],
          ['Content-Type', 'application/json'],
          ...(isOpening
            ? []
            : ([
                ['Mcp-Session-Id', own],
                ['MCP-Protocol-Version', '2025-11-25'],
              ] as const)),
        ],
        body: JSON.stringify({ jsonrpc: '2.0', id: asked.rpcId, method: asked.method }),
      },
      named: isOpening ? [own] : [],
      mentions: [],
      reply,
      startedMs: now,
      settledMs: now + 2,
      ...changes,
    });
    now += 10;
  };
  return {
    transcripts: () =>
      [...checks].map(([who, { entries, sessions }]) => ({
        check: `demo.${who}`,
        revision: '2025-11-25',
        entries,
        sessions,
      })),
    open(who, number, changes = {}) {
      checkOf(who).sessions[`«session ${who}»`] = number;
      rpcId += 1;
      add(who, { kind: 'initialize', method: 'initialize', rpcId }, result(initializeResult, rpcId), changes);
      add(who, { kind: 'notification', method: 'notifications/initialized' }, empty(202), {});
    },
    ask: (who, reply, { asked, ...changes } = {}) =>
      add(who, { kind: 'request', method: 'ping', rpcId: 1, ...asked }, reply, changes),
    end: (who, status = 200) => add(who, { kind: 'delete' }, empty(status), {}),
    wait: (ms) => void (now += ms),
  };
}

/** What a statement says of it: `bad` ones with their reason and words, and how often it is good. */
export function seenBy({ observe }: Statement, run: Told) {
  const observed = observe(historyOf(run.transcripts()));
  return {
    good: observed.filter(({ kind }) => kind === 'good').length,
    unsure: observed.filter(({ kind }) => kind === 'unsure').length,
    bad: observed.flatMap((one) => (one.kind === 'bad' ? [`${one.reason}: ${one.says}`] : [])),
  };
}
