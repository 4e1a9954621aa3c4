import { classify } from '../model/classify.js';
import type { Seen } from './history.js';
import { good, type Observation, type Statement } from './observation.js';

/** A session whose DELETE was accepted serves nothing that began after that, by whatever method. */
export const endedIsOver: Statement = {
  demands: 'nothing that begins after an accepted DELETE is served',
  observe: ({ sessions }) =>
    [...sessions.values()].flatMap(({ number, openings, uses, endedMs }): readonly Observation[] => {
      if (endedMs === undefined || openings.length > 1) return [];
      const end = uses.find(({ exchange }) => exchange.settledMs === endedMs);
      const later = uses.filter(({ exchange }) => exchange.startedMs > endedMs);
      return later.flatMap((at): readonly Observation[] => {
        const outcome = outcomeOf(at, number);
        if (outcome === 'refused') return [good(at)];
        if (outcome === undefined) return [];
        const says = `${at.exchange.asked.method ?? at.exchange.asked.kind} was ${outcome} ${Math.ceil(at.exchange.startedMs - endedMs)} ms after the DELETE was answered`;
        return [{ kind: 'bad', at, reason: 'session-still-usable', says, ...(end && { beside: [end] }) }];
      });
    }),
};

/** That a DELETE is accepted once more ends nothing, so it serves nothing. */
function outcomeOf({ exchange, named }: Seen, number: number): 'served' | 'accepted' | 'refused' | undefined {
  const answer = classify(exchange);
  if (answer.startsWith('4')) return 'refused';
  switch (exchange.asked.kind) {
    case 'request':
    case 'get':
      return answer === 'served' ? 'served' : undefined;
    case 'notification':
      return answer === 'served' || answer === 'accepted' ? 'accepted' : undefined;
    case 'initialize':
      return named.includes(number) ? 'served' : undefined;
    case 'delete':
      return undefined;
  }
}
