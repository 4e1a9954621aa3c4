import { isObject, isList, parseJson } from '../model/json.js';
import type { Json } from '../model/request.js';
import { messagesIn } from '../model/message.js';
import type { History, Seen } from './history.js';
import { good, type Observation, type Statement } from './observation.js';

/** An update comes to sessions that subscribed; to one that never did, not even to another resource, none can be for it. */
export const updatesReachSubscribers: Statement = {
  demands: 'an update of a resource comes to no session that subscribed to none',
  observe: (history) =>
    told(history, 'notifications/resources/updated', (uses) => {
      if (uses.some(({ exchange }) => exchange.asked.method === 'resources/subscribe')) return undefined;
      return 'an update came to a session that never subscribed';
    }),
};

/** Progress is told under a token of a request that is under way, which only its own client can have given. */
export const progressWasAskedFor: Statement = {
  demands: 'progress comes to a session only under a token that it gave',
  observe: (history) => {
    const given = new Map<Seen, readonly Json[]>();
    const tokensOf = (use: Seen) => {
      const known = given.get(use) ?? tokensIn(use);
      given.set(use, known);
      return known;
    };
    return told(history, 'notifications/progress', (uses, params) => {
      const token = params['progressToken'];
      if (typeof token !== 'string' && typeof token !== 'number') return undefined;
      if (uses.some((use) => tokensOf(use).includes(token))) return undefined;
      return 'progress came under a token that its session never gave';
    });
  },
};

/** Looks at the messages of a method that came to sessions, with all that was sent in the session. */
function told(
  { seen, sessions }: History,
  method: string,
  wrong: (uses: readonly Seen[], params: Readonly<Record<string, Json>>) => string | undefined,
): readonly Observation[] {
  return seen.flatMap((at): readonly Observation[] => {
    const messages = messagesIn(at.exchange.reply).flatMap((message) =>
      message.kind === 'notification' && message.method === method ? [message.value] : [],
    );
    const session = at.session === undefined || at.session !== at.own ? undefined : sessions.get(at.session);
    // Where an id was issued twice, or is another's, nobody can tell whose the message is.
    if (messages.length === 0 || session === undefined || session.openings.length > 1) return [];
    const says = messages
      .map((value) =>
        wrong(session.uses, isObject(value) && isObject(value['params']) ? value['params'] : {}),
      )
      .find((one) => one !== undefined);
    return [says === undefined ? good(at) : { kind: 'bad', at, reason: 'stray-message', says }];
  });
}

/** The tokens that stand in the requests of a body. */
function tokensIn({ exchange: { sent } }: Seen): readonly Json[] {
  const text = (sent.carrier === 'http' ? sent.body : sent.line) ?? '';
  if (!text.includes('progressToken')) return [];
  const value = parseJson(text);
  return (isList(value) ? value : [value]).flatMap((message) => {
    const params = isObject(message) ? message['params'] : undefined;
    const meta = isObject(params) ? params['_meta'] : undefined;
    const token = isObject(meta) ? meta['progressToken'] : undefined;
    return token === undefined ? [] : [token];
  });
}
