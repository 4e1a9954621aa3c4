import { version as nodeVersion } from 'node:process';
import { gate } from './gate.js';
import type { Facts } from '../model/facts.js';
import type { Report, Result } from '../model/report.js';
import { tabulate } from '../model/tabulate.js';
import { verdictKinds } from '../model/verdict.js';
import { version } from '../version.js';
import type { Session } from './session.js';

/** Puts a run together; `unusable` says why nothing could be examined. */
export function report(
  session: Session,
  facts: readonly Facts[],
  results: readonly Result[],
  unusable?: string,
): Report {
  const { options, seed, startedAt, traffic, outages } = session;
  const [first] = facts;
  const context = { interrupted: options.signal?.aborted === true, outages };
  return {
    format: 'sessionspec-report/1',
    tool: { name: 'sessionspec', version, node: nodeVersion },
    target: {
      url: addressOf(options.url),
      ...(first && { name: first.server.name, version: first.server.version }),
    },
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    profile: options.profile,
    seed,
    revisions: facts.map(({ revision }) => revision),
    facts,
    gate: unusable === undefined ? gate(results, options.policy, context) : { exit: 2, sentence: unusable },
    summary: tabulate(verdictKinds, (kind) => results.filter(({ verdict }) => verdict === kind).length),
    traffic: { exchanges: traffic.exchanges },
    outages,
    results,
  };
}

/** The URL without the credentials that it may carry. */
function addressOf(url: URL): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  return shown.href;
}
