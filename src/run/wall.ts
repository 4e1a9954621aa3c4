import { replyHeader, statusOf, type Reply } from '../model/reply.js';

/** A refusal that everybody gets: what it is, and at which request it began. */
export interface Wall {
  readonly kind: 'authorization-demanded' | 'redirected';
  readonly request: number;
  readonly to?: string;
}

export interface WallWatch {
  /** Told of every answer. */
  readonly saw: (reply: Reply, request: number) => void;
  /** What the last answers, all of them, may mean; a fresh client tells. */
  readonly suspected: () => Wall | undefined;
}

/** So many answers alike, one after the other, are worth a question. */
const alikeMin = 8;

export function watchForWalls(): WallWatch {
  let wall: Wall | undefined;
  let alike = 0;
  return {
    saw(reply, request) {
      const now = wallIn(reply);
      alike = now !== undefined && now.kind === wall?.kind ? alike + 1 : Number(now !== undefined);
      if (alike <= 1) wall = now && { ...now, request };
    },
    suspected: () => (alike >= alikeMin ? wall : undefined),
  };
}

/** What one reply says of everybody, if it says so. */
export function wallIn(reply: Reply): Omit<Wall, 'request'> | undefined {
  const status = statusOf(reply) ?? 0;
  if (status === 401) return { kind: 'authorization-demanded' };
  if (status < 300 || status >= 400) return undefined;
  const [to] = replyHeader(reply, 'location');
  return { kind: 'redirected', ...(to !== undefined && { to }) };
}
