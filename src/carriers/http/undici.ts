import { createRequire } from 'node:module';
import type * as undici from 'undici';

// The package as a whole also loads fetch, cookies, caches and WebSocket: twice the time of its client, at each start. The version is
// pinned, and a test of the wire fails where a file has moved.
const load = createRequire(import.meta.url);
/* oxlint-disable typescript/no-unsafe-type-assertion */
export const Client = load('undici/lib/dispatcher/client.js') as typeof undici.Client;
export const buildConnector = load('undici/lib/core/connect.js') as typeof undici.buildConnector;
export const errors = load('undici/lib/core/errors.js') as typeof undici.errors;
/** A method of the client that the package adds to it as a whole; call it on one. */
export const { connect } = load('undici/lib/api/index.js') as Pick<undici.Client, 'connect'>;
