import { grouped } from '../model/tables.js';
import type { Planned } from '../model/plan.js';
import type { Transcript } from '../model/transcript.js';
import {
  attemptCheck,
  type CheckOutcome,
  type Conditions,
  type DoneOutcome,
  type Runnable,
} from './target-run.js';

/** How a check is tried once more, and for which cause. */
interface Next {
  readonly how: 'again' | 'alone';
  readonly cause: string;
  readonly slow: boolean;
  readonly isDoubt: boolean;
}

/** What tells which checks are tried again. */
export interface Asking {
  /** How a check has to be tried once more before what it saw counts; nothing is tried again where it is absent. */
  readonly next?: (planned: Runnable, transcript: Transcript) => Next | undefined;
  /** Whether all attempts ended alike. */
  readonly isSteady?: (planned: Runnable, transcript: Transcript) => boolean;
  /** Gets the target back where it is gone; false where it does not come. */
  readonly revive?: () => Promise<boolean>;
  readonly over: () => boolean;
}

interface Ways {
  readonly settle: (outcome: CheckOutcome) => void;
  readonly beside: Way;
  readonly alone: Way;
}

/** In which company checks are done. */
export type Way = (entries: readonly Planned[], act: (planned: Planned) => Promise<void>) => Promise<void>;

/** Of so many checks that end alike for one reason, a few tell for all whether they do so another time: where they are in doubt, or failed twice. */
const manyMin = 4;
const tellingMax = 2;
/** What is still unsettled runs alone, and waits so many times as long where more time may help. */
const patience = 3;

interface Unsettled extends Waiting {
  readonly longer: number;
}

/** Tries checks again that rest on what did not come: first beside others, then alone and with more time. */
export async function asked(
  first: readonly Planned[],
  outcomeOf: (planned: Planned) => DoneOutcome | undefined,
  conditions: Conditions,
  asking: Asking,
  { settle, beside, alone }: Ways,
): Promise<void> {
  const twice = new Map<Planned, Unsettled>();
  const waiting = waitingFor(first, outcomeOf, asking);
  const unsteady = new Set<string>();
  const isSteady = ({ planned, transcript }: DoneOutcome) => asking.isSteady?.(planned, transcript) === true;
  const again = async (planned: Planned) => {
    const outcome = outcomeOf(planned);
    if (outcome === undefined) return;
    const isDoneAgain = nextOf(outcome, asking)?.how === 'alone';
    const second = isDoneAgain ? outcome : await tryAgain(outcome, 1, conditions, asking);
    const cause = nextOf(outcome, asking)?.cause;
    if (cause !== undefined && !isSteady(second)) unsteady.add(cause);
    const { once } = second.transcript;
    const more = once === undefined ? nextOf(second, asking) : undefined;
    if (more === undefined) settle(second);
    else twice.set(planned, { outcome: second, cause: more.cause, longer: more.slow ? patience : 1 });
  };
  await beside(
    first.filter((planned) => !waiting.has(planned)),
    again,
  );
  await beside([...waiting.keys()], async (planned) => {
    const waited = waiting.get(planned);
    if (waited !== undefined && !unsteady.has(waited.cause)) settle(waited.outcome);
    else await again(planned);
  });
  // They ended in an order that differs from run to run.
  const unsettled = first.flatMap((planned) => twice.get(planned) ?? []);
  for (const [, alike] of grouped(unsettled, ({ cause }) => cause)) {
    const telling = alike.length < manyMin ? alike.length : tellingMax;
    let areSteady = telling < alike.length;
    const entries: readonly Planned[] = shortestFirst(alike).map(({ outcome }) => outcome.planned);
    await alone(entries, async (planned) => {
      const found = twice.get(planned);
      if (found === undefined) return;
      const { outcome, longer } = found;
      const isTelling = entries.indexOf(planned) < telling;
      const third = isTelling || !areSteady ? await tryAgain(outcome, longer, conditions, asking) : outcome;
      if (isTelling) areSteady &&= isSteady(third);
      settle(third);
    });
  }
}

interface Waiting {
  readonly outcome: DoneOutcome;
  readonly cause: string;
}

/** Checks in doubt, which accuse nobody, where a few others tell whether another attempt would help. */
function waitingFor(
  first: readonly Planned[],
  outcomeOf: (planned: Planned) => DoneOutcome | undefined,
  asking: Asking,
): ReadonlyMap<Planned, Waiting> {
  const doubts = first.flatMap((planned): readonly Waiting[] => {
    const outcome = outcomeOf(planned);
    const next = outcome && nextOf(outcome, asking);
    return outcome !== undefined && next?.isDoubt === true ? [{ outcome, cause: next.cause }] : [];
  });
  const many = [...grouped(doubts, ({ cause }) => cause).values()].filter(({ length }) => length >= manyMin);
  const waiting = many.flatMap((alike) => shortestFirst(alike).slice(tellingMax));
  return new Map(waiting.map((one) => [one.outcome.planned, one]));
}

function nextOf({ planned, transcript }: DoneOutcome, { next }: Asking): Next | undefined {
  return next?.(planned, transcript);
}

/** Those tell first that cost the least. */
function shortestFirst<T extends Pick<Waiting, 'outcome'>>(alike: readonly T[]): readonly T[] {
  const length = ({ outcome }: T) => outcome.transcript.entries.length;
  return [...alike].sort((a, b) => length(a) - length(b));
}

/** Asks for the second time at once, where it was no doubt: what runs next may disturb the target for good. */
export async function askedAtOnce(
  outcome: CheckOutcome,
  conditions: Conditions,
  asking: Asking,
): Promise<CheckOutcome> {
  const next = outcome.kind === 'done' ? nextOf(outcome, asking) : undefined;
  if (outcome.kind !== 'done' || next?.how !== 'again' || next.isDoubt) return outcome;
  return tryAgain(outcome, 1, conditions, asking);
}

async function tryAgain(
  outcome: DoneOutcome,
  longer: number,
  conditions: Conditions,
  { revive, over }: Asking,
): Promise<DoneOutcome> {
  const { planned, transcript } = outcome;
  if (over()) await revive?.();
  const { earlier = [], ...last } = transcript;
  const before = [...earlier, last];
  const tried = await attemptCheck(planned, conditions, {
    number: before.length + 1,
    entriesBefore: before.reduce((sum, { entries }) => sum + entries.length, 0),
    patience: longer,
  });
  if (tried.kind === 'done') return { ...tried, transcript: { ...tried.transcript, earlier: before } };
  const reason = tried.kind === 'not-run' ? tried.reason : 'stopped';
  return {
    ...outcome,
    transcript: { ...transcript, once: reason === 'target-unusable' ? 'stopped' : reason },
  };
}
