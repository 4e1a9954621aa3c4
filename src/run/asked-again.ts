import { grouped } from '../model/tables.js';
import type { Transcript } from '../model/transcript.js';
import {
  attemptCheck,
  type CheckOutcome,
  type Conditions,
  type DoneOutcome,
  type Runnable,
} from './target-run.js';

/** What tells which checks are tried again. */
export interface Asking {
  /** How a check has to be tried once more before what it saw counts; nothing is tried again where it is absent. */
  readonly next?: (
    planned: Runnable,
    transcript: Transcript,
  ) => { readonly how: 'again' | 'alone'; readonly cause: string } | undefined;
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

type Way = (entries: readonly DoneOutcome[], act: (entry: DoneOutcome) => Promise<void>) => Promise<void>;

/** Of so many checks that failed twice for one reason, a few tell for all whether they do so the third time. */
const manyMin = 4;
const tellingMax = 2;
/** What is still unsettled runs alone, and waits so many times as long. */
const patience = 3;

/** Tries checks again that rest on what did not come: first beside others, then alone and with more time. */
export async function asked(
  first: readonly DoneOutcome[],
  conditions: Conditions,
  { next, isSteady, revive, over }: Asking,
  { settle, beside, alone }: Ways,
): Promise<void> {
  const unsettled: { readonly outcome: DoneOutcome; readonly cause: string }[] = [];
  const tryAgain = async (outcome: DoneOutcome, patienceOf: number): Promise<DoneOutcome> => {
    const { planned, transcript } = outcome;
    if (over()) await revive?.();
    const before = [...(transcript.earlier ?? []), transcript];
    const tried = await attemptCheck(planned, conditions, {
      number: before.length + 1,
      entriesBefore: before.reduce((sum, { entries }) => sum + entries.length, 0),
      patience: patienceOf,
    });
    if (tried.kind === 'done') {
      const { earlier: _, ...last } = transcript;
      const earlier = [...(transcript.earlier ?? []), last];
      return { ...tried, transcript: { ...tried.transcript, earlier } };
    }
    const reason = tried.kind === 'not-run' ? tried.reason : 'stopped';
    return {
      ...outcome,
      transcript: { ...transcript, once: reason === 'target-unusable' ? 'stopped' : reason },
    };
  };
  await beside(first, async (outcome) => {
    const second = await tryAgain(outcome, 1);
    const more = second.transcript.once === undefined ? next?.(second.planned, second.transcript) : undefined;
    if (more === undefined) settle(second);
    else unsettled.push({ outcome: second, cause: more.cause });
  });
  for (const [, alike] of grouped(unsettled, ({ cause }) => cause)) {
    const outcomes = inOrder(
      alike.map(({ outcome }) => outcome),
      first,
    );
    const telling = outcomes.length < manyMin ? outcomes : outcomes.slice(0, tellingMax);
    let areSteady = telling.length < outcomes.length;
    await alone(telling, async (outcome) => {
      const third = await tryAgain(outcome, patience);
      areSteady &&= isSteady?.(third.planned, third.transcript) === true;
      settle(third);
    });
    await alone(outcomes.slice(telling.length), async (outcome) =>
      settle(areSteady ? outcome : await tryAgain(outcome, patience)),
    );
  }
}

// They ended in an order that differs from run to run.
function inOrder(outcomes: readonly DoneOutcome[], first: readonly DoneOutcome[]): readonly DoneOutcome[] {
  const place = new Map(first.map(({ planned }, i) => [planned, i]));
  return outcomes.toSorted((a, b) => (place.get(a.planned) ?? 0) - (place.get(b.planned) ?? 0));
}
