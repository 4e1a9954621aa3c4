import type { Reply } from '../../model/reply.js';
import type { Entry, Transcript } from '../../model/transcript.js';

/** By how much one part of a run comes after those before it. */
export interface Shift {
  readonly ms: number;
  /** How many sessions the target issued before. */
  readonly sessions: number;
}

/** The same transcript, later and with the numbers that its sessions have in the whole run. */
export function shifted(transcript: Transcript, by: Shift): Transcript {
  const { entries, sessions, earlier, ...rest } = transcript;
  return {
    ...rest,
    entries: entries.map((entry) => shiftedEntry(entry, by.ms)),
    ...(sessions && {
      sessions: Object.fromEntries(
        Object.entries(sessions).map(([name, number]) => [name, number + by.sessions]),
      ),
    }),
    ...(earlier && { earlier: earlier.map((one) => shifted(one, by)) }),
  };
}

function shiftedEntry(entry: Entry, ms: number): Entry {
  switch (entry.kind) {
    case 'exchange':
      return {
        ...entry,
        startedMs: entry.startedMs + ms,
        settledMs: entry.settledMs + ms,
        reply: shiftedReply(entry.reply, ms),
        ...(entry.again && { again: entry.again.map((reply) => shiftedReply(reply, ms)) }),
        ...(entry.afterwards && { afterwards: shiftedReply(entry.afterwards, ms) }),
      };
    case 'quiet':
      return { ...entry, fromMs: entry.fromMs + ms, toMs: entry.toMs + ms };
    case 'exited':
      return { ...entry, atMs: entry.atMs + ms };
    case 'awaited':
    case 'finding':
    case 'operated':
    case 'skipped':
      return entry;
  }
}

function shiftedReply(reply: Reply, ms: number): Reply {
  if (reply.kind !== 'response' || reply.content.kind !== 'stream') return reply;
  const { content } = reply;
  const events = content.events.map((event) => Object.assign({}, event, { atMs: event.atMs + ms }));
  return { ...reply, content: { ...content, events } };
}

/** When the first thing of a part happened, and the last. */
export function spanOf(transcripts: readonly Transcript[]): {
  readonly fromMs: number;
  readonly toMs: number;
} {
  let [fromMs, toMs] = [Infinity, 0];
  for (const entry of transcripts.flatMap(({ earlier = [], entries }) => [
    ...earlier.flatMap((one) => one.entries),
    ...entries,
  ])) {
    if (entry.kind !== 'exchange' && entry.kind !== 'quiet') continue;
    const [began, ended] =
      entry.kind === 'quiet' ? [entry.fromMs, entry.toMs] : [entry.startedMs, entry.settledMs];
    fromMs = Math.min(fromMs, began);
    toMs = Math.max(toMs, ended);
  }
  return { fromMs: Number.isFinite(fromMs) ? fromMs : 0, toMs };
}

/** The highest number that a session has. */
export function sessionsIn(transcripts: readonly Transcript[]): number {
  return transcripts.reduce(
    (most, { sessions = {}, earlier = [] }) =>
      Math.max(most, ...Object.values(sessions), sessionsIn(earlier)),
    0,
  );
}
