import type { Probe } from '../../model/facts.js';
import { askMs, type FactProbe } from '../probe.js';

/** A request whose answer repeats a word of it, which distinguishes it from the answers to other clients. */
export const echo: FactProbe = {
  finds: ['probes.echo'],
  answers: ['echo'],
  after: [],
  disturbs: 'nothing',
  requestsMax: () => candidates.length,
  async ask({ client, options: { nonce, readOnly } }, { facts: { probes } }) {
    for (const build of candidates) {
      if (readOnly && build === unknownTool) continue;
      const { text } = await client.request(build(nonce), { timeoutMs: askMs });
      if (text.includes(nonce)) return { facts: { probes: { ...probes, echo: build('${nonce}') } } };
    }
    return {};
  },
};

function unknownTool(word: string): Probe {
  return { method: 'tools/call', params: { name: `no_such_tool_${word}`, arguments: {} } };
}

const candidates: readonly ((word: string) => Probe)[] = [
  unknownTool,
  (word) => ({ method: 'resources/read', params: { uri: `nosuch://${word}` } }),
  (word) => ({ method: 'prompts/get', params: { name: `no_such_prompt_${word}` } }),
  (word) => ({ method: `nosuch/${word}` }),
];
