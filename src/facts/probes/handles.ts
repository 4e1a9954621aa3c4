import type { Json, Probe } from '../../model/request.js';
import { idIn, type HandleProbe } from '../../model/handle.js';
import { numberIn } from '../../model/probe.js';
import { filledJson, from } from '../../model/template.js';
import type { Answer } from '../answer.js';
import type { Asking, FactProbe } from '../probe.js';
import { isServed, refusalOf, toolName, tryTool, without, withProbe } from '../refusal.js';
import type { HandleTools } from '../tools/handles.js';
import { placesOfId } from '../tools/id-places.js';

/** So many sets of tools are tried, and of each so many places where the id may stand. */
const setsMax = 2;
const placesMax = 3;

/** Tools of which one makes something and others take its id: each is called once, so that it is known what the id is and what a reading shows. */
export const handles: FactProbe = {
  finds: ['probes.handle'],
  answers: ['handles', 'handle-state', 'handle-end'],
  after: ['tools', 'explore'],
  sessionless: true,
  disturbs: 'own session',
  requestsMax: () => setsMax * (2 + placesMax * 4 + 1),
  async ask(asking, findings) {
    let refusal: string | undefined;
    for (const tools of findings.candidates.handles.slice(0, setsMax)) {
      const found = await tryHandle(tools, asking);
      if (typeof found === 'object') return withProbe(findings, { handle: found });
      refusal ??= found;
    }
    return without(findings, ['handles', 'handle-state', 'handle-end'], refusal);
  },
};

async function tryHandle(tools: HandleTools, asking: Asking): Promise<HandleProbe | string | undefined> {
  const { create, read, end } = tools;
  const made = await tryTool(create, asking, `${asking.options.nonce}m`);
  const refusal = refusalOf(made, create, asking);
  if (refusal !== undefined || !isServed(made)) return refusal;
  // What is opened once for all is nothing that is made.
  const again = await tryTool(create, asking, `${asking.options.nonce}n`);
  const places = tools.idAt ? [tools.idAt] : placesOfId(made.result, tools.noun).slice(0, placesMax);
  for (const idAt of places) {
    const id = idIn(made.result, idAt);
    if (id === idIn(again.result, idAt)) continue;
    const used = id === undefined ? undefined : await use(tools, id, asking);
    if (id === undefined || used === undefined) continue;
    const ends = end !== undefined && isServed(await tryTool(withId(end, id), asking));
    return { create, idAt, read, ...used, ...(ends && { end }) };
  }
  return `${toolName(create)} was tried and answers with no new id that ${toolName(read)} takes`;
}

/** What can be done with an id; undefined where nothing can. */
async function use(
  { read, write }: HandleTools,
  id: Json,
  asking: Asking,
): Promise<Pick<HandleProbe, 'write' | 'shows'> | undefined> {
  const isSame = write !== undefined && JSON.stringify(write.probe) === JSON.stringify(read);
  const seen: Answer[] = [];
  for (const which of write === undefined ? [''] : ['a', 'b']) {
    const word = `${asking.options.nonce}${which}`;
    const written = write && (await tryTool(withId(write.probe, id), asking, word));
    if (written !== undefined && !isServed(written)) break;
    const shown = written !== undefined && isSame ? written : await tryTool(withId(read, id), asking, word);
    if (!isServed(shown)) return undefined;
    seen.push(shown);
  }
  const [first, second] = seen;
  if (write === undefined || second === undefined || first === undefined)
    return first === undefined ? undefined : {};
  const shows = shownBy(first, second, write.counts, asking);
  return shows === undefined ? {} : { write: write.probe, shows };
}

function shownBy(first: Answer, second: Answer, counts: boolean, { options: { nonce } }: Asking) {
  if (first.text.includes(`${nonce}a`) && second.text.includes(`${nonce}b`))
    return second.text.includes(`${nonce}a`) ? 'marks' : 'word';
  const [one, two] = [numberIn(first.result), numberIn(second.result)];
  return counts && one === 1 && two === 2 ? 'number' : undefined;
}

function withId({ method, params }: Probe, handle: Json): Probe {
  return { method, params: filledJson(params ?? {}, from({ handle })) };
}
