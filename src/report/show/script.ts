import type { Check } from '../../model/suite.js';
import type { Entry, Exchange, Operated, Transcript } from '../../model/transcript.js';
import { closings } from './closings.js';
import { judgedBy, type Found, type Judged } from './judged.js';
import { callOf, knownTo, type Call, type CallContext } from './call.js';
import { variablesIn } from './text.js';
import { valuesIn, type Value } from './values.js';

/** One line of a script that asks a server the same again. */
export type Action =
  | { readonly do: 'set'; readonly value: Value }
  | { readonly do: 'send'; readonly call: Call; readonly background: boolean }
  | { readonly do: 'wait'; readonly call: Call }
  | { readonly do: 'close'; readonly seq: number }
  | { readonly do: 'sleep'; readonly ms: number }
  | { readonly do: 'operate'; readonly what: Operated['does'] }
  /** Shows ids, where the ids themselves were judged. */
  | { readonly do: 'tell'; readonly values: readonly Value[] };

export interface Script {
  readonly actions: readonly Action[];
  /** Variables that the reader has to set. */
  readonly environment: readonly string[];
  /** How many nodes besides the first. */
  readonly nodes: number;
  /** What the script does not do as the run did. */
  readonly remarks: readonly string[];
  /** Of a finding: how its script says whether it is there again. */
  readonly judged?: Judged;
}

export interface Scripted extends CallContext {
  readonly transcript: Transcript;
  /** Tells where streams were closed; without it they are closed at the end. */
  readonly check?: Check | undefined;
  readonly found?: Found | undefined;
}

/** The requests of a transcript in their order, with what waits for what; nothing where they did not go over HTTP. */
export function scriptOf(scripted: Scripted): Script | undefined {
  const { entries } = scripted.transcript;
  const exchanges = entries
    .filter((entry) => entry.kind === 'exchange')
    .toSorted((a, b) => a.startedMs - b.startedMs);
  if (exchanges.some(({ sent }) => sent.carrier !== 'http')) return undefined;
  const values = valuesIn(exchanges, scripted.check);
  const calls = exchanges.map((exchange) => callOf(exchange, knownTo(exchange, exchanges, values), scripted));
  const actions = actionsOf(exchanges, calls, values, scripted);
  const set = new Set(actions.flatMap((one) => (one.do === 'set' ? [one.value] : [])));
  return {
    actions,
    ...(scripted.found && {
      judged: judgedBy(
        scripted.found,
        scripted.check,
        exchanges,
        values.filter((one) => set.has(one)),
      ),
    }),
    environment: [
      ...new Set(calls.flatMap(({ headers }) => headers.flatMap(([, text]) => variablesIn(text)))),
    ].filter((name) => !values.some(({ variable }) => variable === name)),
    nodes: Math.max(0, ...exchanges.map(({ node = 0 }) => node)),
    remarks: [...remarksOn(entries, exchanges), ...(actions.some(isOverlapping) ? [overlaps] : [])],
  };
}

function isOverlapping(action: Action): boolean {
  return action.do === 'send' && action.background && action.call.until === 'whole';
}

const overlaps = 'requests that overlapped in the run begin in its order, and may arrive in another';

function actionsOf(
  exchanges: readonly Exchange[],
  calls: readonly Call[],
  values: readonly Value[],
  { transcript: { entries }, check }: Scripted,
): readonly Action[] {
  const actions: Action[] = [];
  const open = new Map<number, { readonly exchange: Exchange; readonly call: Call }>();
  const known = new Set<string>();
  const closed = new Set<number>();
  const closes = closings(check, exchanges);
  let nowMs = exchanges[0]?.startedMs ?? 0;
  const sleepUntil = (ms: number) => {
    if (ms - nowMs >= leastSleepMs) actions.push({ do: 'sleep', ms: Math.round(ms - nowMs) });
    nowMs = Math.max(nowMs, ms);
  };
  const learn = (isWanted: (value: Value) => boolean) => {
    for (const value of values.filter((one) => !known.has(one.variable) && isWanted(one))) {
      known.add(value.variable);
      actions.push({ do: 'set', value });
    }
  };
  const learnFrom = (seq: number) => learn(({ origin }) => origin.from === 'header' && origin.seq === seq);
  const settle = (beforeMs: number) => {
    const due = [...open.values()].filter(({ exchange }) => exchange.settledMs <= beforeMs);
    for (const { exchange, call } of due.toSorted((a, b) => a.exchange.settledMs - b.exchange.settledMs)) {
      open.delete(exchange.seq);
      actions.push({ do: 'wait', call });
      nowMs = Math.max(nowMs, exchange.settledMs);
      learnFrom(exchange.seq);
    }
  };
  const close = (step: string) => {
    for (const { seq } of closes.filter((one) => !closed.has(one.seq) && one.before === step)) {
      closed.add(seq);
      actions.push({ do: 'close', seq });
    }
  };
  for (const [i, exchange] of exchanges.entries()) {
    const call = calls[i];
    if (call === undefined) continue;
    settle(exchange.startedMs);
    for (const does of operatedBefore(exchange, exchanges[i - 1], entries))
      actions.push({ do: 'operate', what: does });
    close(exchange.step);
    sleepUntil(exchange.startedMs);
    const used = new Set(usedIn(call));
    // What an altered id is made of comes first.
    learn(({ variable, origin }) => used.has(variable) && origin.from !== 'header');
    const next = exchanges[i + 1];
    const background =
      call.until === 'head' ||
      call.until === 'event' ||
      (next !== undefined && next.startedMs < exchange.settledMs);
    actions.push({ do: 'send', call, background });
    if (background) open.set(exchange.seq, { exchange, call });
    else {
      nowMs = Math.max(nowMs, exchange.settledMs);
      learnFrom(exchange.seq);
    }
  }
  settle(Infinity);
  sleepUntil(lastMsOf(entries));
  if (entries.some(({ kind }) => kind === 'finding'))
    actions.push({ do: 'tell', values: values.filter(({ origin }) => origin.from === 'header') });
  return actions;
}

const leastSleepMs = 150;

function usedIn({ headers, body = [], query = [], raw = [] }: Call): readonly string[] {
  return [...headers.map(([, text]) => text), body, query, raw].flatMap(variablesIn);
}

function lastMsOf(entries: readonly Entry[]): number {
  return Math.max(
    0,
    ...entries.flatMap((entry) => {
      if (entry.kind === 'quiet') return [entry.toMs];
      if (entry.kind !== 'exchange') return [];
      const { reply } = entry;
      const events = reply.kind === 'response' && reply.content.kind === 'stream' ? reply.content.events : [];
      return [entry.settledMs, ...events.map(({ atMs }) => atMs + leastSleepMs)];
    }),
  );
}

function operatedBefore(
  { seq }: Exchange,
  before: Exchange | undefined,
  entries: readonly Entry[],
): readonly Operated['does'][] {
  return entries.flatMap((entry) =>
    entry.kind === 'operated' && entry.seq < seq && entry.seq > (before?.seq ?? -1) ? [entry.does] : [],
  );
}

function remarksOn(entries: readonly Entry[], exchanges: readonly Exchange[]): readonly string[] {
  const foreign = exchanges.some(({ sent }) => JSON.stringify(sent).includes(' of the run»'));
  return [
    ...(foreign ? ['ids of sessions of other checks are sent as their names in the recording'] : []),
    ...(exchanges.some(({ reply }) => reply.kind === 'aborted')
      ? ['where the run hung up within a request, the script sends the whole and hangs up then']
      : []),
    ...(entries.some(({ kind }) => kind === 'operated')
      ? ['the process of the server is stopped and started by the commands in STOP, KILL and START']
      : []),
  ];
}
