import { describeSent } from '../model/describe-exchange.js';
import type { DuringRequest } from '../model/incident.js';
import { lastWords } from '../model/last-words.js';
import type { Exited, Transcript } from '../model/transcript.js';
import { noticeIncident, type RunState } from './session.js';

/** Over stdio each client has a process, and one that ended by itself is an incident of the check that its client belonged to. */
export function noticeExits({ check, entries }: Transcript, session: RunState): void {
  for (const entry of entries) {
    if (entry.kind !== 'exited' || entry.closing !== undefined) continue;
    const { code, signal, stderr, actor: client } = entry;
    const during = duringRequest(check, entry, entries);
    // A check is tried again where something did not come.
    if (session.incidents.some((one) => one.kind === 'process-exited' && isSame(one.during, during)))
      continue;
    noticeIncident(session, {
      kind: 'process-exited',
      client,
      code,
      signal,
      words: lastWords(stderr),
      suspects: [check],
      ...(during && { during }),
    });
  }
}

function isSame(one: DuringRequest | undefined, other: DuringRequest | undefined): boolean {
  return one !== undefined && one.check === other?.check && one.step === other.step;
}

/** What its client had sent last. */
function duringRequest(
  check: string,
  { actor, atMs }: Exited,
  entries: Transcript['entries'],
): DuringRequest | undefined {
  const sent = entries.flatMap((entry) =>
    entry.kind === 'exchange' && entry.actor === actor && entry.startedMs <= atMs ? [entry] : [],
  );
  const last = sent.toSorted((a, b) => b.startedMs - a.startedMs)[0];
  return last && { check, step: last.step, sent: describeSent(last) };
}
