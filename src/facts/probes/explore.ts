import type { Probe } from '../../model/facts.js';
import type { JsonObject } from '../../model/json.js';
import { numberIn } from '../../model/probe.js';
import { isToolError } from '../../model/message.js';
import type { Answer, ProbeClient } from '../client.js';
import { askMs, type FactProbe } from '../probe.js';
import { callOf, deletesByName, type Tool, type ToolProbes } from '../tools.js';

/** How many tools are tried, so that a long list does not become a long wait. */
const exploredMax = 20;

/** What tools without arguments are good for, found by a call and not by their names; done once, and only with `--explore`. */
export const explore: FactProbe = {
  finds: [],
  answers: [],
  after: ['tools'],
  disturbs: 'own session',
  requestsMax: (given) => (given.explore && given.isFirst ? 2 * exploredMax : 0),
  async ask({ client, options, earlier }, { candidates, listing }) {
    if (!options.explore) return {};
    const found = earlier?.candidates ?? (await explored(client, listing?.tools ?? [], candidates));
    return { candidates: { ...found, ...candidates } };
  },
};

/** What a fresh session counts begins here; a number that the whole server counts, or a clock, is further on. */
export const firstMax = 1;

/** Shorter ids stand in any answer by chance. */
const idLengthMin = 8;

/** Calls tools that need no argument, to recognise what their names do not tell. Nothing is tried that may destroy: a tool that says nothing about itself may. */
async function explored(
  client: ProbeClient,
  tools: readonly Tool[],
  known: ToolProbes,
): Promise<Pick<ToolProbes, 'state' | 'identity'>> {
  const harmless = tools.filter(
    ({ name, required, isHarmless }) => required.length === 0 && isHarmless && !deletesByName(name),
  );
  const ordered = harmless.toSorted((a, b) => Number(b.isReadOnly) - Number(a.isReadOnly));
  let { state, identity } = known;
  for (const { name } of ordered.slice(0, exploredMax)) {
    if (state !== undefined && identity !== undefined) break;
    const probe = callOf(name, {});
    const answer = await ask(client, probe);
    if (answer.reply.kind !== 'response') break;
    if (tellsSession(answer, client.session)) identity ??= probe;
    else if (state === undefined && (await isCounter(client, probe, answer)))
      state = { write: probe, read: probe, shows: 'number' };
  }
  return { ...(state && { state }), ...(identity && { identity }) };
}

function tellsSession(answer: Answer, session = ''): boolean {
  return session.length >= idLengthMin && toolResult(answer) !== undefined && answer.text.includes(session);
}

async function isCounter(client: ProbeClient, probe: Probe, first: Answer): Promise<boolean> {
  const before = numberIn(toolResult(first));
  if (before === undefined || before < 0 || before > firstMax) return false;
  const after = numberIn(toolResult(await ask(client, probe)));
  return after === before + 1;
}

function ask(client: ProbeClient, probe: Probe): Promise<Answer> {
  return client.request(probe, { timeoutMs: askMs });
}

/** What a call that succeeded was answered with. */
function toolResult({ result }: Answer): JsonObject | undefined {
  return isToolError(result) ? undefined : result;
}
