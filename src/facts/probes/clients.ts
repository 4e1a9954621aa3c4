import { sessionRevisions as known } from '../../model/revision.js';
import type { CompanyStop } from '../../model/company.js';
import { statusOf, type Reply } from '../../model/reply.js';
import type { Answer } from '../answer.js';
import type { ProbeClient } from '../client.js';
import { askMs, leave, olderSessionMs, type FactProbe, type Served } from '../probe.js';

/** Another client for each revision: what the target negotiates. One of the own revision comes first, so that a number is told from a revision. */
export const otherRevisions: FactProbe = {
  finds: ['negotiates'],
  answers: ['two-revisions'],
  after: ['plain'],
  disturbs: 'other clients',
  // A handshake each, and a DELETE; after the first one the client that was there before is asked.
  requestsMax: () => known.length * (2 + 1) + 1,
  async ask({ client, open }, { facts: { revision }, served }) {
    const second = await open(revision);
    const isServedBesides = await isServed(client, served);
    const others = [second];
    for (const each of known.filter((one) => one !== revision)) others.push(await open(each));
    const isNegotiated = (one: string) =>
      one === revision || others.some(({ negotiated }) => negotiated === one);
    return { facts: { negotiates: known.filter(isNegotiated) }, others, staying: others, isServedBesides };
  },
};

async function isServed(client: ProbeClient, served: Served | undefined): Promise<boolean> {
  if (served === undefined || client.result === undefined) return false;
  const { result } = await client.request(served.probe, { timeoutMs: olderSessionMs });
  return result !== undefined;
}

/** A batch in a session of the one revision that has them. */
export const batches: FactProbe = {
  finds: ['batches'],
  answers: ['batch'],
  after: ['revisions'],
  disturbs: 'other clients',
  requestsMax: () => 1,
  async ask({ options }, { staying }) {
    const batching = staying.find((each) => each.negotiated === '2025-03-26');
    const answer = await batching?.request({ method: 'ping' }, { batch: true, timeoutMs: askMs });
    // In a process of its own nobody else can have got the answer.
    const isAnswered = options.address.kind === 'http' || answer?.result !== undefined;
    return { facts: { batches: answer !== undefined && isAnswered && !isRefusedAnswer(answer) } };
  },
};

/** Silence refuses nothing: where clients share a server, what answers one may have gone to another. */
function isRefusedAnswer({ reply, isError }: Answer): boolean {
  return (statusOf(reply) ?? 0) >= 400 || isError;
}

/** Whether all clients are served while others have sessions, and after one of them has left. */
export const clients: FactProbe = {
  finds: ['severalClients', 'company'],
  answers: ['several checks'],
  after: ['plain', 'revisions', 'still-heard'],
  disturbs: 'other clients',
  requestsMax: () => 2 * (1 + known.length),
  async ask({ client }, { served, staying, isServedBesides = true, isStillHeard = true }) {
    if (client.result === undefined) {
      // A handshake that nobody can read tells nothing of who is refused.
      await Promise.all(staying.map(leave));
      return { staying: [] };
    }
    const [first, ...rest] = staying;
    const isAlone = !isServedBesides || first?.result === undefined;
    // Where not even two are served, each of them would cost the time of a silence.
    const areServed = async (all: readonly ProbeClient[]) => (isAlone ? [] : servedOf(all, served));
    const together = await areServed([client, ...staying]);
    const left: Reply | undefined = first && (await leave(first));
    const afterwards = await areServed([client, ...rest]);
    await Promise.all(rest.map(leave));
    const stops = stopOf({ together, afterwards, isAlone, staying, isStillHeard });
    return {
      facts: {
        severalClients: stops === undefined,
        company: { sessions: isAlone ? 1 : sessionsIn(together, staying, stops), ...(stops && { stops }) },
      },
      staying: [],
      ...(left && { left }),
    };
  },
};

/** One after the other: what one waits for may be what another holds up. */
async function servedOf(
  all: readonly ProbeClient[],
  served: Served | undefined,
): Promise<readonly boolean[]> {
  const each: boolean[] = [];
  for (const one of all) each.push(await isServed(one, served));
  return each;
}

interface Company {
  /** Whether each was served: the first, one of its revision, and those of others. */
  readonly together: readonly boolean[];
  /** The same without the second, when that had left. */
  readonly afterwards: readonly boolean[];
  /** Not even two were served. */
  readonly isAlone: boolean;
  readonly staying: readonly ProbeClient[];
  readonly isStillHeard: boolean;
}

/** How many there is room for, where one more had to wait or was refused; else how many were served. */
function sessionsIn(
  together: readonly boolean[],
  staying: readonly ProbeClient[],
  stops: CompanyStop | undefined,
): number {
  const served = together.filter(Boolean).length;
  if (stops !== 'number-refused') return served;
  const first = staying.findIndex(({ hasWaited, result }) => hasWaited || result === undefined);
  return Math.max(first < 0 ? 0 : 1 + first, served);
}

function stopOf({ together, afterwards, isAlone, staying, isStillHeard }: Company): CompanyStop | undefined {
  const areOpen = staying.every(({ result }) => result !== undefined);
  if (isAlone) return staying[0]?.result === undefined ? 'second-refused' : 'second-replaces';
  if (!areOpen) return 'number-refused';
  if (!together.every(Boolean)) {
    // They may have expired while one more had to wait until there was room.
    if (staying.some(({ hasWaited }) => hasWaited)) return 'number-refused';
    const [first, second] = together;
    // Who came last has not replaced those before where all of one revision are refused together.
    return !first && !second && together.slice(2).some(Boolean) ? 'revision' : 'number-replaces';
  }
  if (!afterwards.every(Boolean)) return 'delete';
  return isStillHeard ? undefined : 'messages';
}
