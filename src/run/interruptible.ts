import type { Call, Carrier, Connection } from '../model/carrier.js';

/** A carrier on which an interrupt ends all that is under way. What is sent after that, to end sessions, has its deadline. */
export function interruptible(carrier: Carrier, signal: AbortSignal | undefined): Carrier {
  if (signal === undefined) return carrier;
  return { ...carrier, connect: () => interrupted(carrier.connect(), signal) };
}

function interrupted(connection: Connection, signal: AbortSignal): Connection {
  const calls = new Set<Call>();
  const abort = () => {
    for (const call of calls) call.abort();
  };
  signal.addEventListener('abort', abort);
  return {
    ...connection,
    send(sent, options) {
      const call = connection.send(sent, options);
      calls.add(call);
      // One that is settled may go on as a stream, and nobody waits for it for long.
      void call.settled.finally(() => options.until !== 'head' && calls.delete(call));
      return call;
    },
    close() {
      signal.removeEventListener('abort', abort);
      return connection.close();
    },
  };
}
