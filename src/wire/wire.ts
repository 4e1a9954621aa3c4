import type { Connection, Wire, WireOptions } from '../model/wire.js';
import { createConnection } from './connection.js';
import { describeRoute } from './route.js';

/** The one door to the network. Nothing is opened before the first request. */
export function createWire(options: WireOptions): Wire {
  const route = describeRoute(options);
  const open = new Set<Connection>();
  return {
    connect: () => {
      const connection = createConnection(route, () => open.delete(connection));
      open.add(connection);
      return connection;
    },
    close: async () => {
      await Promise.all([...open].map((connection) => connection.close()));
    },
  };
}
