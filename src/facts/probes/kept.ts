import { placesOfCount, sizeAt, type CountAt } from '../../model/count.js';
import type { Json, StateProbe } from '../../model/request.js';
import type { Asking, Findings } from '../probe.js';
import { isServed, tryTool } from '../refusal.js';
import type { KeptPair } from '../tools/kept.js';

const pairsMax = 2;
const writesMax = 3;

export const keptRequestsMax = pairsMax * (4 + writesMax + 2);

/**
 * State by comparing readings: what a reading shows none of at first, however often it is read, then as much as one write adds, and
 * three times as much after three. Only in a session: elsewhere nothing is kept for one client.
 */
export async function tryKept(asking: Asking, findings: Findings): Promise<StateProbe | undefined> {
  const { facts, candidates } = findings;
  if (!facts.issuesIds && facts.dataSessions === undefined) return undefined;
  for (const pair of candidates.kept.slice(0, pairsMax)) {
    const found = await tryPair(pair, asking);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function tryPair({ writes, read, words }: KeptPair, asking: Asking): Promise<StateProbe | undefined> {
  const readings: Json[] = [];
  const reads = async () => {
    const answer = await tryTool(read, asking);
    if (isServed(answer)) readings.push(answer.result ?? null);
    return isServed(answer);
  };
  if (!(await reads()) || !(await reads())) return undefined;
  const write = await firstServed(writes.slice(0, writesMax), asking);
  if (write === undefined || !(await reads())) return undefined;
  for (let more = 0; more < 2; more += 1) if (!isServed(await tryTool(write, asking))) return undefined;
  if (!(await reads())) return undefined;
  const count = countOf(readings, words);
  return count && { write, read, shows: 'number', count };
}

async function firstServed(writes: KeptPair['writes'], asking: Asking) {
  for (const write of writes) if (isServed(await tryTool(write, asking))) return write;
  return undefined;
}

/** Read before, again, after one write, and after three. */
function countOf(readings: readonly Json[], words: readonly string[]): CountAt | undefined {
  for (const place of placesOfCount(readings.at(-1), words)) {
    const [before, again, one, three] = readings.map((reading) => sizeAt(reading, place));
    if (before === 0 && again === 0 && one !== undefined && one !== 0 && three === 3 * one)
      return { ...place, by: one };
  }
  return undefined;
}
