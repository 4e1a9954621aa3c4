import { limitIn, type Limit } from '../model/limit.js';
import type { Call, Carrier, Connection, Room, SendOptions } from '../model/carrier.js';
import type { Sent } from '../model/framing.js';
import type { Reply } from '../model/reply.js';
import type { Traffic } from './traffic.js';
import { nowMs } from '../carriers/clock.js';

/** A carrier that keeps to the pace of the target: what is refused for load is sent again later, and the last answer counts. */
export function patient(carrier: Carrier, traffic: Traffic): Carrier {
  return {
    ...carrier,
    connect() {
      const connection = carrier.connect();
      return { ...connection, send: (sent, options) => send(connection, sent, options, traffic) };
    },
  };
}

function send(connection: Connection, sent: Sent, given: SendOptions, traffic: Traffic): Call {
  const options: SendOptions = { ...given, turn: traffic.turn };
  const request = traffic.exchanges;
  const earlier: Reply[] = [];
  let isHungUp = false;
  // Most requests never wait, and a signal is dear.
  let pause: AbortController | undefined;
  let startedMs: number | undefined;
  let call = connection.send(sent, options);
  let isAgain = false;
  let hasWaitedForRoom = false;

  const next = async (limit: Limit, refused: number): Promise<boolean> => {
    const room = roomFor(limit, given);
    if (refused > 1) room?.refused();
    if (room?.mayCome() === false) return false;
    const isHeld = refused <= heldMax && room?.isHeld?.() === true;
    const ms = traffic.pace.pauseMs(limit, refused, performance.now()) ?? (isHeld ? roomMaxMs : undefined);
    if (ms === undefined) return false;
    isAgain = true;
    pause = new AbortController();
    const isOver =
      room === undefined
        ? await traffic.wait(ms, pause.signal)
        : await comes(room, ms, (forMs, until) => traffic.wait(forMs, until), pause.signal);
    return isOver && (await traffic.turn()) === undefined && !isHungUp;
  };
  const settle = async (): Promise<Reply> => {
    let by = '';
    for (let refused = 1; ; refused += 1) {
      const reply = await call.settled;
      const limit = isHungUp ? undefined : limitIn(reply, Date.now());
      const isForRoom = roomFor(limit, given) !== undefined;
      if (!isForRoom) traffic.pace.saw(limit, performance.now());
      traffic.walls.saw(reply, request);
      by = limit?.by ?? by;
      if (limit === undefined || !(await next(limit, refused))) {
        // A session for which there was room in the end tells of no limit to requests.
        if (isAgain && (limit !== undefined || !hasWaitedForRoom))
          traffic.pace.ended({ request, by, recovered: limit === undefined });
        isAgain = false;
        return reply;
      }
      hasWaitedForRoom ||= isForRoom;
      earlier.push(...(call.earlier?.() ?? []), reply);
      startedMs = nowMs();
      call = connection.send(sent, options);
    }
  };
  const settled = settle();
  return {
    settled,
    snapshot: () => call.snapshot(),
    earlier: () => [...earlier, ...(call.earlier?.() ?? [])],
    startedMs: () => startedMs,
    async waitFor(test, timeoutMs) {
      const first = call;
      if (await first.waitFor(test, timeoutMs)) return true;
      // A refusal that is not the last answer is not what anybody waits for.
      if (limitIn(first.snapshot(), Date.now()) === undefined) return false;
      await settled;
      return call !== first && call.waitFor(test, timeoutMs);
    },
    abort() {
      isHungUp = true;
      pause?.abort();
      call.abort();
    },
  };
}

/** A session that is refused while other requests are served may be refused for want of room; 429 says that it was the requests. */
function roomFor(limit: Limit | undefined, { room }: SendOptions): Room | undefined {
  return limit === undefined || limit.by === '429' ? undefined : room;
}

/** Where no check gives up a session for so long, none does soon. */
const roomMaxMs = 4_000;
/** So often another request of ours may take the place first. */
const heldMax = 4;

/** Waits until there may be room: a session of ours has ended, or the time that the target named has passed. */
async function comes(
  room: Room,
  namedMs: number,
  wait: (ms: number, until: AbortSignal) => Promise<boolean>,
  until: AbortSignal,
): Promise<boolean> {
  const woken = new AbortController();
  const isMade = room.comes().then(() => true);
  const hasPassed = wait(Math.min(namedMs, roomMaxMs), AbortSignal.any([until, woken.signal]));
  const isOver = await Promise.race([isMade, hasPassed.then((passed) => passed && namedMs <= roomMaxMs)]);
  woken.abort();
  if (!isOver && !until.aborted) room.refused();
  return isOver;
}
