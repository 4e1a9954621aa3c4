import { isList, type JsonObject } from '../../model/json.js';
import type { ProbeClient } from '../client.js';
import { askMs, type FactProbe } from '../probe.js';
import { probesOf, readTools, recognised, toolsMax, unlisted, type Listing } from '../tools.js';

/** More pages are not turned: the list of a server that makes up cursors has no end. */
const pagesMax = 10;

/** As many names stand in the facts. */
const namesMax = 200;

/** Which tools there are, and what they seem to be good for. */
export const tools: FactProbe = {
  finds: ['tools'],
  answers: [],
  after: [],
  disturbs: 'nothing',
  requestsMax: () => pagesMax,
  async ask({ client, options: { described, readOnly }, earlier }) {
    const listing = await list(client);
    const absent = readOnly || earlier ? undefined : unlisted(described, listing);
    if (absent !== undefined) return { unusable: absent };
    const all = listing?.tools ?? [];
    const candidates = readOnly ? {} : { ...recognised(all), ...probesOf(described) };
    return {
      ...(listing && { listing }),
      candidates,
      facts: { tools: all.slice(0, namesMax).map(({ name }) => name) },
    };
  },
};

/** All pages of the list, as far as they are answered; undefined where the first one is not. */
async function list(client: ProbeClient): Promise<Listing | undefined> {
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
