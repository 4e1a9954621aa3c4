import { messageKinds } from '../../model/facts.js';
import type { Call } from '../../model/carrier.js';
import { eventsOf, isStream, type Reply } from '../../model/reply.js';
import { toldIn, type Told } from '../messages.js';
import {
  askMs,
  filledProbe,
  type Added,
  type Asking,
  type FactProbe,
  type Findings,
  type Heard,
} from '../probe.js';
import { toolName, without } from '../refusal.js';
import { cause, namedMax, othersMax, setLevel, stimuli, type Caused } from '../stimuli.js';

/** How long a message may take after the call that caused it was answered. */
const lateMs = 500;
const soonMs = 100;

/** So many requests are sent again alone, where the messages that came repeat no word of theirs. */
const againMax = 3;

/** Where a message comes that a request makes the server send. On the very stream that is open: a server may be slow to notice that one was dropped, and go on sending there. */
export const notices: FactProbe = {
  finds: ['notices', 'messages', 'eventIds', 'probes.notify'],
  answers: ['notify', 'push', 'event-ids', 'log-notices', 'reply-notices'],
  after: ['tools', 'messages', 'get'],
  disturbs: 'own session',
  requestsMax: () => 1 + namedMax + othersMax + againMax,
  async ask(asking, findings) {
    const { stream, facts } = findings;
    const wasOffered = isStream(stream?.snapshot());
    // What is answered without a stream tells that there is none.
    const isOpen = wasOffered || (stream !== undefined && stream.snapshot().kind !== 'response');
    const heard = isOpen && stream !== undefined ? await onStream(stream, asking, findings) : [];
    const isLate = !wasOffered && isStream(stream?.snapshot());
    const found = whereHeard(heard, findings);
    const eventIds =
      facts.eventIds === true || [...heard, ...findings.withAnswers].some((each) => each.withIds);
    // Some targets send responses on any stream that is open.
    const isKept = found.facts?.notices === 'get' || found.facts?.notices === 'both';
    if (!isKept || !asking.asked.has('still-heard')) stream?.abort();
    return { facts: { ...found.facts, ...(isLate && { get: late }), eventIds } };
  },
};

const late = { offered: true, seen: 'a stream, whose head comes with its first event', late: true } as const;

/** What each request makes the server say on the stream: all are sent at once, so that one wait is enough where nothing comes. */
async function onStream(stream: Call, asking: Asking, findings: Findings): Promise<readonly Heard[]> {
  const { nonce, timeScale } = asking.options;
  const ranks = stimuli(asking, findings);
  if (ranks.every((rank) => rank.length === 0)) return [];
  await setLevel(asking.client);
  const before = countIn(stream);
  const sent: Caused[] = [];
  for (const [rank, probes] of ranks.entries()) {
    for (const [i, probe] of probes.entries()) {
      const caused = await cause(probe, `${nonce}n${rank}${i}`, asking);
      sent.push(caused);
      if (repeatedOn(stream, caused)) return [told(stream, caused)];
    }
    if (probes.length === 0) continue;
    // A message on another connection may come a little behind the answer; where nothing comes, one long wait at the end is enough.
    const isLast = rank === ranks.length - 1;
    await stream.waitFor(
      () => sent.some((each) => repeatedOn(stream, each)),
      (isLast ? lateMs : soonMs) * timeScale,
    );
    const repeated = sent.filter((each) => repeatedOn(stream, each));
    if (repeated.length > 0) return repeated.map((each) => told(stream, each));
  }
  return countIn(stream) > before ? again(stream, asking, sent) : [];
}

/** Messages without a word of ours may be another client's: one that comes each time that a request is sent alone is its own. */
async function again(stream: Call, asking: Asking, sent: readonly Caused[]): Promise<readonly Heard[]> {
  const { nonce, timeScale } = asking.options;
  for (const [i, { probe }] of sent
    .filter(({ isRefused }) => !isRefused)
    .slice(0, againMax)
    .entries()) {
    const before = countIn(stream);
    const caused = await cause(probe, `${nonce}a${i}`, asking);
    if (await stream.waitFor(() => countIn(stream) > before, lateMs * timeScale))
      return [told(stream, caused)];
  }
  return [];
}

function told(stream: Call, { probe, word, withIds: own }: Caused): Heard {
  const reply = stream.snapshot();
  return { probe, told: toldIn(reply, word), withIds: own || withIds(reply) };
}

function repeatedOn(stream: Call, { word }: Caused): boolean {
  return toldIn(stream.snapshot(), word).repeats;
}

function countIn(stream: Call): number {
  return toldIn(stream.snapshot(), '').count;
}

function withIds(reply: Reply | undefined): boolean {
  return eventsOf(reply).some(({ id }) => id !== undefined);
}

/** The request whose messages tell most: they repeat its word, then they come on a stream. */
function whereHeard(onGet: readonly Heard[], findings: Findings): Added {
  const { withAnswers, described, facts } = findings;
  const chosen = best(onGet) ?? best(withAnswers);
  if (chosen === undefined) {
    const says = described.notify && `${toolName(described.notify)} was tried and no message came`;
    const refused = without(findings, ['notify', 'push', 'reply-notices', 'log-notices'], says);
    return { facts: { ...refused.facts, notices: 'nowhere', messages: { kinds: [], repeats: false } } };
  }
  const isBy = (one: Heard) => toolName(one.probe) === toolName(chosen.probe);
  const [get, post] = [onGet.some(isBy), withAnswers.some(isBy)];
  return {
    facts: {
      notices: get && post ? 'both' : get ? 'get' : 'post',
      messages: merged([...onGet, ...withAnswers].filter(isBy).map((one) => one.told)),
      probes: { ...facts.probes, notify: chosen.probe },
    },
  };
}

function best(all: readonly Heard[]): Heard | undefined {
  return all.find(({ told: { repeats } }) => repeats) ?? all[0];
}

function merged(all: readonly Told[]): NonNullable<Findings['facts']['messages']> {
  const kinds = new Set(all.flatMap((one) => one.kinds));
  return {
    kinds: messageKinds.filter((kind) => kinds.has(kind)),
    repeats: all.some(({ repeats }) => repeats),
  };
}

/** Whether such a message still comes on that stream, now that there are other clients. */
export const stillHeard: FactProbe = {
  finds: ['severalClients'],
  answers: ['several checks'],
  after: ['revisions'],
  disturbs: 'other clients',
  requestsMax: ({ asked }) => Number(asked.has('notices')),
  async ask(
    { client, options: { nonce, timeScale } },
    { stream, facts: { notices: came, probes, messages } },
  ) {
    const { notify } = probes;
    if ((came !== 'get' && came !== 'both') || notify === undefined || stream === undefined) return {};
    const word = `${nonce}s`;
    const before = countIn(stream);
    await client.request(filledProbe(notify, word), {
      timeoutMs: (notify.takesMs ?? 0) + askMs,
      slow: true,
    });
    const isMore = () =>
      messages?.repeats ? toldIn(stream.snapshot(), word).repeats : countIn(stream) > before;
    const isStillHeard = await stream.waitFor(isMore, lateMs * timeScale);
    stream.abort();
    return { isStillHeard };
  },
};
