import type { Json } from '../model/request.js';
import { announcedIn } from '../model/data-session.js';
import { isObject } from '../model/json.js';
import { discoverMethod, serverInfoIn } from '../model/modern.js';
import { eraOf, type Revision } from '../model/revision.js';
import { createSecrets, secretsAt } from '../model/secrets.js';
import type { Asking, DiscoverOptions, Findings } from './probe.js';
import { nothing } from './tools/recognised.js';

/** What the handshake tells. */
export function begun(
  revision: Revision,
  { client: { session, result }, options, eras, earlier }: Asking,
): Findings {
  const isModern = eraOf(revision) === 'modern';
  const { burst, readOnly, paced } = options;
  const dataSessions = announcedIn(result?.['capabilities']);
  const info = serverInfoIn(result);
  const facts: Findings['facts'] = {
    revision,
    server: { name: asText(info['name'], options), version: asText(info['version'], options) },
    capabilities: isObject(result?.['capabilities']) ? Object.keys(result['capabilities']) : [],
    ...(options.address.kind === 'stdio' && { carrier: 'stdio' }),
    issuesIds: session !== undefined,
    latencyMs: 0,
    burst,
    ...(readOnly && { readOnly }),
    ...(paced && { paced }),
    replies: 'json',
    replyIds: false,
    // Of the sessions that it has besides, where it has some.
    delete: earlier?.facts.delete ?? { offered: false, seen: '' },
    ...(isModern && earlier?.facts.get && { get: earlier.facts.get }),
    probes: { plain: { method: isModern ? discoverMethod : 'ping' } },
    // Where there are no sessions, nobody's can be disturbed.
    ...(isModern && { severalClients: true }),
    ...(eras && { eras }),
    ...(dataSessions && { dataSessions }),
  };
  return {
    facts,
    candidates: nothing,
    described: {},
    trials: [],
    tooSlow: [],
    withAnswers: [],
    others: [],
    staying: [],
  };
}

/** What is cut off may be the end of a secret, or of a session id, so those are hidden first. */
function asText(
  value: Json | undefined,
  { headers, address, hideIds = (text) => text }: DiscoverOptions,
): string {
  if (typeof value !== 'string') return '';
  return hideIds(createSecrets(secretsAt(headers, address)).hide(value)).slice(0, 200);
}
