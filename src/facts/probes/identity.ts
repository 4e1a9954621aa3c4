import type { FactProbe } from '../probe.js';
import { plainOf } from '../tools/arguments.js';
import { isServed, refusalOf, toolName, tryTool, without, withProbe } from '../refusal.js';

/** So many tools are tried. */
const triedMax = 2;

/** A tool that tells which session it is called in: there are tools of the same name that tell who the user is. */
export const identity: FactProbe = {
  finds: ['probes.identity'],
  answers: ['identity'],
  after: ['tools', 'explore'],
  disturbs: 'own session',
  requestsMax: () => triedMax,
  async ask(asking, findings) {
    const { client } = asking;
    const { candidates, trials, described } = findings;
    let refusal: string | undefined;
    for (const probe of candidates.identity.slice(0, triedMax)) {
      const answer = await tryTool(probe, asking);
      const isSure = isServed(answer)
        ? tellsSession(answer.text, client.session)
        : described.identity === probe;
      const refused = refusalOf(answer, probe, asking);
      if (refused === undefined && isSure) return withProbe(findings, { identity: probe });
      refusal ??= refused ?? `${toolName(probe)} was tried and does not tell the session id`;
    }
    const told = trials.find(
      (trial) => isServed(trial.answer) && tellsSession(trial.answer.text, client.session),
    );
    if (told !== undefined && described.identity === undefined)
      return withProbe(findings, { identity: plainOf(told.probe) });
    return without(findings, 'identity', refusal);
  },
};

/** Shorter ids stand in any answer by chance. */
const idLengthMin = 8;

function tellsSession(text: string, session = ''): boolean {
  return session.length >= idLengthMin && text.includes(session);
}
