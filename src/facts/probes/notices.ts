import { messageKinds } from '../../model/facts.js';
import type { Probe } from '../../model/request.js';
import type { Call } from '../../model/carrier.js';
import { eventsOf, isStream, type Reply } from '../../model/reply.js';
import { messagesIn } from '../../model/message.js';
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
import { toolName, without, withProbe } from '../refusal.js';
import { lateHead } from './get.js';
import { cause, foundMax, namedMax, othersMax, setLevel, stimuli, type Caused } from '../stimuli.js';

/** How long a message may take after the call that caused it was answered. */
const lateMs = 500;
const soonMs = 100;

/** So many requests are sent again alone, where the messages that came repeat no word of theirs. */
const againMax = 3;

/** Where a message comes that a request makes the server send. On the very stream that is open: a server may be slow to notice that one was dropped, and go on sending there. */
export const notices: FactProbe = {
  finds: ['notices', 'messages', 'eventIds', 'probes.notify', 'probes.push', 'probes.wordless', 'probes.log'],
  answers: ['notify', 'push', 'wordless', 'event-ids', 'log-notices', 'reply-notices'],
  after: ['tools', 'identity', 'state', 'messages', 'get'],
  disturbs: 'own session',
  requestsMax: () => 1 + namedMax + foundMax + othersMax + againMax,
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
    const isKept = found.facts?.probes?.push !== undefined;
    if (!isKept || !asking.asked.has('still-heard')) stream?.abort();
    return { facts: { ...found.facts, ...(isLate && { get: lateHead }), eventIds } };
  },
};

/** What each request makes the server say on the stream: all are sent at once, so that one wait is enough where nothing comes. */
async function onStream(stream: Call, asking: Asking, findings: Findings): Promise<readonly Heard[]> {
  const { nonce, timeScale } = asking.options;
  const ranks = stimuli(asking, findings);
  if (ranks.every((rank) => rank.length === 0)) return [];
  await setLevel(asking.client);
  const sent: Sent[] = [];
  const isHeard = () => sent.some((each) => repeatedOn(stream, each));
  const wordless = () => wordlessOn(stream, sent);
  const before = wordless();
  for (const [rank, probes] of ranks.entries()) {
    for (const [i, probe] of probes.entries()) {
      const from = wordless();
      const caused = await cause(probe, `${nonce}n${rank}${i}`, asking);
      sent.push({ ...caused, cameMeanwhile: 0 });
      sent.splice(-1, 1, { ...caused, cameMeanwhile: wordless() - from });
    }
    if (probes.length === 0) continue;
    // A message on another connection may come a little behind the answer; where nothing comes, one long wait at the end is enough.
    const isLast = rank === ranks.length - 1;
    await stream.waitFor(isHeard, (isLast ? lateMs : soonMs) * timeScale);
    if (isHeard()) break;
  }
  const repeated = sent.filter((each) => repeatedOn(stream, each)).map((each) => told(stream, each));
  return wordless() > before ? [...repeated, ...(await again(stream, asking, sent))] : repeated;
}

interface Sent extends Caused {
  /** How many messages without a word of ours came before it was answered. */
  readonly cameMeanwhile: number;
}

/**
 * Messages without a word of ours may be another client's: one that comes each time that a request is sent alone is its own. Whose messages
 * are told by their words is left out; where there is one, the other matters less, and is waited for less long.
 */
async function again(stream: Call, asking: Asking, sent: readonly Sent[]): Promise<readonly Heard[]> {
  const { nonce, timeScale } = asking.options;
  const isHeard = sent.some((each) => repeatedOn(stream, each));
  const others = sent.filter((each) => !each.isRefused && !repeatedOn(stream, each));
  const likely = others.toSorted((a, b) => b.cameMeanwhile - a.cameMeanwhile).slice(0, againMax);
  for (const [i, { probe }] of quickFirst(likely).entries()) {
    const words = (): readonly Caused[] => [...sent, caused];
    const before = wordlessOn(stream, sent);
    const caused = await cause(probe, `${nonce}a${i}`, asking);
    const isMore = () => wordlessOn(stream, words()) > before;
    if (await stream.waitFor(isMore, (isHeard ? soonMs : lateMs) * timeScale)) return [told(stream, caused)];
  }
  return [];
}

/** While one takes its time, more may come that it did not cause. */
function quickFirst<T extends Caused>(sent: readonly T[]): readonly T[] {
  return sent.toSorted((a, b) => Number(a.tookMs > soonMs) - Number(b.tookMs > soonMs));
}

function told(stream: Call, { probe, word, withIds: own }: Caused): Heard {
  const reply = stream.snapshot();
  return { probe, told: toldIn(reply, word), withIds: own || withIds(reply) };
}

function repeatedOn(stream: Call, { word }: Caused): boolean {
  return toldIn(stream.snapshot(), word).repeats;
}

/** How many notifications came that repeat no word of these requests. */
function wordlessOn(stream: Call, sent: readonly Caused[]): number {
  return messagesIn(stream.snapshot()).filter(
    ({ kind, value }) =>
      kind === 'notification' && !sent.some(({ word }) => JSON.stringify(value).includes(word)),
  ).length;
}

function countIn(stream: Call): number {
  return toldIn(stream.snapshot(), '').count;
}

function withIds(reply: Reply | undefined): boolean {
  return eventsOf(reply).some(({ id }) => id !== undefined);
}

/** The request whose messages tell most: they repeat its word, then they come on a stream. What comes on a stream is kept besides. */
function whereHeard(onGet: readonly Heard[], findings: Findings): Added {
  const { withAnswers, described, facts, candidates, tooSlow } = findings;
  const chosen = repeating(onGet) ?? repeating(withAnswers) ?? onGet[0] ?? withAnswers[0];
  if (chosen === undefined) {
    const slowest = candidates.notify.map(toolName).find((name) => tooSlow.includes(name));
    const says = described.notify
      ? `${toolName(described.notify)} was tried and no message came`
      : slowest && `${slowest} was tried and did not answer within ${askMs / 1000} s`;
    const refused = without(findings, ['notify', 'push', 'reply-notices', 'log-notices'], says);
    return { facts: { ...refused.facts, notices: 'nowhere', messages: { kinds: [], repeats: false } } };
  }
  const isBy = (one: Heard) => toolName(one.probe) === toolName(chosen.probe);
  const [get, post] = [onGet.some(isBy), withAnswers.some(isBy)];
  const push = repeating(onGet) ?? onGet[0];
  const wordless = onGet.find(({ told: { repeats } }) => !repeats);
  const log = [...onGet.filter(({ told: { repeats } }) => repeats), ...withAnswers].find(isLog);
  return {
    facts: {
      notices: get && post ? 'both' : get ? 'get' : 'post',
      messages: merged([...onGet, ...withAnswers].filter(isBy).map((one) => one.told)),
      probes: {
        ...facts.probes,
        notify: chosen.probe,
        ...(push && { push: push.probe }),
        ...(wordless && { wordless: wordless.probe }),
        ...(log && { log: log.probe }),
      },
    },
  };
}

/** What comes on a GET stream without a word of its caller may be another's. */
function isLog({ told: { kinds } }: Heard): boolean {
  return kinds.includes('log');
}

function repeating(all: readonly Heard[]): Heard | undefined {
  return all.find(({ told: { repeats } }) => repeats);
}

function merged(all: readonly Told[]): NonNullable<Findings['facts']['messages']> {
  const kinds = new Set(all.flatMap((one) => one.kinds));
  return {
    kinds: messageKinds.filter((kind) => kinds.has(kind)),
    repeats: all.some(({ repeats }) => repeats),
  };
}

/**
 * Whether such a message still comes on that stream, now that there are other clients. Where none came to the client that caused it,
 * another one may hear it.
 */
export const stillHeard: FactProbe = {
  finds: ['severalClients'],
  answers: ['several checks'],
  after: ['revisions'],
  disturbs: 'other clients',
  requestsMax: ({ asked }) => Number(asked.has('notices')) * (1 + againMax + namedMax + foundMax),
  async ask(asking, findings) {
    const { client, options } = asking;
    const { stream, facts } = findings;
    const { push } = facts.probes;
    if (push === undefined) return asking.asked.has('notices') ? heardByAnother(asking, findings) : {};
    if (stream === undefined) return {};
    const word = `${options.nonce}s`;
    const before = countIn(stream);
    await client.request(filledProbe(push, word), { timeoutMs: (push.takesMs ?? 0) + askMs, slow: true });
    const isMore = () =>
      push === facts.probes.wordless ? countIn(stream) > before : toldIn(stream.snapshot(), word).repeats;
    const isStillHeard = await stream.waitFor(isMore, lateMs * options.timeScale);
    stream.abort();
    return { isStillHeard };
  },
};

/** A request of one client that makes a message come to another one, which asked for nothing: each time that it is sent. */
async function heardByAnother(asking: Asking, findings: Findings): Promise<Added> {
  const [other] = findings.staying;
  const { facts } = findings;
  if (facts.get?.offered !== true || facts.get.late || other?.result === undefined) return {};
  const first = stimuli(asking, findings).find((rank) => rank.length > 0) ?? [];
  // What was found already takes less time than what is named so: less may come meanwhile that it did not cause.
  const probes = first.toReversed().slice(0, namedMax + foundMax - 1);
  if (probes.length === 0) return {};
  const stream = await other.listen({ timeoutMs: askMs });
  if (stream === undefined || !isStream(stream.snapshot())) return {};
  const wordless = await causing(probes, stream, asking);
  stream.abort();
  return wordless === undefined ? {} : withProbe(findings, { wordless });
}

/** The message may come a little behind the answer, when the next request was sent already: the latest ones are tried alone. */
async function causing(probes: readonly Probe[], stream: Call, asking: Asking): Promise<Probe | undefined> {
  const { nonce, timeScale } = asking.options;
  const cameMs = soonMs * timeScale;
  const sent: Caused[] = [];
  const send = async (probe: Probe) => sent.push(await cause(probe, `${nonce}o${sent.length}`, asking));
  const isHeardBeyond = (before: number) => () => wordlessOn(stream, sent) > before;
  for (const probe of probes) {
    await send(probe);
    if (isHeardBeyond(0)()) break;
  }
  if (!(await stream.waitFor(isHeardBeyond(0), cameMs))) return undefined;
  for (const { probe } of quickFirst(sent.toReversed()).slice(0, againMax)) {
    const before = wordlessOn(stream, sent);
    await send(probe);
    if (await stream.waitFor(isHeardBeyond(before), cameMs)) return probe;
  }
  return undefined;
}
