import { createSecureContext, rootCertificates } from 'node:tls';
import type { buildConnector as undici } from 'undici';
import { buildConnector } from './undici.js';
import type { Header } from '../../model/framing.js';
import type { Keeping } from './keeping.js';
import type { Limits, HttpOptions } from '../../model/carrier.js';

/** What all connections of a carrier have in common, worked out once. */
export interface Route {
  readonly origin: string;
  readonly host: string;
  readonly path: string;
  readonly headers: readonly Header[];
  readonly limits: Limits;
  readonly connect: undici.connector;
  readonly proxy?: URL;
  readonly keeping: Keeping;
}

export function describeRoute({ url, headers, limits, ca, insecure, proxy }: HttpOptions): Route {
  return {
    origin: url.origin,
    host: url.host,
    path: url.pathname + url.search,
    headers,
    limits,
    connect: buildConnector({
      rejectUnauthorized: insecure !== true,
      ...(ca === undefined ? {} : { secureContext: trusting(ca) }),
      allowH2: false,
      // Ours counts the time in which we ran.
      timeout: 0,
    }),
    ...(proxy === undefined ? {} : { proxy: new URL(proxy) }),
    keeping: { reused: 0, lost: 0 },
  };
}

/** The target's path, with a query of the request's own behind that of the target. */
export function pathOf({ path }: Route, query: string | undefined): string {
  if (query === undefined) return path;
  return `${path}${path.includes('?') ? '&' : '?'}${query}`;
}

// Node's `ca` replaces the public authorities, so they are named again. The context is made once: parsing them takes
// longer than a whole exchange.
function trusting(ca: string): ReturnType<typeof createSecureContext> {
  return createSecureContext({ ca: [...rootCertificates, ca] });
}
