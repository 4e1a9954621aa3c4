import type { Shard } from '../../model/shard.js';
import type { Check } from '../../model/suite.js';
import { Mistake } from '../mistake.js';

/** What `--shard 1/4` says. */
export function parseShard(text: string): Shard {
  const [, index = Number.NaN, of = Number.NaN] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (index >= 1 && index <= of && of <= shardsMax) return { index, of };
  throw new Mistake(
    `--shard must be written like 1/2, with at most ${shardsMax} parts, not ${JSON.stringify(text)}`,
  );
}

const shardsMax = 100;

/** The checks of one part, in the order of the suites. Which part a check is in depends on the ids of the selection alone. */
export function sliceOf(checks: readonly Check[], { index, of }: Shard): readonly Check[] {
  if (checks.length < of)
    throw new Mistake(`--shard ${index}/${of} leaves parts without a check: ${checks.length} are selected`);
  const sorted = checks.map(({ id }) => id).toSorted();
  const own = new Set(sorted.filter((_, at) => at % of === index - 1));
  return checks.filter(({ id }) => own.has(id));
}
