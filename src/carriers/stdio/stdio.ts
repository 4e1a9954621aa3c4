import type { Carrier, Connection, StdioOptions } from '../../model/carrier.js';
import { createConnection } from './connection.js';
import { frameStdio } from './frame.js';

/** Starts the command once for each client; nothing before the first line. */
export function createStdio(options: StdioOptions): Carrier {
  const open = new Set<Connection>();
  return {
    idPlace: options.idPlace,
    frame: (outgoing) => frameStdio(outgoing, options.idPlace),
    connect: () => {
      const connection = createConnection(options, () => open.delete(connection));
      open.add(connection);
      return connection;
    },
    close: async () => {
      await Promise.all([...open].map((connection) => connection.close()));
    },
  };
}
