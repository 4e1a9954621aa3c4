import { revisions } from '../model/revision.js';
import { exploredMax } from './explore.js';
import { noticesRequestsMax } from './notices.js';
import { apartTimes, type DiscoverOptions } from './discover.js';

/**
 * A handshake, four methods to try, the list of tools, an echo, a stream, what is slow, what notifies, three clients beside it with a batch and
 * what they are asked, the same on other connections, two requests without an id, and the ends.
 */
const perRevision = 2 + 4 + 1 + 4 + 1 + 1 + noticesRequestsMax + 3 * 2 + 1 + 4 + apartTimes + 2 + 4;

/** The most requests that discovery sends, whatever the target answers. */
export function discoveryRequestsMax({
  revision,
  explore,
  other,
}: Pick<DiscoverOptions, 'revision' | 'explore' | 'other'>): number {
  const examined = revision === 'all' ? revisions.length : 1;
  return examined * (perRevision + (other ? 1 : 0)) + (explore ? 2 * exploredMax : 0);
}
