import type { Need } from '../../model/need.js';
import type { Probe } from '../../model/request.js';
import { askMs, type Asking, type FactProbe, type Findings } from '../probe.js';

/** What any client may list, with the capability that says so. */
const listings = [
  ['resources', { method: 'resources/list' }],
  ['prompts', { method: 'prompts/list' }],
] as const satisfies readonly (readonly [Need, Probe])[];

/**
 * Which of the requests that any client may send are served in a session: beside them it shows whether an id that is none is
 * refused by each. What a server declares and then does not serve is left out.
 */
export const methods: FactProbe = {
  finds: ['serves'],
  answers: ['ping', 'tools', 'resources', 'prompts'],
  after: ['plain', 'tools'],
  sessionless: true,
  disturbs: 'nothing',
  requestsMax: () => listings.length,
  async ask(asking, findings) {
    return { facts: { serves: [...known(findings), ...(await tried(asking, findings))] } };
  },
};

/** By what was asked before: the plain request, and the list of tools. */
function known({ served, listing }: Findings): readonly Need[] {
  const plain = served?.isResult ? needOf.get(served.probe.method) : undefined;
  return [...new Set([...(plain === undefined ? [] : [plain]), ...(listing ? (['tools'] as const) : [])])];
}

const needOf: ReadonlyMap<string, Need> = new Map([
  ['ping', 'ping'],
  ['tools/list', 'tools'],
  ...listings.map(([need, { method }]) => [method, need] as const),
]);

async function tried({ client }: Asking, { facts }: Findings): Promise<readonly Need[]> {
  const served: Need[] = [];
  for (const [need, probe] of listings) {
    if (!facts.capabilities.includes(need)) continue;
    const { result } = await client.request(probe, { timeoutMs: askMs, whole: true });
    if (result !== undefined) served.push(need);
  }
  return served;
}
