import { createFinder, placesIn } from '../model/finder.js';
import { classify } from '../model/classify.js';
import { answerOf, isToolError, textsOf } from '../model/message.js';
import { keepsWords, usesIn } from './uses.js';
import { countIn } from './counted.js';
import type { Seen } from './history.js';
import { countedSteps, isTwice } from './steps.js';
import { good, type Observation, type Statement } from './observation.js';
import type { Session } from './session.js';

/** What a session reads is what it wrote, all of it and nothing else. */
export const stateIsOwn: Statement = {
  demands: 'what a session reads is explained by its own writes, each of them once',
  observe: (history) => {
    const marks = marksIn(history.seen);
    const used = usesIn(history);
    const steps = countedSteps(used, history.seen);
    // What counts twice is no write of another session.
    const explained = steps.some(isTwice) ? steps : undefined;
    const ofCounters =
      explained?.flatMap(({ uses }) => uses.map(({ at }) => good(at))) ??
      used.flatMap(({ counts }) => countWrites(counts.filter((use) => !isKept(use))));
    const kept = used.map(({ counts }) => counts.filter(isKept));
    const bounds = {
      most: Math.max(0, ...kept.flat().flatMap((use) => countIn(use) ?? [])),
      // What names no session may count in any.
      strays: history.seen.filter((one) => one.session === undefined && isKept(one) && isWrite(one)).length,
    };
    return used
      .flatMap(({ session, words }) => readMarks(session, words, marks))
      .concat(
        ofCounters,
        kept.flatMap((uses) => readKept(uses, bounds)),
      );
  },
};

/** A counter: each use of it adds one, so a value lies between what had ended before and what had begun by then. */
function countWrites(uses: readonly Seen[]): readonly Observation[] {
  const [first] = uses;
  const base = first === undefined ? undefined : baseOf(first, uses);
  if (base === undefined) return [];
  const valued = uses.filter((use) => countIn(use) !== undefined);
  const ends = valued.map(({ exchange }) => exchange.settledMs).toSorted((a, b) => a - b);
  const taken = new Map<number, Seen>();
  return valued.flatMap((at): readonly Observation[] => {
    const value = (countIn(at) ?? 0) - base;
    const { startedMs, settledMs } = at.exchange;
    const least = ends.filter((end) => end <= startedMs).length + 1;
    const most = uses.filter(({ exchange }) => exchange.startedMs < settledMs).length;
    const twin = taken.get(value);
    taken.set(value, at);
    if (value > most)
      return [wrong(at, 'shared-state', `it counts ${value} where its session wrote ${most} times`)];
    if (value < least)
      return [wrong(at, 'lost-state', `it counts ${value} after ${least} writes of its session`)];
    if (twin !== undefined)
      return [wrong(at, 'lost-state', `two writes of its session both made it ${value}`, twin)];
    // The first value says where counting began, and nothing else.
    return at === uses[0] ? [] : [good(at)];
  });
}

/** What the counter showed before its first use, where that overlaps no other. */
function baseOf(first: Seen, uses: readonly Seen[]): number | undefined {
  const isAlone = uses.every((use) => use === first || use.exchange.startedMs >= first.exchange.settledMs);
  const value = countIn(first);
  if (isAlone) return value === undefined ? undefined : value - 1;
  // Of uses that overlap from the start, the least value is the first.
  const values = uses.flatMap((use) => countIn(use) ?? []);
  return values.length === uses.length ? Math.min(...values) - 1 : undefined;
}

/** It is written by one call and read by another, from nothing on. */
function isKept({ exchange: { asked } }: Seen): boolean {
  return asked.count !== undefined;
}

function isWrite({ exchange: { asked } }: Seen): boolean {
  return asked.nonce !== undefined;
}

interface Bounds {
  /** What keeps no more may have let go of what came first. */
  readonly most: number;
  readonly strays: number;
}

function readKept(uses: readonly Seen[], { most, strays }: Bounds): readonly Observation[] {
  const writes = uses.filter(isWrite);
  return uses.flatMap((at): readonly Observation[] => {
    const value = isWrite(at) ? undefined : countIn(at);
    if (value === undefined) return [];
    const { startedMs, settledMs } = at.exchange;
    const least = writes.filter((one) => isRead(one) && one.exchange.settledMs <= startedMs).length;
    const begun = writes.filter(({ exchange }) => exchange.startedMs < settledMs);
    // What we sent again may have come each time.
    const sent = begun.reduce((sum, { exchange }) => sum + 1 + (exchange.again?.length ?? 0), strays);
    if (value > sent)
      return [wrong(at, 'shared-state', `it shows ${value} writes where its session made ${begun.length}`)];
    if (value < least && value < most)
      return [wrong(at, 'lost-state', `it shows ${value} writes after ${least} of its session`)];
    return [good(at)];
  });
}

interface Marks {
  readonly writers: ReadonlyMap<string, Seen>;
  readonly standIn: (at: Seen) => readonly string[];
}

function marksIn(seen: readonly Seen[]): Marks {
  const writers = new Map<string, Seen>();
  const words = createFinder();
  for (const one of seen) {
    const { nonce } = one.exchange.asked;
    if (!keepsWords(one) || nonce === undefined || writers.has(nonce)) continue;
    writers.set(nonce, one);
    words.add(nonce, nonce);
  }
  return {
    writers,
    standIn: ({ exchange }) => [
      ...new Set(textsOf(exchange.reply).flatMap((text) => placesIn(text, [words]).map(({ id }) => id))),
    ],
  };
}

function readMarks(
  session: Session,
  uses: readonly Seen[],
  { writers, standIn }: Marks,
): readonly Observation[] {
  const reads = uses.filter((use) => use.exchange.asked.nonce === undefined && isRead(use));
  const shown = reads.map((at) => ({ at, words: standIn(at) }));
  // Where no reading ever shows two, each write may replace the one before.
  const keepsAll = shown.some(({ words }) => words.length > 1);
  return shown.flatMap(({ at, words }): readonly Observation[] => {
    const stranger = words
      .flatMap((word) => writers.get(word) ?? [])
      .find((writer) => writer.session !== undefined && writer.session !== session.number);
    if (stranger !== undefined)
      return [
        wrong(
          at,
          'shared-state',
          `it shows what ${stranger.exchange.actor} of ${stranger.check} wrote`,
          stranger,
        ),
      ];
    const written = uses.filter(
      (use) =>
        use.exchange.asked.nonce !== undefined &&
        isRead(use) &&
        use.exchange.settledMs <= at.exchange.startedMs,
    );
    const due = keepsAll ? written : written.slice(-1);
    const gone = due.find(({ exchange }) => !words.includes(exchange.asked.nonce ?? ''));
    if (gone !== undefined && written.length > 0 && isSettled(written, keepsAll))
      return [wrong(at, 'lost-state', 'it lacks what its own session had written', gone)];
    return written.length > 0 && gone === undefined ? [good(at)] : [];
  });
}

/** It was answered, and by no error. */
function isRead({ exchange }: Seen): boolean {
  return classify(exchange) === 'served' && !isToolError(answerOf(exchange)?.result);
}

/** Of writes that overlap, either may be the last. */
function isSettled(written: readonly Seen[], keepsAll: boolean): boolean {
  const [before, last] = written.slice(-2);
  return (
    keepsAll ||
    last === undefined ||
    before === undefined ||
    before.exchange.settledMs <= last.exchange.startedMs
  );
}

function wrong(at: Seen, reason: 'shared-state' | 'lost-state', says: string, beside?: Seen): Observation {
  return { kind: 'bad', at, reason, says, ...(beside && { beside: [beside] }) };
}
