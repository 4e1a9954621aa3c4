import type { Room } from '../model/carrier.js';

/** Who holds sessions of the target: a check, or a witness, which holds them for the whole run. */
export interface Holder {
  readonly held: () => number;
  readonly lasting: boolean;
}

/** The sessions that a run has open at once, for targets that have room for a number of them. */
export interface Places {
  /** Gives what takes the holder out again. */
  readonly enter: (holder: Holder) => () => void;
  /** Told when a session was opened, and when one was ended. */
  readonly taken: () => void;
  readonly freed: () => void;
  readonly roomFor: (holder: Holder) => Room;
  /** Takes what asks those to leave who hold sessions for the whole run: where they hold most of the places, checks come first. */
  readonly onCrowded: (leave: () => void) => void;
  /** Told of a session that is open for good, as far as it is known. */
  readonly left: () => void;
  /** Some session was refused for want of room, and none of ours is known to be left behind. */
  readonly isInDoubt: () => boolean;
  /** How many of so many checks there is room for side by side. */
  readonly jobs: (jobs: number) => number;
}

/** Few checks have more sessions at once. */
const sessionsPerCheck = 4;

/** `most` is how many there is room for, as far as it is known. */
export function createPlaces(most?: number): Places {
  const holders = new Set<Holder>();
  const waiting = new Set<() => void>();
  let fullAt = most;
  let leftBehind = 0;
  let leave: (() => void) | undefined;
  let isLeaving = false;
  const sum = (isCounted: (holder: Holder) => boolean) =>
    [...holders].reduce((all, holder) => (isCounted(holder) ? all + holder.held() : all), 0);
  const stays = (holder: Holder) => isLasting(holder) && !isLeaving;
  const askToLeave = () => {
    if (leave === undefined) return;
    isLeaving = true;
    leave();
  };
  const freed = () => {
    for (const wake of waiting) wake();
    waiting.clear();
  };
  return {
    enter(holder) {
      holders.add(holder);
      return () => {
        holders.delete(holder);
        freed();
      };
    },
    taken() {
      // There was room for one more, so the bound is another.
      if (fullAt !== undefined && sum(() => true) > fullAt) fullAt = undefined;
    },
    freed,
    roomFor: (own) => ({
      refused() {
        fullAt ??= sum(() => true);
      },
      mayCome() {
        const isRoomFor = () => sum((holder) => holder === own || stays(holder)) < (fullAt ?? Infinity);
        if (!isRoomFor() && !own.lasting && sum(stays) > own.held()) askToLeave();
        return isRoomFor();
      },
      isHeld: () => fullAt !== undefined && sum((holder) => holder !== own && !stays(holder)) > 0,
      comes: () => new Promise((resolve) => waiting.add(resolve)),
    }),
    left: () => void (leftBehind += 1),
    isInDoubt: () => fullAt !== undefined && fullAt !== most && leftBehind === 0,
    onCrowded: (then) => void (leave = then),
    jobs: (jobs) =>
      fullAt === undefined
        ? jobs
        : Math.max(1, Math.min(jobs, Math.floor((fullAt - sum(stays)) / sessionsPerCheck))),
  };
}

function isLasting({ lasting }: Holder): boolean {
  return lasting;
}
