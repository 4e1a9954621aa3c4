import { cookieIn, idIn, type DataProbe, type DataSessions } from '../../model/data-session.js';
import type { Probe } from '../../model/request.js';
import { isToolError } from '../../model/message.js';
import type { Answer } from '../answer.js';
import { askMs, filledProbe, type Asking, type FactProbe, type Findings } from '../probe.js';
import { distinct, isServed, refusalOf, withProbe, without } from '../refusal.js';
import { whyNever } from '../tools/allowed.js';
import { callOf, madeUp } from '../tools/arguments.js';
import type { Tool } from '../tools/listed.js';

/** So many tools are tried, each with a cookie and without. */
const triedMax = 3;

/** Discovery and its other clients create and end one each. */
const sessionsMax = 8;

/**
 * Which tool is served with the cookie of a data-layer session, and what it does without one: both are found by trying. A target that
 * announces no such sessions is asked nothing.
 */
export const dataSessions: FactProbe = {
  finds: ['probes.data'],
  answers: ['data-call', 'data-required', 'data-lazy', 'data-revoke', 'data-renew'],
  after: ['tools'],
  disturbs: 'own session',
  requestsMax: () => 2 * triedMax + 2 * sessionsMax,
  async ask(asking, findings) {
    const { dataSessions: announced } = findings.facts;
    if (announced === undefined || asking.options.readOnly) return {};
    const { refusal } = findings.described.dataSession ?? {};
    let refused: string | undefined;
    for (const call of candidatesIn(findings).slice(0, triedMax)) {
      const bare = await asking.client.request(filled(call, asking), { timeoutMs: askMs, cookie: 'none' });
      const served = await asking.client.request(filled(call, asking), { timeoutMs: askMs });
      if (isServed(served)) {
        const data: DataProbe = {
          call,
          without: whatIs(bare, announced),
          ...acting(findings),
          ...(refusal && { refusal }),
        };
        return withProbe(findings, { data });
      }
      refused ??= refusalOf(served, call, asking);
    }
    return without(findings, ['data-call', 'data-required', 'data-lazy'], refused);
  },
};

function filled(call: Probe, { options: { nonce } }: Asking): Probe {
  return filledProbe(call, nonce);
}

function whatIs(bare: Answer, announced: DataSessions): DataProbe['without'] {
  const created = idIn(announced, cookieIn(announced, bare.result));
  if (created !== undefined && isServed(bare)) return 'creates';
  return isServed(bare) || !isRefused(bare) ? 'serves' : 'refused';
}

function isRefused({ result, isError }: Answer): boolean {
  return isError || isToolError(result);
}

/** What is described; else a tool that acts on sessions, one that tells of them, and those that only read what is kept. */
function candidatesIn({ described, candidates, listing }: Findings): readonly Probe[] {
  if (described.dataSession?.call !== undefined) return [described.dataSession.call];
  const tools = (listing?.tools ?? []).filter((tool) => whyNever(tool) === undefined);
  const status = sessionTools(tools).map(({ name }) => callOf(name, {}));
  const readers = candidates.words.map(({ read }) => read);
  const harmless = tools.filter(({ isHarmless }) => isHarmless).flatMap((tool) => madeUp(tool) ?? []);
  return distinct([...status, ...candidates.identity, ...readers, ...harmless]);
}

/** Tools that take what to do with a session as one of some words, and do nothing to it where none is given. */
function sessionTools(tools: readonly Tool[]): readonly Tool[] {
  return tools.filter(
    ({ nameWords, properties }) =>
      nameWords.includes('session') &&
      properties.every(({ isRequired }) => !isRequired) &&
      properties.some(({ choices }) => choices.includes('status')),
  );
}

/** Calls that end a session, or put another in its place. They are no deletion of anybody's but the caller's. */
function acting({ listing }: Findings): Pick<DataProbe, 'revoke' | 'renew'> {
  const [tool] = sessionTools(listing?.tools ?? []);
  const action = tool?.properties.find(({ choices }) => choices.includes('status'));
  if (tool === undefined || action === undefined) return {};
  const doing = (word: string) =>
    action.choices.includes(word) ? callOf(tool.name, { [action.name]: word }) : undefined;
  const [revoke, renew] = [doing('revoke'), doing('new')];
  return { ...(revoke && { revoke }), ...(renew && { renew }) };
}
