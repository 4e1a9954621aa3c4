import type { Probe } from '../../model/request.js';
import { isObject } from '../../model/json.js';
import { withMeta } from '../../model/modern.js';
import { modernRevision } from '../../model/revision.js';
import { triesOf, type FactProbe } from '../probe.js';
import { tryTool, withProbe } from '../refusal.js';

/** All that a client may offer to be asked for. */
const offered = { elicitation: {}, sampling: {}, roots: {} };
const triedMax = 3;

/** A tool that asks its client for something by its result, where the client offers that. */
export const input: FactProbe = {
  finds: ['probes.input'],
  answers: ['input'],
  after: ['tools'],
  sessionless: true,
  disturbs: 'own session',
  requestsMax: (given) => triesOf(given, triedMax),
  async ask(asking, findings) {
    if (findings.facts.revision !== modernRevision || asking.options.readOnly) return {};
    for (const probe of findings.candidates.asking.slice(0, triesOf(asking.options, triedMax))) {
      const { result } = await tryTool(offering(probe), asking);
      if (result?.['resultType'] === 'input_required' && isObject(result['inputRequests']))
        return withProbe(findings, { input: probe });
    }
    return {};
  },
};

function offering({ method, params }: Probe): Probe {
  return { method, params: withMeta(params, { 'io.modelcontextprotocol/clientCapabilities': offered }) };
}
