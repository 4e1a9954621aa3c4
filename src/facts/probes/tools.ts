import { isList, type JsonObject } from '../../model/json.js';
import type { ProbeClient } from '../client.js';
import { askMs, type FactProbe } from '../probe.js';
import { describedCalls, unlisted, type DescribedCalls } from '../tools/described.js';
import { readTools, toolsMax, type Listing } from '../tools/listed.js';
import { nothing, recognised, type Candidates } from '../tools/recognised.js';

/** More pages are not turned: the list of a server that makes up cursors has no end. */
export const pagesMax = 10;

/** As many names stand in the facts. */
const namesMax = 200;

/** Which tools there are, and what they seem to be good for. */
export const tools: FactProbe = {
  finds: ['tools'],
  answers: [],
  after: [],
  sessionless: true,
  disturbs: 'nothing',
  requestsMax: () => pagesMax,
  async ask({ client, options: { described, explore, readOnly }, earlier }) {
    const listing = await list(client);
    const absent = readOnly || earlier ? undefined : unlisted(described, listing);
    if (absent !== undefined) return { unusable: absent };
    const all = listing?.tools ?? [];
    const mirrored = client.mirrored();
    const calls = readOnly ? {} : describedCalls(described);
    return {
      ...(listing && { listing }),
      candidates: readOnly ? nothing : instead(recognised(all, explore), calls),
      described: calls,
      facts: {
        tools: all.slice(0, namesMax).map(({ name }) => name),
        ...(mirrored.size > 0 && { mirrored: Object.fromEntries(mirrored) }),
      },
    };
  },
};

/** What is described goes before all that is recognised. */
function instead(candidates: Candidates, calls: DescribedCalls): Candidates {
  const { identity, notify, update, handle } = calls;
  return {
    ...candidates,
    ...stateInstead(candidates, calls),
    ...(identity && { identity: [identity] }),
    ...(notify && { notify: [notify] }),
    ...(update && { changes: [update.change] }),
    ...(handle && { handles: [handle] }),
  };
}

function stateInstead({ words }: Candidates, { state, countAt }: DescribedCalls): Partial<Candidates> {
  if (state === undefined) return {};
  if (state.shows !== 'number') return { counters: [], words: [state], kept: [] };
  if (countAt === undefined) return { counters: [state], words, kept: [] };
  const { write, read } = state;
  return { counters: [], words, kept: [{ writes: [write], read, words: [], at: countAt }] };
}

/** All pages of the list, as far as they are answered; undefined where the first one is not. */
export async function list(client: ProbeClient): Promise<Listing | undefined> {
  const listed: JsonObject[] = [];
  const cursors = new Set<string>();
  let cursor: string | undefined;
  do {
    const { result } = await client.request(
      { method: 'tools/list', ...(cursor !== undefined && { params: { cursor } }) },
      { timeoutMs: askMs, whole: true },
    );
    if (result === undefined) break;
    listed.push(result);
    const next = result['nextCursor'];
    cursor = typeof next === 'string' && !cursors.has(next) ? next : undefined;
    if (cursor !== undefined) cursors.add(cursor);
  } while (cursor !== undefined && listed.length < pagesMax);
  const last = listed.at(-1);
  if (last === undefined) return undefined;
  const all = listed.flatMap((page) => (isList(page['tools']) ? page['tools'] : []));
  return { tools: readTools(all), isWhole: last['nextCursor'] === undefined && all.length <= toolsMax };
}
