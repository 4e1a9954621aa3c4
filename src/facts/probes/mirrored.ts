import { mirroringFields } from '../../model/mirrored.js';
import { modernRevision } from '../../model/revision.js';
import type { FactProbe } from '../probe.js';
import { isServed, refusalOf, tryTool, without, withProbe } from '../refusal.js';
import { whyNever } from '../tools/allowed.js';
import { madeUp } from '../tools/arguments.js';
import { speaksOf } from '../tools/words.js';

const triedMax = 3;

/** A call of a tool that only reads, or only tries, of which an argument stands in a header field as well. */
export const mirrored: FactProbe = {
  finds: ['probes.mirrored'],
  answers: ['mirrored'],
  after: ['tools'],
  disturbs: 'own session',
  sessionless: true,
  ofHttp: true,
  requestsMax: () => triedMax,
  async ask(asking, findings) {
    const { facts, listing } = findings;
    const wanted = new Map(Object.entries(facts.mirrored ?? {}));
    if (facts.revision !== modernRevision || asking.options.readOnly || wanted.size === 0) return {};
    const calls = (listing?.tools ?? [])
      .filter((tool) => wanted.has(tool.name) && whyNever(tool) === undefined)
      .filter((tool) => tool.isHarmless || speaksOf(tool.words, 'trying'))
      .flatMap((tool) => madeUp(tool) ?? [])
      .filter((call) => mirroringFields(JSON.stringify(call), wanted).length > 0);
    let refusal: string | undefined;
    for (const call of calls.slice(0, triedMax)) {
      const answer = await tryTool(call, asking);
      if (isServed(answer)) return withProbe(findings, { mirrored: call });
      refusal ??= refusalOf(answer, call, asking);
    }
    return without(findings, 'mirrored', refusal);
  },
};
