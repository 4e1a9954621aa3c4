import type { Transcript } from '../model/transcript.js';

/** Which checks may be the cause of a loss. */
export interface Suspicion {
  /** Those that were under way, and as many that had ended last. */
  readonly suspects: readonly string[];
  /** The target had been started for the one suspect alone. */
  readonly alone: boolean;
}

/** The target from its start to the moment in which it stops answering. */
export interface TargetRun {
  /** True once it was found that it stopped answering. */
  readonly over: () => boolean;
  /** True while no check has run in it. */
  readonly untouched: () => boolean;
  readonly run: (check: string, start: () => Promise<Transcript>) => Promise<Transcript>;
  /** Tells of a loss that no check has told of: it came between two of them. */
  readonly report: () => void;
}

/** `lost` is called once. */
export function createTargetRun(over: () => boolean, lost: (suspicion: Suspicion) => void): TargetRun {
  const underWay = new Set<string>();
  const ended: string[] = [];
  let isReported = false;
  const report = () => {
    if (!over() || isReported) return;
    isReported = true;
    const recent = ended.slice(-Math.max(underWay.size, 1));
    const suspects = [...new Set([...recent, ...underWay])];
    lost({ suspects, alone: ended.length === 0 && suspects.length === 1 });
  };
  return {
    over,
    untouched: () => ended.length === 0 && underWay.size === 0,
    report,
    async run(check, start) {
      underWay.add(check);
      try {
        return await start();
      } finally {
        report();
        underWay.delete(check);
        ended.push(check);
      }
    },
  };
}
