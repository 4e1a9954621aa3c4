import type { Carrier, Connection, HttpOptions } from '../../model/carrier.js';
import { sessionHeader, type IdPlace } from '../../model/session-id.js';
import { createConnection } from './connection.js';
import { frameHttp } from './frame.js';
import { describeRoute } from './route.js';

/** The one door to the network. Nothing is opened before the first request. */
export function createHttp(options: HttpOptions, idPlace: IdPlace = sessionHeader): Carrier {
  const route = describeRoute(options);
  const open = new Set<Connection>();
  return {
    idPlace,
    frame: (outgoing) => frameHttp(outgoing, idPlace),
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
