import type { Probe, StateProbe } from '../../model/request.js';
import { numberIn } from '../../model/probe.js';
import { type Asking, type FactProbe, type Trial } from '../probe.js';
import { distinct, isServed, tryTool } from '../refusal.js';
import { whyNever } from '../tools/allowed.js';
import { callOf, plainOf, withProgress } from '../tools/arguments.js';
import type { Listing } from '../tools/listed.js';
import { firstMax } from './state.js';

/** How many tools are tried, so that a long list does not become a long wait. */
const exploredMax = 20;
const tryingMax = 5;

/** What tools are good for, found by a call and not by their names: those that stand for nothing else, and with `--explore` those that only read. */
export const explore: FactProbe = {
  finds: [],
  answers: [],
  after: ['tools'],
  sessionless: true,
  disturbs: 'own session',
  requestsMax: ({ explore: explores, isFirst }) =>
    isFirst ? tryingMax + (explores ? 2 * exploredMax : 0) : 0,
  async ask(asking, { candidates, listing }) {
    if (asking.earlier !== undefined) return { trials: asking.earlier.trials };
    const read = asking.options.explore ? onlyReading(listing) : [];
    const trials: Trial[] = [];
    const counters: StateProbe[] = [];
    for (const probe of distinct([...read, ...candidates.anything.slice(0, tryingMax)])) {
      const answer = await tryTool(probe, asking);
      // One that does not answer may have stopped the server; nothing more is tried.
      if (answer.reply.kind !== 'response') break;
      trials.push({ probe, answer });
      if (isServed(answer) && (await countsOn(probe, asking, numberIn(answer.result))))
        counters.push({ write: plainOf(probe), read: plainOf(probe), shows: 'number' });
    }
    return { trials, candidates: { ...candidates, counters: [...candidates.counters, ...counters] } };
  },
};

/** Tools without arguments that say that they read, or destroy nothing, or are named so; what says it first. */
function onlyReading(listing: Listing | undefined): readonly Probe[] {
  const harmless = (listing?.tools ?? []).filter(
    (tool) =>
      tool.isHarmless &&
      whyNever(tool) === undefined &&
      !tool.properties.some(({ isRequired }) => isRequired),
  );
  const ordered = harmless.toSorted((a, b) => Number(b.isReadOnly) - Number(a.isReadOnly));
  return ordered.slice(0, exploredMax).map(({ name }) => withProgress(callOf(name, {})));
}

async function countsOn(probe: Probe, asking: Asking, before: number | undefined): Promise<boolean> {
  if (!asking.options.explore || before === undefined || before < 0 || before > firstMax) return false;
  return numberIn((await tryTool(probe, asking)).result) === before + 1;
}
