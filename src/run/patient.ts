import { limitIn, type Limit } from '../model/limit.js';
import type { Call, Carrier, Connection, SendOptions } from '../model/carrier.js';
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

  const next = async (limit: Limit, refused: number): Promise<boolean> => {
    const ms = traffic.pace.pauseMs(limit, refused, performance.now());
    if (ms === undefined) return false;
    isAgain = true;
    pause = new AbortController();
    return (await traffic.wait(ms, pause.signal)) && (await traffic.turn()) === undefined && !isHungUp;
  };
  const settle = async (): Promise<Reply> => {
    let by = '';
    for (let refused = 1; ; refused += 1) {
      const reply = await call.settled;
      const limit = isHungUp ? undefined : limitIn(reply, Date.now());
      traffic.pace.saw(limit, performance.now());
      traffic.walls.saw(reply, request);
      by = limit?.by ?? by;
      if (limit === undefined || !(await next(limit, refused))) {
        if (isAgain) traffic.pace.ended({ request, by, recovered: limit === undefined });
        isAgain = false;
        return reply;
      }
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
