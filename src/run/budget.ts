export interface Budget {
  /** True once so many requests are set aside; false where that cannot be any more. */
  readonly reserve: (requests: number) => Promise<boolean>;
  readonly release: (requests: number) => void;
}

/** What a check needs at worst is set aside while it runs; what it did not need is there for those that wait. */
export function createBudget(left: () => number): Budget {
  let reserved = 0;
  const waiting: (() => void)[] = [];
  return {
    async reserve(requests) {
      while (requests > left() - reserved) {
        if (requests > left() || reserved === 0) return false;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      reserved += requests;
      return true;
    },
    release(requests) {
      reserved -= requests;
      for (const resume of waiting.splice(0)) resume();
    },
  };
}
