import { mark, numberIn } from '../../model/probe.js';
import type { Probe, StateProbe } from '../../model/request.js';
import { slowMs } from '../../model/facts.js';
import { type Asking, type CostContext, type FactProbe, type Findings, type Trial } from '../probe.js';
import { distinct, isServed, toolName, tryTool } from '../refusal.js';
import { whyNever } from '../tools/allowed.js';
import { callOf, madeUp, plainOf, withProgress } from '../tools/arguments.js';
import type { Listing, Tool } from '../tools/listed.js';
import { localTools } from '../tools/local.js';
import { markedNonce } from '../tools/pairs.js';
import { speaksOf } from '../tools/words.js';
import { firstMax } from './state.js';

/** How many tools are tried, so that a long list does not become a long wait. */
const exploredMax = 20;
const tryingMax = 5;
const localMax = 8;

/** What a number may be that makes a tool take longer. */
const manyTurn = 9;

/** What tools are good for, found by a call and not by their names: those that stand for nothing else or only read, and more with `--explore`. */
export const explore: FactProbe = {
  finds: [],
  answers: [],
  after: ['tools'],
  sessionless: true,
  disturbs: 'own session',
  requestsMax: ({ explore: explores, isFirst }) => (isFirst ? tryingMax + callsMax(explores) : 0),
  async ask(asking, findings) {
    if (asking.earlier !== undefined) return { trials: asking.earlier.trials };
    const { candidates, listing } = findings;
    const trials: Trial[] = [];
    const counters: StateProbe[] = [];
    for (const [i, probe] of probesFor(asking, findings).entries()) {
      const answer = await tryTool(probe, asking, wordOf(asking, i));
      // One that does not answer may have stopped the server; nothing more is tried.
      if (answer.reply.kind !== 'response') break;
      trials.push({ probe, answer });
      if (isServed(answer) && (await countsOn(probe, asking, numberIn(answer.result))))
        counters.push({ write: plainOf(probe), read: plainOf(probe), shows: 'number' });
    }
    const { explore: explores } = asking.options;
    const words = explores === 'all' ? await wordsShown(trials, asking) : [];
    const longer =
      explores === 'all' || explores === 'local' ? await takingLonger(trials, listing, asking) : [];
    return {
      trials: [...trials, ...longer],
      candidates: {
        ...candidates,
        counters: [...candidates.counters, ...counters],
        words: [...candidates.words, ...words],
      },
    };
  },
};

/** Each tool, once more where it counts, to be read again, and to take longer. */
function callsMax(explores: CostContext['explore']): number {
  switch (explores) {
    case false:
      return 0;
    case 'local':
      return 2 * localMax;
    case 'reading':
      return 2 * exploredMax;
    case 'all':
      return 4 * exploredMax;
  }
}

function probesFor({ options }: Asking, { candidates, listing }: Findings): readonly Probe[] {
  const known = candidates.anything.slice(0, tryingMax);
  switch (options.explore) {
    case false:
      return distinct(known);
    case 'local':
      return distinct([...onlyLocal(listing), ...known]);
    case 'reading':
      return distinct([...onlyReading(listing), ...known]);
    case 'all':
      return allOf(listing);
  }
}

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

/** All that may be called; what only reads comes first. */
function allOf(listing: Listing | undefined): readonly Probe[] {
  const tools = (listing?.tools ?? []).filter((tool) => whyNever(tool, true) === undefined);
  return withWords(tools.toSorted((a, b) => Number(b.isReadOnly) - Number(a.isReadOnly))).slice(
    0,
    exploredMax,
  );
}

/** What is meant for all may be told to all. */
function onlyLocal(listing: Listing | undefined): readonly Probe[] {
  const tools = localTools(listing?.tools ?? []).filter(({ words }) => !speaksOf(words, 'common'));
  return withWords(tools).slice(0, localMax);
}

/** With words of ours. */
function withWords(tools: readonly Tool[]): readonly Probe[] {
  return tools.flatMap((tool) => madeUp(tool, {}, markedNonce) ?? []).map(withProgress);
}

function wordOf({ options: { nonce } }: Asking, index: number): string {
  return `${nonce}x${index}z`;
}

/** Calls that show, when they are made again, what other calls were told. */
async function wordsShown(trials: readonly Trial[], asking: Asking): Promise<readonly StateProbe[]> {
  const served = trials.map((trial, index) => ({ ...trial, index })).filter(({ answer }) => isServed(answer));
  const pairs: StateProbe[] = [];
  for (const { probe } of served.filter((trial) => !takesWord(trial))) {
    const { text } = await tryTool(probe, asking);
    const writers = served.filter(
      (one) => takesWord(one) && text.includes(`${mark}${wordOf(asking, one.index)}`),
    );
    pairs.push(
      ...writers.map((one) => ({
        write: plainOf(one.probe),
        read: plainOf(probe),
        shows: 'marks' as const,
      })),
    );
  }
  return pairs;
}

function takesWord({ probe }: Trial): boolean {
  return JSON.stringify(plainOf(probe)).includes(markedNonce);
}

/** Calls that are told more of something, where that makes them slow. */
async function takingLonger(
  trials: readonly Trial[],
  listing: Listing | undefined,
  asking: Asking,
): Promise<readonly Trial[]> {
  const names = new Set(trials.filter(isQuick).map(({ probe }) => toolName(probe)));
  const counted = (listing?.tools ?? []).filter((tool) => names.has(tool.name) && takesNumber(tool));
  for (const tool of counted.slice(0, exploredMax)) {
    const probe = madeUp(tool, {}, markedNonce, manyTurn);
    if (probe === undefined) continue;
    const answer = await tryTool(withProgress(probe), asking);
    if (isServed(answer) && answer.tookMs >= slowMs / 2) return [{ probe: withProgress(probe), answer }];
  }
  return [];
}

function isQuick({ answer }: Trial): boolean {
  return isServed(answer) && answer.tookMs < slowMs / 2;
}

function takesNumber({ properties }: Tool): boolean {
  return properties.some(({ kind, isRequired }) => kind === 'number' && isRequired);
}

async function countsOn(probe: Probe, asking: Asking, before: number | undefined): Promise<boolean> {
  // Of what is tried locally, what it keeps may be meant for all.
  const { explore: explores } = asking.options;
  if (explores === false || explores === 'local') return false;
  if (before === undefined || before < 0 || before > firstMax) return false;
  return numberIn((await tryTool(probe, asking)).result) === before + 1;
}
