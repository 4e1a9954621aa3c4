import type { Facts, ReplyForm } from '../../model/facts.js';
import type { Probe } from '../../model/request.js';
import { keyOf } from '../answer.js';
import type { Form } from '../client.js';
import type { FactProbe, Findings } from '../probe.js';

/** How requests are answered that were sent before: a target may answer calls by streams and everything else by JSON. */
export const replyForms: FactProbe = {
  finds: ['replyIds', 'eventIds', 'probes.streamed'],
  answers: ['reply-streams', 'reply-ids'],
  after: ['plain', 'tools', 'echo', 'explore', 'identity', 'state', 'notices', 'slow'],
  sessionless: true,
  ofHttp: true,
  disturbs: 'own session',
  requestsMax: () => 0,
  async ask({ client }, { facts }) {
    const forms = client.forms();
    const [withIds, streamed] = [
      askable(facts).find((probe) => forms.get(keyOf(probe))?.withIds),
      askable(facts).find((probe) => forms.get(keyOf(probe))?.isStream),
    ];
    const probe = withIds ?? streamed;
    return {
      facts: {
        replyIds: facts.replyIds || withIds !== undefined,
        eventIds: facts.eventIds || withIds !== undefined,
        ...others(forms, facts.replies),
        probes: { ...facts.probes, ...(probe && { streamed: probe }) },
      },
    };
  },
};

/** What a check may send, the plainest first. */
function askable({ probes }: Findings['facts']): readonly Probe[] {
  const { plain, echo, identity, words, state, notify, slow } = probes;
  const list: Probe = { method: 'tools/list' };
  const pairs = [words?.read, state?.read, echo, words?.write, state?.write];
  return [plain, list, identity, ...pairs, notify, slow].flatMap((probe) =>
    probe === undefined ? [] : [probe],
  );
}

function others(forms: ReadonlyMap<string, Form>, replies: ReplyForm): Pick<Facts, 'otherReplies'> {
  const formOf = (isMeant: (key: string) => boolean): ReplyForm | undefined => {
    const [, form] = [...forms].find(([key]) => isMeant(key)) ?? [];
    const came = form && (form.isStream ? 'sse' : 'json');
    return came === replies ? undefined : came;
  };
  const calls = formOf((key) => key.startsWith('tools/call '));
  const lists = formOf((key) => key.endsWith('/list'));
  if (calls === undefined && lists === undefined) return {};
  return { otherReplies: { ...(lists && { lists }), ...(calls && { calls }) } };
}
