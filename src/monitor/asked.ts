import { requestsIn } from '../model/client-capabilities.js';
import { mayBeAskedFor } from '../model/declared.js';
import { good, type Observation, type Statement } from './observation.js';

/** A server asks a client only for what that client declared when its session was opened. */
export const requestsAsDeclared: Statement = {
  demands: 'the server asks a client only for what it declared',
  observe: ({ seen, sessions }) =>
    seen.flatMap((at): readonly Observation[] => {
      const asked = requestsIn(at.exchange.reply);
      const session =
        at.session === undefined || at.session !== at.own ? undefined : sessions.get(at.session);
      const [opening, ...more] = session?.openings ?? [];
      // Where an id was issued twice, or is another's, nobody can tell who was meant.
      if (asked.length === 0 || opening === undefined || more.length > 0) return [];
      const undeclared = asked.find((request) => !mayBeAskedFor(request, opening.exchange));
      if (undeclared === undefined) return [good(at)];
      const says = `a client was asked for ${undeclared.method} that did not declare it`;
      return [{ kind: 'bad', at, reason: 'stray-message', says }];
    }),
};
