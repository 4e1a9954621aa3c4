import type { Eras } from '../../model/facts.js';
import { answerTo } from '../../model/message.js';
import { modernRevision, sessionRevisions } from '../../model/revision.js';
import { speaksModern, versionsIn } from '../../model/modern.js';
import { isSuccess, type Reply } from '../../model/reply.js';
import type { ProbeClient } from '../client.js';
import { brief, leave, type FactProbe } from '../probe.js';

/**
 * Whether clients without sessions are served, beside those with. They ask on a connection of their own and carry no id, so that a server
 * which does not know them refuses them as it refuses any stranger.
 */
export const eras: FactProbe = {
  finds: ['eras'],
  answers: ['modern', 'modern-only', 'dual-era', 'dual-sessions', 'legacy-only', 'modern checks'],
  after: [],
  disturbs: 'all sessions',
  sessionless: true,
  // A handshake, and the end of the session that it opens.
  requestsMax: ({ isFirst }) => (isFirst ? 3 : 0),
  async ask({ client, open, earlier }, { facts: { revision, eras: known = earlier?.facts.eras } }) {
    if (known !== undefined) return { facts: { eras: known } };
    if (revision !== modernRevision) {
      const modern = await open(modernRevision);
      return { modern, facts: { eras: erasOf(modern, client) } };
    }
    const legacy = await open(sessionRevisions[0]);
    const ended = await leave(legacy);
    return {
      facts: {
        eras: erasOf(client, legacy),
        ...(ended && { delete: { offered: isSuccess(ended), seen: brief(ended) } }),
      },
    };
  },
};

export function erasOf(modern: ProbeClient, legacy: ProbeClient): Eras {
  const { opening, session } = legacy;
  return {
    modern: discovered(modern),
    legacy: { served: isServed(legacy), seen: seenIn(opening), issuesIds: session !== undefined },
  };
}

function discovered({ opening, negotiated }: ProbeClient): Eras['modern'] {
  const versions = versionsIn(opening, 1);
  const served = speaksModern(versions);
  if (!served && negotiated !== undefined)
    return { served: true, seen: `${seenIn(opening)}, and tools/list is served` };
  if (versions === undefined || served) return { served, seen: seenIn(opening) };
  return {
    served,
    seen: `${brief(opening)}, which names other versions: ${versions.slice(0, 4).join(', ')}`,
  };
}

/** The revision that it negotiates is another question. */
function isServed({ negotiated }: ProbeClient): boolean {
  return negotiated !== undefined;
}

/** The status, and the code of an error: some clients look at the one, some at the other. */
function seenIn(opening: Reply): string {
  const code = answerTo(opening, 1)?.error?.code;
  return `${brief(opening)}${code === undefined || Number.isNaN(code) ? '' : `, error ${code}`}`;
}
