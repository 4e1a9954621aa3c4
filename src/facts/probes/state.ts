import type { Probe, StateProbe } from '../../model/request.js';
import { firstText } from '../../model/message.js';
import { numberIn } from '../../model/probe.js';
import type { Answer } from '../answer.js';
import { askMs, filledProbe, type Asking, type FactProbe, type Findings } from '../probe.js';
import { isServed, refusalOf, toolName, tryTool, without, withProbe } from '../refusal.js';
import { keptRequestsMax, tryKept } from './kept.js';
import { isCounterAlone } from '../tools/pairs.js';

/** What a fresh session counts begins here; a number that the whole server counts, or a clock, is further on. */
export const firstMax = 1;

/**
 * Pairs that write and read: neither may be refused, as where something else has to be done first, and what is read must be what was
 * written. A count tells how often a session wrote; words tell whose they are.
 */
export const state: FactProbe = {
  finds: ['probes.state', 'probes.words'],
  answers: ['state', 'words', 'kept'],
  after: ['tools', 'explore'],
  sessionless: true,
  disturbs: 'own session',
  requestsMax: () => 2 * pairsMax * 4 + readingsMax + keptRequestsMax,
  async ask(asking, findings) {
    const { counters, words } = findings.candidates;
    const again = patientReading(asking);
    const counter = await firstGood(counters, (pair) => tryCounter(pair, asking, findings, again));
    const keeper = await firstGood(words, (pair) => tryWords(pair, asking, findings, again));
    const kept = (counter.pair ?? keeper.pair) ? {} : await tryKept(asking, findings);
    const first = counter.pair ?? keeper.pair ?? kept.pair ?? counter.stuck;
    const found = withProbe(findings, {
      ...(first && { state: first }),
      ...(keeper.pair && { words: keeper.pair }),
    });
    const refused = {
      ...(first === undefined &&
        without(findings, 'state', counter.refusal ?? keeper.refusal ?? kept.refusal).facts?.refusals),
      ...(keeper.pair === undefined && without(findings, 'words', keeper.refusal).facts?.refusals),
    };
    return { facts: { ...found.facts, ...(Object.keys(refused).length > 0 && { refusals: refused }) } };
  },
};

/** So many pairs of a kind are tried. */
const pairsMax = 2;

interface Tried {
  readonly pair?: StateProbe;
  /** One that should count and stays where it began, which shows nothing that other tools would not show better. */
  readonly stuck?: StateProbe;
  readonly refusal?: string;
}

async function firstGood(
  pairs: readonly StateProbe[],
  tried: (pair: StateProbe) => Promise<Tried>,
): Promise<Tried> {
  let [stuck, refusal]: [StateProbe?, string?] = [];
  for (const pair of pairs.slice(0, pairsMax)) {
    const found = await tried(pair);
    if (found.pair !== undefined) return found;
    stuck ??= found.stuck;
    refusal ??= found.refusal;
  }
  return { ...(stuck && { stuck }), ...(refusal !== undefined && { refusal }) };
}

/**
 * A year and the port of a host are numbers too. What counts goes on by one. What stays where it began may belong to a server that
 * forgets, or to a tool that never counted: it counts where it was described, or where it is a counter and nothing else.
 */
async function tryCounter(
  pair: StateProbe,
  asking: Asking,
  findings: Findings,
  again: ReadAgain,
): Promise<Tried> {
  const first = await afterWrite(pair, asking, 'a');
  if (typeof first === 'string') return { refusal: first };
  const second = await afterWrite(pair, asking, 'b');
  if (typeof second === 'string') return { refusal: second };
  if (!isServed(first) || !isServed(second)) return believed(pair, findings);
  const [before, after] = [numberIn(first.result), numberIn(second.result)];
  if (before !== undefined && after === before + 1) return { pair };
  if (isSame(first, second)) {
    const found = await again(pair, (result) => numberIn(result) === (before ?? NaN) + 1);
    if (found !== undefined) return { pair: { ...pair, staleMs: found.staleMs } };
  }
  const refusal = `${toolName(pair.read)} was tried and does not count what ${toolName(pair.write)} does`;
  if (before === undefined || before !== after || before > firstMax) return { refusal };
  if (findings.described.state === pair) return { pair };
  return isCounterAlone(pair) && isBare(first) ? { stuck: pair } : { refusal };
}

/** It says a number and no more: "incremented by 1" tells no count. */
function isBare({ result }: Answer): boolean {
  return /^\s*\d+\s*$/.test(firstText(result) ?? '');
}

/** Two words are written: a pair shows both, or the last one. */
async function tryWords(
  pair: StateProbe,
  asking: Asking,
  findings: Findings,
  again: ReadAgain,
): Promise<Tried> {
  // What was read before may be what is read again.
  const mayBeStale = asking.called.has(toolName(pair.read));
  const first = await afterWrite(pair, asking, 'a');
  if (typeof first === 'string') return { refusal: first };
  if (!isServed(first)) return believed(pair, findings);
  const refusal = `${toolName(pair.read)} was tried and does not show what ${toolName(pair.write)} wrote`;
  const shows = (which: 'a' | 'b') => (_: Answer['result'], text: string) =>
    text.includes(wordOf(asking, which));
  const early =
    first.text.includes(wordOf(asking, 'a')) || !mayBeStale ? undefined : await again(pair, shows('a'));
  if (!first.text.includes(wordOf(asking, 'a')) && early === undefined) return { refusal };
  const second = await afterWrite(pair, asking, 'b');
  if (typeof second === 'string') return { refusal: second };
  if (!isServed(second)) return believed(pair, findings);
  const late =
    second.text.includes(wordOf(asking, 'b')) || !isSame(early?.answer ?? first, second)
      ? undefined
      : await again(pair, shows('b'));
  const last = late?.answer ?? second;
  if (!last.text.includes(wordOf(asking, 'b'))) return { refusal };
  const staleMs = Math.max(early?.staleMs ?? 0, late?.staleMs ?? 0);
  const kept = last.text.includes(wordOf(asking, 'a')) ? 'marks' : 'word';
  return { pair: { ...pair, shows: kept, ...(staleMs > 0 && { staleMs }) } };
}

/** A cache gives again what it gave before, to the letter. */
function isSame(one: Answer, other: Answer): boolean {
  return JSON.stringify(one.result) === JSON.stringify(other.result);
}

interface Late {
  readonly answer: Answer;
  readonly staleMs: number;
}
type ReadAgain = (
  pair: StateProbe,
  isShown: (result: Answer['result'], text: string) => boolean,
) => Promise<Late | undefined>;

/** All that is waited for readings from caches, for one revision. */
const staleMaxMs = 3_000;
const pauseMs = 50;
const pauseMaxMs = 400;
const readingsMax = 12;

/** Reads until a reading shows what was written, for as long as is left. What is read through the tool that writes comes from no cache. */
function patientReading({ client, options }: Asking): ReadAgain {
  let [leftMs, readings] = [staleMaxMs, 0];
  return async ({ read, write }, isShown) => {
    if (JSON.stringify(read) === JSON.stringify(write)) return undefined;
    const { clock, nonce, wait } = options;
    const fromMs = clock.nowMs();
    const pastMs = () => clock.nowMs() - fromMs;
    let found: Late | undefined;
    for (let pause = pauseMs; found === undefined && pastMs() < leftMs; pause *= 2) {
      readings += 1;
      if (readings > readingsMax || !(await wait(Math.min(pause, pauseMaxMs)))) break;
      const answer = await readOnce(read, client, nonce);
      if (!isServed(answer)) break;
      if (isShown(answer.result, answer.text)) found = { answer, staleMs: Math.ceil(pastMs()) };
    }
    leftMs -= pastMs();
    return found;
  };
}

function readOnce(read: Probe, client: Asking['client'], nonce: string): Promise<Answer> {
  return client.request(filledProbe(read, nonce), { timeoutMs: askMs });
}

/** What did not answer tells nothing of itself: it counts where the description names it. */
function believed(pair: StateProbe, { described }: Findings): Tried {
  return described.state === pair
    ? { pair }
    : { refusal: `${toolName(pair.write)} was tried and did not answer` };
}

function wordOf({ options: { nonce } }: Asking, which: 'a' | 'b'): string {
  return `${nonce}${which}`;
}

/** What is read once something was written, or why it was refused. */
async function afterWrite(
  { write, read }: StateProbe,
  asking: Asking,
  which: 'a' | 'b',
): Promise<Answer | string> {
  const word = wordOf(asking, which);
  const done = await tryTool(write, asking, word);
  const refusal = refusalOf(done, write, asking);
  if (refusal !== undefined || JSON.stringify(read) === JSON.stringify(write)) return refusal ?? done;
  const answer = await tryTool(read, asking, word);
  return refusalOf(answer, read, asking) ?? answer;
}
