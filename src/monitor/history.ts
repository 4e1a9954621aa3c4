import { cached } from '../model/cached.js';
import type { Incident } from '../model/incident.js';
import type { Revision } from '../model/revision.js';
import type { Exchange, Exited, Transcript } from '../model/transcript.js';
import { readSessions, type Session } from './session.js';

/** One exchange of the run, with the sessions that it is about. */
export interface Seen {
  readonly check: string;
  readonly revision: Revision;
  readonly exchange: Exchange;
  /** The simulated client that sent it: names are unique within a check only. */
  readonly client: string;
  /** The session whose id it carried, where that was one id and an issued one. */
  readonly session?: number;
  /** The session of its client. */
  readonly own?: number;
  /** Issued ids that it carried or that stand anywhere in it. */
  readonly told: ReadonlySet<number>;
  /** Sessions whose ids are in the header fields of the answer under the name for them. */
  readonly named: readonly number[];
  /** Sessions whose ids stand elsewhere in the answer. */
  readonly mentioned: readonly number[];
}

/** Which attempt of which check it belongs to: a client's name begins with the place of its transcript. */
export function attemptOf({ client }: Seen): string {
  return client.slice(0, client.indexOf(' '));
}

/** A time in which the target was ended or lost: what became of sessions then is nobody's fault. */
export interface Disturbance {
  readonly fromMs: number;
  readonly toMs: number;
}

interface Exit {
  readonly client: string;
  readonly exited: Exited;
}

/** All exchanges of a run in the order in which they began, whichever check was running. */
export interface History {
  readonly seen: readonly Seen[];
  readonly sessions: ReadonlyMap<number, Session>;
  readonly disturbances: readonly Disturbance[];
  /** What happened to the target as a whole. */
  readonly incidents: readonly Incident[];
  /** The processes of clients that ended, where each has one. */
  readonly exits: readonly Exit[];
  /** The run would have seen the process end. */
  readonly isProcessInSight: boolean;
}

/** What a run knows besides its exchanges. */
export type Surroundings = Partial<Pick<History, 'incidents' | 'isProcessInSight'>>;

export function historyOf(
  recorded: readonly Transcript[],
  { incidents = [], isProcessInSight = false }: Surroundings = {},
): History {
  return { ...readHistory(recorded), incidents, isProcessInSight };
}

/** The same transcripts are looked at for what was evicted and by the monitors. */
const readHistory = cached((recorded: readonly Transcript[]): Omit<History, keyof Surroundings> => {
  const transcripts = recorded.flatMap(attemptsOf);
  const numbering = createNumbering();
  const seen = transcripts
    .flatMap((transcript, place) => seenIn(transcript, place, numbering))
    // Recordings have the checks in another order, which must not decide anything.
    .toSorted(
      (a, b) =>
        a.exchange.startedMs - b.exchange.startedMs ||
        (a.check === b.check ? a.exchange.seq - b.exchange.seq : a.check < b.check ? -1 : 1),
    );
  const disturbances = transcripts.flatMap(disturbancesIn);
  const sessions = readSessions(seen, disturbances);
  return { seen, sessions, disturbances, exits: transcripts.flatMap(exitsIn) };
});

function exitsIn({ entries }: Transcript, place: number): readonly Exit[] {
  return entries.flatMap((entry) =>
    entry.kind === 'exited' ? [{ client: `${place} ${entry.actor}`, exited: entry }] : [],
  );
}

/** What was done again was done as well. */
function attemptsOf(transcript: Transcript): readonly Transcript[] {
  return (transcript.earlier ?? []).concat(transcript);
}

type Numbering = (transcript: Transcript, place: number) => (pseudonym: string) => number | undefined;

/** Recordings from before sessions were numbered name them within a check only; there each check has numbers of its own. */
function createNumbering(): Numbering {
  let next = firstOwnNumber;
  return ({ sessions, entries }) => {
    if (sessions !== undefined) return (pseudonym) => sessions[pseudonym];
    const own = new Map<string, number>();
    for (const entry of entries)
      if (entry.kind === 'exchange' && entry.asked.kind === 'initialize')
        for (const id of entry.named) if (!own.has(id)) own.set(id, next++);
    return (pseudonym) => own.get(pseudonym);
  };
}

const firstOwnNumber = 1_000_000;

function seenIn(transcript: Transcript, place: number, numbering: Numbering): readonly Seen[] {
  const { check, revision, entries } = transcript;
  const numberOf = numbering(transcript, place);
  const numbers = (ids: readonly string[]) => ids.flatMap((id) => numberOf(id) ?? []);
  return entries.flatMap((entry): readonly Seen[] => {
    if (entry.kind !== 'exchange') return [];
    const { asked, sent, named, mentions, actor } = entry;
    const [carried, ...more] = asked.session;
    // A client of the revision without sessions is in none, whatever id it carries.
    const isOfOne = carried !== undefined && more.length === 0 && asked.modern !== true;
    const session = isOfOne ? numberOf(carried) : undefined;
    const own = asked.own === undefined ? undefined : numberOf(asked.own);
    const inFields = idsIn(fieldTexts(entry)).filter((id) => !named.includes(id));
    return [
      {
        check,
        revision,
        exchange: entry,
        client: `${place} ${actor}`,
        ...(session !== undefined && { session }),
        ...(own !== undefined && { own }),
        told: new Set(numbers([...asked.session, ...idsIn(sentTexts(sent))])),
        named: numbers(named),
        mentioned: numbers([...mentions, ...inFields]),
      },
    ];
  });
}

/** Pseudonyms, as they stand where ids were masked. */
function idsIn(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => (text.includes('«') ? (text.match(/«[^»]+»/g) ?? []) : []));
}

function sentTexts(sent: Exchange['sent']): readonly string[] {
  if (sent.carrier === 'stdio') return [sent.line ?? ''];
  // The ids under the name for them are known already.
  const others = sent.headers.filter(([name]) => !/^mcp-session-id$/i.test(name));
  return [sent.body ?? '', sent.query ?? '', sent.raw ?? '', ...others.map(([, value]) => value)];
}

function fieldTexts({ reply }: Exchange): readonly string[] {
  return reply.kind === 'response' && reply.frame.carrier === 'http'
    ? reply.frame.headers.map(([, value]) => value)
    : [];
}

/** Between the exchanges around it something was done to the process, or the target was given up. */
function disturbancesIn({ entries, cut }: Transcript): readonly Disturbance[] {
  const exchanges = entries.filter((entry) => entry.kind === 'exchange');
  const around = entries.flatMap((entry) =>
    entry.kind === 'operated'
      ? [
          {
            fromMs: Math.max(
              0,
              ...exchanges.filter(({ seq }) => seq < entry.seq).map(({ startedMs }) => startedMs),
            ),
            toMs: Math.min(
              Infinity,
              ...exchanges.filter(({ seq }) => seq > entry.seq).map(({ startedMs }) => startedMs),
            ),
          },
        ]
      : [],
  );
  if (cut?.because !== 'target-lost') return around;
  const lost = exchanges.find(({ step }) => step === cut.step);
  return [...around, { fromMs: lost?.startedMs ?? 0, toMs: Infinity }];
}
