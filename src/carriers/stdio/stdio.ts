import type { Carrier, Connection, StdioOptions, Outgoing, Unsayable } from '../../model/carrier.js';
import { connectStdio, firstPatience } from './connection.js';
import { startGuard, type Guard } from './guard.js';
import type { IdPlace } from '../../model/session-id.js';
import type { StdioRequest } from '../../model/framing.js';
import { withIds } from '../meta.js';

/** Starts the command once for each client; nothing before the first line. */
export function createStdio(options: StdioOptions): Carrier {
  const open = new Set<Connection>();
  let guard: Guard | undefined;
  const guarded = () => (guard ??= startGuard());
  const patience = { ...firstPatience };
  return {
    idPlace: options.idPlace,
    frame: (outgoing) => frameStdio(outgoing, options.idPlace),
    connect: () => {
      const connection = connectStdio(options, {
        guard: guarded,
        patience,
        onClose: () => open.delete(connection),
      });
      open.add(connection);
      return connection;
    },
    close: async () => {
      await Promise.all([...open].map((connection) => connection.close()));
      guard?.close();
      guard = undefined;
    },
  };
}

/** The line that says it. Credentials are given to a process when it starts, so `added` has no place in one. */
function frameStdio(outgoing: Outgoing, place: IdPlace): StdioRequest | Unsayable {
  const { does, text, ids, resumes, http } = outgoing;
  if (http !== undefined) return { because: 'header fields, queries and raw bytes are of HTTP' };
  if (does === 'end') return { because: 'no message ends a session over stdio' };
  if (resumes !== undefined) return { because: 'no stream is resumed over stdio' };
  if (does === 'listen' || text === undefined) return { carrier: 'stdio' };
  if (/[\r\n]/.test(text)) return { because: 'a message over stdio is one line' };
  return { carrier: 'stdio', line: place.in === 'meta' ? withIds(text, ids, place) : text };
}
