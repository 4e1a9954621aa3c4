import { textsOf } from '../model/message.js';
import { peakIn, timesIn } from '../model/repeated.js';
import type { Seen } from './history.js';
import { good, type Observation, type Statement } from './observation.js';
import { countedSteps, isTwice, type Step } from './steps.js';
import { usesIn } from './uses.js';

/** A request is carried out once: counts go on by what was asked, and a word is where it was written as often as those beside it. */
export const carriedOutOnce: Statement = {
  demands: 'a request is carried out once',
  observe: (history) => {
    const used = usesIn(history);
    const steps = countedSteps(used, history.seen);
    return steps.flatMap(ofCount).concat(used.flatMap(({ words }) => ofReadings(words)));
  },
};

function ofCount(step: Step): readonly Observation[] {
  const { from, uses, by } = step;
  if (!isTwice(step)) return by > uses.length ? [] : uses.map(({ at }) => good(at));
  const what = uses.length === 1 ? 'one request' : `${uses.length} requests`;
  const says = `${what} made the count of its session go from ${from} to ${from + by}`;
  return uses.slice(0, 1).map(({ at }) => ({ kind: 'bad', at, reason: 'carried-out-twice', says }));
}

function ofReadings(uses: readonly Seen[]): readonly Observation[] {
  return uses.flatMap((at): readonly Observation[] => {
    const { shows, nonce } = at.exchange.asked;
    if (shows !== 'marks' || nonce !== undefined) return [];
    const written = uses.filter(
      ({ exchange }) => exchange.asked.nonce !== undefined && exchange.settledMs <= at.exchange.startedMs,
    );
    const words = written.map(({ exchange }) => exchange.asked.nonce ?? '');
    const counts = timesIn(textsOf(at.exchange.reply).join('\n'), words);
    if (counts.length < wordsMin || counts.includes(0)) return [];
    const peak = peakIn(counts);
    const writer = peak === undefined ? undefined : written[peak];
    if (writer === undefined) return [good(at)];
    // What we sent again may have come twice.
    if (writer.exchange.again !== undefined) return [];
    const says = 'it shows a word of its session more often than those that were written before and after it';
    return [{ kind: 'bad', at, reason: 'carried-out-twice', says, beside: [writer] }];
  });
}

/** A reading may show its first and its last word twice. */
const wordsMin = 3;
