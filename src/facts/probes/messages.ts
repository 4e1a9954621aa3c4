import type { Probe } from '../../model/request.js';
import { eventsOf } from '../../model/reply.js';
import { toldIn } from '../messages.js';
import type { FactProbe, Heard } from '../probe.js';
import { toolName } from '../refusal.js';
import { cause, foundMax, namedMax, othersMax, setLevel, stimuli } from '../stimuli.js';

/** What comes with the answer to a request while no stream is open: some servers send there what they would else send on a GET. */
export const messages: FactProbe = {
  finds: [],
  answers: ['notify', 'reply-notices', 'log-notices'],
  after: ['tools', 'explore'],
  disturbs: 'own session',
  // The log level, and the requests themselves.
  requestsMax: () => 1 + namedMax + foundMax + othersMax,
  async ask(asking, findings) {
    const { client, options } = asking;
    const { slow } = findings.candidates;
    // What does not say that it is slow may have been held up by chance.
    const isSlow = (probe: Probe) => slow.some(({ name }) => name === toolName(probe));
    // What was tried was called while no stream was open, too.
    const withAnswers: Heard[] = findings.trials
      .map(({ probe, answer: { reply } }) => ({
        probe,
        told: toldIn(reply, options.nonce),
        withIds: eventsOf(reply).some(({ id }) => id !== undefined),
      }))
      .filter(({ told }) => told.count > 0);
    const ranks = stimuli(asking, { ...findings, trials: [] });
    if (ranks.every((rank) => rank.length === 0)) return { withAnswers };
    const logs = await setLevel(client);
    const tooSlow: string[] = [];
    for (const [rank, probes] of ranks.entries()) {
      for (const [i, probe] of probes.entries()) {
        const caused = await cause(probe, `${options.nonce}m${rank}${i}`, asking);
        if (caused.isSilent && isSlow(probe)) tooSlow.push(toolName(probe));
        else if (caused.withAnswer.count > 0) withAnswers.push({ ...caused, told: caused.withAnswer });
        if (isEnough(withAnswers, rank, logs)) return { withAnswers, tooSlow };
      }
    }
    return { withAnswers, tooSlow };
  },
};

/** A message that repeats a word of its request; where the server logs, another of those that are meant to cause one may log. */
function isEnough(heard: readonly Heard[], rank: number, logs: boolean): boolean {
  const repeated = heard.some(({ told }) => told.repeats);
  return repeated && (rank > 0 || !logs || heard.some(({ told }) => told.kinds.includes('log')));
}
