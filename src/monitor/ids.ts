import type { History, Seen } from './history.js';
import { good, type Observation, type Statement } from './observation.js';

/** No two answers to initialize issue one id, whenever they came. */
export const idsAreIssuedOnce: Statement = {
  demands: 'each session of the run has an id of its own',
  observe: ({ sessions }) => {
    // One id alone repeats nothing.
    if ([...sessions.values()].reduce((sum, { openings }) => sum + openings.length, 0) < 2) return [];
    return [...sessions.values()].flatMap(({ number, openings: [first, second] }): readonly Observation[] => {
      if (first === undefined) return [];
      if (second === undefined) return [good(first)];
      const says = `${second.check} got the id of session ${number}, which ${first.check} had got before`;
      return [{ kind: 'bad', at: second, reason: 'duplicate-id', says, beside: [first] }];
    });
  },
};

/** The id of a session is told to nobody but the client that it was issued to. */
export const idsStaySecret: Statement = {
  demands: 'no answer has the id of a session of another client, in any header field or in its body',
  observe: (history) =>
    history.sessions.size < 2
      ? []
      : history.seen.flatMap((at): readonly Observation[] => {
          if (at.exchange.reply.kind !== 'response') return [];
          const foreign = foreignIn(at, history);
          if (foreign === undefined) return [good(at)];
          const owner = history.sessions.get(foreign)?.openings[0];
          const whose = owner === undefined ? 'which discovery opened' : `which ${owner.check} opened`;
          return [
            {
              kind: 'bad',
              at,
              reason: 'leaked-id',
              says: `the answer has the id of session ${foreign}, ${whose}`,
              ...(owner && { beside: [owner] }),
            },
          ];
        }),
};

function foreignIn(at: Seen, { sessions }: History): number | undefined {
  const { own, told, named, mentioned, exchange, client } = at;
  const came =
    exchange.asked.kind === 'initialize'
      ? mentioned.filter((id) => !named.includes(id))
      : [...mentioned, ...named];
  return came.find((number) => {
    if (number === own || told.has(number)) return false;
    const openings = sessions.get(number)?.openings ?? [];
    // An id that was issued twice has no owner.
    return openings.length < 2 && openings.every((opening) => opening.client !== client);
  });
}
