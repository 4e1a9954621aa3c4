import type { History, Seen } from './history.js';
import type { Session } from './session.js';

/** How a session used tools that keep something for it. */
export interface Uses {
  readonly session: Session;
  readonly words: readonly Seen[];
  readonly counts: readonly Seen[];
}

/** Of each session that is one client's. */
export function usesIn({ sessions }: History): readonly Uses[] {
  return [...sessions.values()].flatMap((session): readonly Uses[] => {
    if (session.openings.length > 1) return [];
    const uses = session.uses.filter(
      ({ exchange: { asked, settledMs } }) =>
        asked.shows !== undefined &&
        asked.handle === undefined &&
        !asked.apart &&
        settledMs < session.doubtfulMs,
    );
    return [{ session, words: uses.filter(keepsWords), counts: uses.filter((use) => !keepsWords(use)) }];
  });
}

/** All words that were written, or the last one. */
export function keepsWords({ exchange: { asked } }: Seen): boolean {
  return asked.shows === 'marks' || asked.shows === 'word';
}
