import type { Transcript } from '../model/transcript.js';

/** The target from its start to the moment in which it answers nobody any more. */
export interface TargetRun {
  /** True once somebody found that nobody is answered. */
  readonly over: () => boolean;
  /** True while no check has run in it. */
  readonly untouched: () => boolean;
  readonly run: (check: string, start: () => Promise<Transcript>) => Promise<Transcript>;
}

/** `lost` is told once, with the checks that may have brought the end about. */
export function createTargetRun(over: () => boolean, lost: (suspects: readonly string[]) => void): TargetRun {
  const underWay = new Set<string>();
  let last: string | undefined;
  let told = false;
  return {
    over,
    untouched: () => last === undefined && underWay.size === 0,
    async run(check, start) {
      underWay.add(check);
      try {
        return await start();
      } finally {
        if (over() && !told) lost([...new Set([...(last === undefined ? [] : [last]), ...underWay])]);
        told ||= over();
        underWay.delete(check);
        last = check;
      }
    },
  };
}
