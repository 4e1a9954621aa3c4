import { slowMs } from '../../model/facts.js';
import type { Probe } from '../../model/request.js';
import type { Answer } from '../answer.js';
import { filledProbe, type Asking, type FactProbe, type Findings } from '../probe.js';
import { isServed, refusalOf, toolName, without, withProbe } from '../refusal.js';
import type { SlowCall } from '../tools/slow.js';

/** A tool that takes a duration is tried with a shorter one than the checks will give. */
const triedMs = 80;

/** What takes longer would make checks wait too long. */
const slowestMs = 3_000;

/** So many tools are tried, and each so many times. */
const triedMax = 2;
const timesMax = 2;

/** Whether some tool takes its time, as long as it should where that can be set: an argument may have the name of a time and mean another. */
export const slow: FactProbe = {
  finds: ['probes.slow'],
  answers: ['slow'],
  after: ['tools', 'explore'],
  sessionless: true,
  disturbs: 'own session',
  requestsMax: () => triedMax * timesMax + 2,
  async ask(asking, findings) {
    const { candidates, trials, described } = findings;
    if (described.slow !== undefined) return tryDescribed(described.slow, asking, findings);
    let refusal: string | undefined;
    for (const call of candidates.slow.slice(0, triedMax)) {
      const found = await trySlow(call, asking);
      if (typeof found === 'object') return withProbe(findings, { slow: found });
      refusal ??= found;
    }
    const lasted = trials.find(({ answer }) => isLong(answer));
    const again = lasted && (await longAgain(lasted.probe, asking));
    if (lasted && again) return withProbe(findings, { slow: taking(lasted.probe, again) });
    return without(findings, 'slow', refusal);
  },
};

async function tryDescribed(probe: Probe, asking: Asking, findings: Findings) {
  const answer = await timed(probe, asking);
  if (isLong(answer)) return withProbe(findings, { slow: taking(probe, answer) });
  return without(findings, 'slow', refusalOf(answer, probe, asking) ?? hasty(probe, answer));
}

/** Where the unit of the duration is not told, a second call tells it: one of anything may be a second. */
async function trySlow(call: SlowCall, asking: Asking): Promise<Probe | string | undefined> {
  const isToldUnit = !call.isSet || call.unitMs !== undefined;
  const probe = call.lasting(isToldUnit ? triedMs : 1);
  const answer = await timed(probe, asking);
  const refusal = refusalOf(answer, probe, asking);
  if (refusal !== undefined) return refusal;
  if (!isServed(answer)) return hasty(probe, answer);
  if (!call.isSet) return answer.tookMs >= slowMs / 2 ? taking(probe, answer) : hasty(probe, answer);
  // A busy machine makes it longer than it was told, and what is told may mean nothing.
  if (answer.tookMs >= slowMs / 2) return taking(isToldUnit ? call.lasting(slowMs) : probe, answer);
  const longer = isToldUnit ? answer : await timed(call.lasting(triedMs), asking);
  const lasts = isServed(longer) && longer.tookMs >= triedMs / 2;
  return lasts ? call.lasting(slowMs) : hasty(probe, longer);
}

/** A busy machine makes any call long: one that is slow takes much longer than a list right behind it. */
async function longAgain(probe: Probe, asking: Asking): Promise<Answer | undefined> {
  const answer = await timed(probe, asking);
  if (!isLong(answer)) return undefined;
  const control = await timed({ method: 'tools/list' }, asking);
  return control.tookMs < answer.tookMs / 4 ? answer : undefined;
}

function isLong(answer: Answer): boolean {
  return isServed(answer) && answer.tookMs >= slowMs / 2;
}

function timed(probe: Probe, { client, options: { nonce } }: Asking): Promise<Answer> {
  return client.request(filledProbe(probe, nonce), { timeoutMs: slowestMs, slow: true });
}

/** A refusal for load and a server in trouble tell nothing of a tool. */
function hasty(probe: Probe, answer: Answer): string | undefined {
  const { reply, tookMs } = answer;
  if (reply.kind !== 'response')
    return `${toolName(probe)} was tried and did not answer within ${slowestMs / 1000} s`;
  if (!isServed(answer)) return undefined;
  return `${toolName(probe)} was tried and took ${Math.round(tookMs)} ms, which overlaps with nothing`;
}

/** Deadlines must not end a call that is as slow as it was when it was tried. */
function taking(probe: Probe, { tookMs }: Answer): Probe {
  return tookMs > 2 * slowMs ? { ...probe, takesMs: Math.ceil(tookMs) } : probe;
}
