import type { InvariantName } from '../model/statement.js';
import { headersOf, isStream, statusOf } from '../model/reply.js';
import type { Exchange } from '../model/transcript.js';
import { cached } from '../model/cached.js';
import { createFinder, placesIn } from '../model/finder.js';
import { classify, isEnding } from '../model/classify.js';
import { answerOf, messagesIn, textsOf } from '../model/message.js';
import { fitsMethod, tellsApart } from '../model/shape.js';
import { answersComeToTheirCall, askedAsDeclared, askedWhereCalled } from './asked.js';
import { eventIdsUnique, sameSession } from './event-ids.js';
import { endingAlike } from './ending-alike.js';
import { followingNoOther } from './hearers.js';
import { good, skip, type InvariantTest } from './holding.js';
import { dependingOnNothing, keepingOrder } from './lists.js';
import { hasItsId, withStrangeId } from './request-ids.js';
import { onOneStream } from './one-stream.js';
import { goingOn } from './resumed.js';
import { eachWordOnce } from './once.js';
import { progressStays } from './progress.js';
import { heardAsBefore, noticesIn, onlySubscribers, staying } from './notices.js';
import { servedWhereverItComes } from './nodes.js';
import { acknowledgedFirst, hearingWhatWasAsked } from './subscriptions.js';
import { endsNothing, holdsUpNobody, servedAtOnce } from './service.js';

/** Pure statements about every recorded exchange, by name. */
export const invariants: Readonly<
  Record<InvariantName, { readonly demands: string; readonly test: InvariantTest }>
> = {
  'each-reply-matches-its-request': {
    demands: 'each reply answers its own request and carries no word of another',
    test: (exchange, all) => {
      const text = textsOf(exchange.reply).join('\n');
      const stranger = sendersOf(all)(text).find(({ asked }) => asked.nonce !== exchange.asked.nonce);
      if (stranger !== undefined) {
        return {
          kind: 'bad',
          reason: 'crossed-reply',
          says: `${exchange.actor} received the answer to a request of ${stranger.actor} (step ${stranger.step})`,
        };
      }
      const strange = withStrangeId(exchange, all);
      if (strange !== undefined) return strange;
      if (exchange.asked.nonce !== undefined && text.includes(exchange.asked.nonce)) return good;
      // A resumed stream is told apart by the id alone.
      if (exchange.asked.kind === 'get') return hasItsId(exchange, all);
      const result = answerOf(exchange)?.result;
      if (result === undefined || !tellsApart(exchange.asked.method)) return skip;
      if (fitsMethod(exchange.asked.method, result)) return good;
      return {
        kind: 'bad',
        reason: 'crossed-reply',
        says: `the result does not fit ${exchange.asked.method ?? ''}`,
      };
    },
  },
  'each-answer-has-its-id': {
    demands: 'each answer carries the id of its request, as it was sent',
    test: hasItsId,
  },
  'every-request-is-answered': {
    demands: 'every request is answered',
    test: (exchange) => {
      const answer = classify(exchange);
      if (answer !== 'no-answer' && answer !== 'dropped') return good;
      return { kind: 'bad', reason: answer, says: 'the request was not answered' };
    },
  },
  'no-server-error': {
    demands: 'no answer is a server error',
    test: (exchange) =>
      classify(exchange) === '5xx' ? { kind: 'bad', reason: 'server-error', says: 'a server error' } : good,
  },
  'no-foreign-id': {
    demands: 'no answer contains the id of another session, in its header or its body',
    test: (exchange, all) => {
      if (exchange.asked.kind === 'initialize') return skip;
      const foreign = all
        .filter(({ actor, asked }) => actor !== exchange.actor && asked.kind === 'initialize')
        .flatMap(({ named }) => named)
        .find((id) => disclosesId(exchange, id));
      if (foreign !== undefined)
        return { kind: 'bad', reason: 'leaked-id', says: `${exchange.actor} received ${foreign}` };
      return exchange.reply.kind === 'response' ? good : skip;
    },
  },
  'answered-alike': {
    demands: 'every refusal is like the first one',
    test: (exchange, all) => {
      const first = all.find((other) => classify(other) !== 'served');
      if (first === undefined || exchange === first || classify(exchange) === 'served') return skip;
      const [one, other] = [refusalForm(first), refusalForm(exchange)];
      return one === other
        ? good
        : { kind: 'bad', reason: 'told-apart', says: `${other}, but ${one} for another id` };
    },
  },
  'messages-stay-in-their-session': {
    demands: 'no stream carries a message that another session caused',
    test: staying('stray-message', 'a message that', 'caused', ({ reply }) => textsOf(reply)),
  },
  'notices-stay-in-their-session': {
    demands: 'no stream carries a message that another session caused, and those of its own session came',
    test: staying('stray-message', 'a message that', 'caused', noticesIn),
  },
  'words-stay-in-their-session': {
    demands: 'no session reads what another one wrote',
    test: staying('shared-state', 'what', 'wrote', ({ reply }) => textsOf(reply)),
  },
  'updates-reach-subscribers': {
    demands: 'updates come only to sessions that subscribed',
    test: onlySubscribers,
  },
  'messages-follow-no-other': {
    demands: 'no message comes with each call of another session, to a session that calls nothing',
    test: followingNoOther,
  },
  'heard-as-before': {
    demands: 'what a call makes the server send still comes after another session set its own level',
    test: heardAsBefore,
  },
  'served-at-once': {
    demands: 'what is served later is served right after the handshake as well',
    test: servedAtOnce,
  },
  'a-call-holds-up-nobody': {
    demands: 'a ping is answered while another call takes its time',
    test: holdsUpNobody,
  },
  'a-refused-delete-ends-nothing': {
    demands: 'a session whose DELETE was refused is served as before',
    test: endsNothing,
  },
  'served-wherever-it-comes': {
    demands: 'no request of a session is refused between requests of it that are served',
    test: servedWhereverItComes,
  },
  'each-message-once': {
    demands: 'each message comes on one stream only',
    test: onOneStream,
  },
  'progress-stays-in-its-call': {
    demands: 'progress comes to the call that it is of, although another session uses the same token',
    test: progressStays,
  },
  'resumed-streams-go-on': {
    demands:
      'a resumed stream replays what followed the event that was named, all of it and nothing else of that stream',
    test: goingOn,
  },
  'each-word-once': {
    demands: 'each word that a session wrote is there as often as the others',
    test: eachWordOnce,
  },
  'calls-end-alike': {
    demands: 'a call ends with the result that others of the same tool have',
    test: endingAlike,
  },
  'event-ids-unique': {
    demands: 'no event id comes twice in a session',
    test: eventIdsUnique,
  },
  'no-response-on-get': {
    demands: 'no response comes on a GET stream',
    test: (exchange) => {
      // What refuses to open a stream is no stream.
      if (exchange.asked.kind !== 'get' || !isStream(exchange.reply)) return skip;
      const stray = messagesIn(exchange.reply).some(({ kind }) => kind === 'response');
      if (stray) return { kind: 'bad', reason: 'stray-message', says: 'a response came on it' };
      // Without a sign of life an empty stream proves nothing.
      return noticesIn(exchange).length > 0 ? good : skip;
    },
  },
  'asked-where-called': {
    demands: 'the server asks the client whose call is under way',
    test: askedWhereCalled,
  },
  'asked-as-declared': {
    demands: 'the server asks a client only for what it declared',
    test: askedAsDeclared,
  },
  'answers-come-to-their-call': {
    demands: 'what a client answers comes to its own call, and nothing that another one answered',
    test: answersComeToTheirCall,
  },
  'lists-depend-on-what-is-asked': {
    demands: 'what is listed depends on nothing but the request that asks for it',
    test: dependingOnNothing,
  },
  'lists-keep-their-order': {
    demands: 'what is listed has the same order each time',
    test: keepingOrder,
  },
  'subscriptions-are-acknowledged': {
    demands: 'the first message of a subscription acknowledges it, under its id',
    test: acknowledgedFirst,
  },
  'subscriptions-hear-what-they-asked': {
    demands: 'a subscription hears the kinds of changes that it asked for, under its id, and no others',
    test: hearingWhatWasAsked,
  },
  'served-only-before-the-end': {
    demands: 'no request that began after the DELETE was answered is served',
    test: (exchange, all) => {
      const ended = endOf(exchange, all);
      if (ended === undefined || exchange.asked.kind === 'delete' || exchange.startedMs <= ended) return skip;
      return classify(exchange) === 'served'
        ? {
            kind: 'bad',
            reason: 'session-still-usable',
            says: `a request that began ${(exchange.startedMs - ended).toFixed(1)} ms after the end was served`,
          }
        : good;
    },
  },
};

/** Who sent the words in a text. They are looked up, since a burst has thousands of them. */
const sendersOf = cached((all: readonly Exchange[]) => {
  const words = createFinder();
  const byWord = new Map<string, Exchange>();
  for (const exchange of all) {
    const { nonce } = exchange.asked;
    if (nonce === undefined || byWord.has(nonce)) continue;
    words.add(nonce, nonce);
    byWord.set(nonce, exchange);
  }
  return (text: string): readonly Exchange[] =>
    placesIn(text, [words]).flatMap(({ id }) => byWord.get(id) ?? []);
});

function disclosesId({ named, mentions, reply }: Exchange, id: string): boolean {
  if (named.includes(id) || mentions.includes(id)) return true;
  return headersOf(reply).some(([, value]) => value.includes(id));
}

/** By what a client can tell refusals apart. */
function refusalForm(exchange: Exchange): string {
  const { reply } = exchange;
  const code = answerOf(exchange)?.error?.code;
  return reply.kind === 'response' ? [statusOf(reply), code].filter(Boolean).join(' with ') : reply.kind;
}

/** When the first successful DELETE of the session that the exchange used was answered. */
function endOf(exchange: Exchange, all: readonly Exchange[]): number | undefined {
  const ends = all
    .filter((other) => isEnding(other) && sameSession(other.asked.session, exchange))
    .map(({ settledMs }) => settledMs);
  return ends.length === 0 ? undefined : Math.min(...ends);
}
