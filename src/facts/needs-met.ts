import { needNames, type Facts, type Need } from '../model/facts.js';

/** Which needs of checks are met, by what was found and by what the run was configured. */
export function needsMetBy(facts: Omit<Facts, 'needsMet'>, configured: readonly Need[]): readonly Need[] {
  const tests: Readonly<Record<Need, boolean>> = {
    sessions: facts.issuesIds,
    'no-sessions': !facts.issuesIds,
    'id-required': facts.issuesIds && facts.withoutId?.refused === true,
    delete: facts.delete.offered,
    get: facts.get?.offered === true,
    echo: facts.probes.echo !== undefined,
    state: facts.probes.state !== undefined,
    identity: facts.probes.identity !== undefined,
    slow: facts.probes.slow !== undefined,
    notify: facts.notices === 'get' || facts.notices === 'post',
    push: facts.notices === 'get',
    update: facts.probes.update !== undefined,
    logging: facts.capabilities.includes('logging'),
    'event-ids': facts.eventIds === true,
    'reply-ids': facts.replyIds,
    'two-principals': configured.includes('two-principals'),
    'idle-timeout': configured.includes('idle-timeout'),
    replicas: configured.includes('replicas'),
    'shared-sessions': facts.sharesSessions === true,
    operator: configured.includes('operator'),
    batch: facts.batches === true,
    'two-revisions': facts.negotiates !== undefined && facts.negotiates.length > 1,
  };
  return needNames.filter((need) => tests[need]);
}
