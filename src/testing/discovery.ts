import type { DiscoverOptions } from '../facts/probe.js';
import { atUrl } from '../model/carrier.js';

/** Discovery of a target that is not there, at once and without a bound; a carrier is what it lacks. */
export const plainDiscovery: Omit<DiscoverOptions, 'carrier'> = {
  address: atUrl(new URL('http://target.test/mcp')),
  revision: 'auto',
  timeScale: 1,
  initialize: (protocolVersion) => ({
    protocolVersion,
    capabilities: {},
    clientInfo: { name: 'test', version: '1' },
  }),
  turn: async () => undefined,
  clock: { nowMs: () => performance.now(), stalledMs: () => 0 },
  nonce: 'nonce4711',
  headers: [],
  configured: [],
  burst: 200,
  described: {},
  explore: false,
  readOnly: false,
  paced: false,
  startingMs: 0,
  wait: async () => true,
};
