import type { Room } from '../model/carrier.js';
import { limitIn } from '../model/limit.js';
import type { Reply } from '../model/reply.js';

/** Those that are open may expire while one more is waited for. */
const refusedMax = 3;

/** Where one more session was refused for load in the end, the next is not waited for. */
export function roomWhile(): { readonly room: Room; readonly saw: (opening: Reply) => void } {
  let isFull = false;
  let isFirst = true;
  let again = 0;
  const room: Room = {
    // Told of the second refusal of a handshake, and of each further one.
    refused: () => {
      again += 1;
      isFull ||= !isFirst && again + 1 >= refusedMax;
    },
    mayCome: () => !isFull,
    comes: () => new Promise(() => undefined),
  };
  const saw = (opening: Reply) => {
    isFull = limitIn(opening, 0) !== undefined;
    isFirst &&= isFull;
    again = 0;
  };
  return { room, saw };
}
