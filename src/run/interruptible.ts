import type { Call, Carrier, Connection } from '../model/carrier.js';

/** A carrier on which an interrupt ends all that is under way. What is sent after that, to end sessions, has its deadline. */
export function interruptible(carrier: Carrier, signal: AbortSignal | undefined): Carrier {
  if (signal === undefined) return carrier;
  // One listener for all: a signal looks through those that it has whenever one is added or taken away.
  const calls = new Set<Call>();
  const abort = () => {
    for (const call of calls) call.abort();
  };
  signal.addEventListener('abort', abort);
  return {
    ...carrier,
    connect: () => interrupted(carrier.connect(), calls),
    close() {
      signal.removeEventListener('abort', abort);
      return carrier.close();
    },
  };
}

function interrupted(connection: Connection, all: Set<Call>): Connection {
  const own = new Set<Call>();
  const forget = (call: Call) => {
    own.delete(call);
    all.delete(call);
  };
  return {
    ...connection,
    send(sent, options) {
      const call = connection.send(sent, options);
      own.add(call);
      all.add(call);
      // One that is settled may go on as a stream, and nobody waits for it for long.
      void call.settled.finally(() => options.until !== 'head' && forget(call));
      return call;
    },
    close() {
      for (const call of own) all.delete(call);
      return connection.close();
    },
  };
}
