import type { Transcript } from '../model/transcript.js';
import { withoutFull } from './full.js';
import { excuseIdled } from './idled.js';
import type { Rated, Rating } from './rating.js';

/** A bound of the target that is known, such as how many sessions it has or how long it keeps an idle one. */
interface KnownLimit {
  /** The ratings without what the bound explains; the same array where it explains nothing. */
  readonly explain: (ratings: readonly Rating[], rated: Rated) => readonly Rating[];
  /** A check that ended early did so for this bound, which is no doubt. */
  readonly ends: boolean;
}

const knownLimits: readonly KnownLimit[] = [
  { explain: excuseIdled, ends: false },
  { explain: withoutFull, ends: true },
];

/** What is left to rate where the known bounds of the target explain what they can. */
export function withinLimits(
  ratings: readonly Rating[],
  transcript: Transcript,
  rated: Rated,
): { readonly ratings: readonly Rating[]; readonly transcript: Transcript } {
  return knownLimits.reduce(
    (seen, { explain, ends }) => {
      const left = explain(seen.ratings, rated);
      return {
        ratings: left,
        transcript: ends && left !== seen.ratings ? uncut(seen.transcript) : seen.transcript,
      };
    },
    { ratings, transcript },
  );
}

function uncut(transcript: Transcript): Transcript {
  const { cut: _, ...whole } = transcript;
  return whole;
}
