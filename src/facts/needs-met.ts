import { dataNeeds } from './data-session.js';
import { keptIn } from '../model/kept.js';
import { needNames, type Need } from '../model/need.js';
import type { Facts } from '../model/facts.js';

/** Which needs of checks are met, by what was found and by what the run was configured. */
export function needsMetBy(facts: Omit<Facts, 'needsMet'>, configured: readonly Need[]): readonly Need[] {
  const serves = (need: Need) => facts.serves?.includes(need) === true;
  const isHeard = facts.probes.notify !== undefined;
  const [modern, legacy] = [facts.eras?.modern.served, facts.eras?.legacy.served];
  const tests: Readonly<Record<Need, boolean>> = {
    sessions: facts.issuesIds,
    'no-sessions': !facts.issuesIds,
    'id-required': facts.issuesIds && facts.withoutId?.refused === true,
    ping: serves('ping'),
    tools: serves('tools'),
    resources: serves('resources'),
    prompts: serves('prompts'),
    delete: facts.delete.offered,
    get: facts.get?.offered === true,
    echo: facts.probes.echo !== undefined,
    state: facts.probes.state !== undefined,
    words: facts.probes.words !== undefined,
    kept: keptIn(facts.probes) !== undefined,
    identity: facts.probes.identity !== undefined,
    slow: facts.probes.slow !== undefined,
    notify: isHeard && facts.messages?.repeats === true,
    push: facts.probes.push !== undefined,
    wordless: facts.probes.wordless !== undefined,
    'reply-notices': facts.notices === 'post' || facts.notices === 'both',
    'log-notices': facts.probes.log !== undefined,
    ask: facts.probes.ask !== undefined,
    'ask-on-get': facts.asks?.on === 'get',
    'answer-shown': facts.asks?.shown === true,
    subscribe: facts.probes.subscribe !== undefined,
    update: facts.probes.update !== undefined,
    logging: facts.capabilities.includes('logging'),
    'event-ids': facts.eventIds === true,
    'reply-streams': facts.probes.streamed !== undefined,
    'reply-ids': facts.replyIds,
    'two-principals': configured.includes('two-principals'),
    'idle-timeout': configured.includes('idle-timeout'),
    replicas: configured.includes('replicas'),
    'shared-sessions': facts.sharesSessions === true,
    operator: configured.includes('operator'),
    batch: facts.batches === true,
    'two-revisions': facts.negotiates !== undefined && facts.negotiates.length > 1,
    handles: facts.probes.handle !== undefined,
    'handle-state': facts.probes.handle?.write !== undefined,
    'handle-end': facts.probes.handle?.end !== undefined,
    tasks: facts.probes.task !== undefined,
    'task-list': facts.probes.task !== undefined && serves('task-list'),
    'request-state': facts.probes['request-state'] !== undefined,
    'request-state-elsewhere': facts.probes['request-state']?.elsewhere !== undefined,
    'no-credentials': configured.includes('no-credentials'),
    'task-ends': facts.probes.task !== undefined && serves('task-ends'),
    'task-cancel': facts.probes.task?.end !== undefined,
    subscriptions: serves('subscriptions'),
    changes: facts.probes.change !== undefined,
    input: facts.probes.input !== undefined,
    mirrored: facts.probes.mirrored !== undefined,
    modern: modern === true,
    'modern-only': modern === true && legacy === false,
    'dual-era': modern === true && legacy === true,
    ...dataNeeds(facts),
    'dual-sessions': modern === true && facts.eras?.legacy.issuesIds === true,
    'legacy-only': modern === false && legacy === true,
  };
  return needNames.filter((need) => tests[need]);
}
