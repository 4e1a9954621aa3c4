import { placesOfCount, sizeAt, type CountAt } from '../../model/count.js';
import type { Json, Probe, StateProbe } from '../../model/request.js';
import type { Asking, Findings } from '../probe.js';
import { isServed, refusalOf, toolName, tryTool } from '../refusal.js';
import type { KeptPair } from '../tools/kept.js';

const pairsMax = 2;
const writesMax = 3;

export const keptRequestsMax = pairsMax * (4 + writesMax + 2);

/**
 * State by comparing readings: what a reading shows none of at first, however often it is read, then as much as one write adds, and
 * three times as much after three. Only in a session: elsewhere nothing is kept for one client.
 */
export async function tryKept(
  asking: Asking,
  findings: Findings,
): Promise<{ readonly pair?: StateProbe; readonly refusal?: string }> {
  const { facts, candidates, described } = findings;
  if (!facts.issuesIds && facts.dataSessions === undefined) return {};
  let refusal: string | undefined;
  for (const pair of candidates.kept.slice(0, pairsMax)) {
    const found = await tryPair(pair, asking);
    if (typeof found === 'object') return { pair: found };
    if (described.countAt !== undefined) refusal ??= found;
  }
  return refusal === undefined ? {} : { refusal };
}

/** The pair with where it counts, or why it does not. */
async function tryPair(
  { writes, read, words, at }: KeptPair,
  asking: Asking,
): Promise<StateProbe | string | undefined> {
  const readings: Json[] = [];
  let refusal: string | undefined;
  const isRead = async () => {
    const answer = await tryTool(read, asking);
    refusal ??= refusalOf(answer, read, asking);
    if (isServed(answer)) readings.push(answer.result ?? null);
    return isServed(answer);
  };
  if (!(await isRead()) || !(await isRead())) return refusal;
  let write: Probe | undefined;
  for (const one of writes.slice(0, writesMax)) {
    const answer = await tryTool(one, asking);
    refusal ??= refusalOf(answer, one, asking);
    if (isServed(answer)) write = one;
    if (write !== undefined) break;
  }
  if (write === undefined || !(await isRead())) return refusal;
  for (let more = 0; more < 2; more += 1) if (!isServed(await tryTool(write, asking))) return undefined;
  if (!(await isRead())) return refusal;
  const places = at === undefined ? placesOfCount(readings.at(-1), words) : [{ keys: at }];
  const count = countOf(readings, places);
  if (count !== undefined) return { write, read, shows: 'number', count };
  return `${toolName(read)} was tried and does not count from nothing what ${toolName(write)} does`;
}

/** Read before, again, after one write, and after three. */
function countOf(readings: readonly Json[], places: readonly Omit<CountAt, 'by'>[]): CountAt | undefined {
  for (const place of places) {
    const [before, again, one, three] = readings.map((reading) => sizeAt(reading, place));
    if (before === 0 && again === 0 && one !== undefined && one !== 0 && three === 3 * one)
      return { ...place, by: one };
  }
  return undefined;
}
