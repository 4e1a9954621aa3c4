import { describeExit, describeWords } from '../model/incident.js';
import type { Operator, ProcessEnd } from '../model/run.js';

/** Watches the process while the target is asked what it offers, when no check can be blamed for its end. */
export interface EndWatch {
  /** How the process ended, in one clause; undefined where it lives. */
  readonly says: () => Promise<string | undefined>;
  readonly close: () => void;
}

/** A process that answers no more may take a moment to end. */
const endMs = 1_000;

export function watchForEnd(operator: Operator | undefined): EndWatch {
  if (operator?.watch === undefined)
    return { says: () => Promise.resolve(undefined), close: () => undefined };
  let end: ProcessEnd | undefined;
  let wake: (() => void) | undefined;
  const close = operator.watch((ended) => {
    end ??= ended;
    wake?.();
  });
  return {
    async says() {
      if (end === undefined)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, endMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      return end && `the process of the target ended (${describeExit(end)})${describeWords(await end.words)}`;
    },
    close,
  };
}
