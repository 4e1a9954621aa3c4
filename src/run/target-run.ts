import type { Transcript } from '../model/transcript.js';

/** The target from its start to the moment in which it stops answering. */
export interface TargetRun {
  /** True once a check found that it stopped answering. */
  readonly over: () => boolean;
  /** True while no check has run in it. */
  readonly untouched: () => boolean;
  readonly run: (check: string, start: () => Promise<Transcript>) => Promise<Transcript>;
}

/** `lost` is called once, with the checks that may be the cause. */
export function createTargetRun(over: () => boolean, lost: (suspects: readonly string[]) => void): TargetRun {
  const underWay = new Set<string>();
  let last: string | undefined;
  let reported = false;
  return {
    over,
    untouched: () => last === undefined && underWay.size === 0,
    async run(check, start) {
      underWay.add(check);
      try {
        return await start();
      } finally {
        if (over() && !reported) lost([...new Set([...(last === undefined ? [] : [last]), ...underWay])]);
        reported ||= over();
        underWay.delete(check);
        last = check;
      }
    },
  };
}
