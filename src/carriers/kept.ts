import type { Kept, Limits } from '../model/carrier.js';

/** Room for so many bytes, which everybody who has a part in it takes from. */
export function createKept(bytesMax: number): Kept {
  let left = bytesMax;
  return {
    take(bytes) {
      const given = Math.min(bytes, left);
      left -= given;
      return given;
    },
  };
}

/** Kept of each answer, whatever the others took: an ordinary one is no longer. */
const ownBytes = 4 << 10;

/** Gives how many bytes more of one answer may be kept, of so many that came; once it gives less, nothing more is kept. */
export function allowance({ kept }: Limits, mostBytes: number): (bytes: number) => number {
  let had = 0;
  let isOver = false;
  return (bytes) => {
    if (isOver) return 0;
    const wanted = Math.min(bytes, mostBytes - had);
    const own = Math.min(wanted, Math.max(ownBytes - had, 0));
    const given = own + (kept === undefined ? wanted - own : kept.take(wanted - own));
    had += given;
    isOver = given < bytes;
    return given;
  };
}
