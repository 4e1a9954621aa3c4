import { createFinder, placesIn } from '../model/finder.js';
import { messagesIn, textsOf } from '../model/message.js';
import type { FailReason } from '../model/reason.js';
import type { Exchange } from '../model/transcript.js';
import type { History, Seen } from './history.js';
import { good, type Observation, type Statement } from './observation.js';

/** A word that one client sent comes to nobody else: not in an answer, and not in a message on any stream. */
export const wordsStay: Statement = {
  demands: 'a word that a client sent comes to that client alone',
  observe: (history) => {
    const sendersOf = readSenders(history.seen);
    const observed = history.seen.flatMap((at): readonly Observation[] => {
      const from = sendersOf(textsOf(at.exchange.reply));
      const stranger = from.find((sender) => isStranger(sender, at, history));
      if (stranger !== undefined) return [strayed(at, stranger)];
      return from.some((sender) => sender.client === at.client) ? [good(at)] : [];
    });
    // Where one client alone hears its words there is nobody who could hear another's.
    const hearing = new Set(observed.map(({ at }) => at.client));
    return hearing.size < 2 && observed.every(({ kind }) => kind === 'good') ? [] : observed;
  },
};

/** Whose answer came to a client that sent another request, by the words in it. */
export function readStrangers(history: History): (at: Seen) => Seen | undefined {
  const sendersOf = readSenders(history.seen);
  return (at) => {
    const answers = messagesIn(at.exchange.reply).filter(({ kind }) => kind === 'response');
    const from = sendersOf(answers.map(({ value }) => JSON.stringify(value)));
    return from.find((sender) => isStranger(sender, at, history));
  };
}

/** Those whose words stand in texts. */
function readSenders(seen: readonly Seen[]): (texts: readonly string[]) => readonly Seen[] {
  const senders = sendersIn(seen);
  const words = createFinder();
  for (const word of senders.keys()) words.add(word, word);
  return (texts) => {
    const found = new Set(texts.flatMap((text) => placesIn(text, [words]).map(({ id }) => id)));
    return [...found].flatMap((word) => senders.get(word) ?? []);
  };
}

/** Who sent each word first: a stream that is resumed is known by the word of the request that began it. */
function sendersIn(seen: readonly Seen[]): ReadonlyMap<string, Seen> {
  const senders = new Map<string, Seen>();
  for (const one of seen) {
    const { nonce } = one.exchange.asked;
    if (nonce !== undefined && !senders.has(nonce)) senders.set(nonce, one);
  }
  return senders;
}

function isStranger(sender: Seen, at: Seen, { sessions }: History): boolean {
  if (sender.client === at.client || sender.exchange.asked.nonce === at.exchange.asked.nonce) return false;
  const [from, to] = [sessionOf(sender), sessionOf(at)];
  if (from !== undefined && from === to) return false;
  const shared = [from, to].some((id) => id !== undefined && (sessions.get(id)?.openings.length ?? 0) > 1);
  if (shared) return false;
  // A stream that belongs to no session may be for everybody.
  if (at.exchange.asked.kind === 'get' && to === undefined) return false;
  // What all clients may read, and what is written so that it can be read, tells nothing of whose the answer is.
  return !showsStored(at.exchange);
}

function sessionOf({ session, own, exchange }: Seen): number | undefined {
  return exchange.asked.session.length > 0 ? session : own;
}

function showsStored({ asked: { shows, handle, method = '' } }: Exchange): boolean {
  return shows !== undefined || handle === true || /\/(list|read)$|^tasks\//.test(method);
}

function strayed(at: Seen, sender: Seen): Observation {
  const { nonce = '' } = sender.exchange.asked;
  const isAnswer = messagesIn(at.exchange.reply).some(
    ({ kind, value }) => kind === 'response' && JSON.stringify(value).includes(nonce),
  );
  const reason: FailReason = isAnswer ? 'crossed-reply' : 'stray-message';
  const what = isAnswer ? 'the answer' : 'a message';
  const says = `${at.exchange.actor} of ${at.check} got ${what} that ${sender.exchange.actor} of ${sender.check} caused`;
  return { kind: 'bad', at, reason, says, beside: [sender] };
}
