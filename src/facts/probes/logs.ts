import { messagesIn } from '../../model/message.js';
import { withMeta } from '../../model/modern.js';
import type { Probe } from '../../model/request.js';
import { modernRevision } from '../../model/revision.js';
import { triesOf, type FactProbe } from '../probe.js';
import { distinct, tryTool, withProbe } from '../refusal.js';
import { plainOf } from '../tools/arguments.js';
import { brieflyOf } from '../tools/slow.js';

const triedMax = 4;

/** A call that logs where its request gives a level; clients with sessions set one, and hear of it elsewhere. */
export const logs: FactProbe = {
  finds: ['probes.log'],
  answers: ['log-notices'],
  after: ['tools', 'explore'],
  sessionless: true,
  disturbs: 'own session',
  requestsMax: (given) => triesOf(given, triedMax),
  async ask(asking, findings) {
    if (findings.facts.revision !== modernRevision || asking.options.readOnly) return {};
    const { notify, slow, anything } = findings.candidates;
    const calls = [...notify, ...slow.map((call) => call.lasting(brieflyOf(call))), ...anything].map(plainOf);
    for (const call of distinct(calls).slice(0, triesOf(asking.options, triedMax))) {
      const { reply } = await tryTool(levelled(call), asking);
      const isLogged = messagesIn(reply).some(
        (message) => message.kind === 'notification' && message.method === 'notifications/message',
      );
      if (isLogged) return withProbe(findings, { log: call });
    }
    return {};
  },
};

function levelled({ method, params }: Probe): Probe {
  return { method, params: withMeta(params, { 'io.modelcontextprotocol/logLevel': 'debug' }) };
}
