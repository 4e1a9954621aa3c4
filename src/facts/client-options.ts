import type { Carrier, Room, Turn } from '../model/carrier.js';
import type { Header } from '../model/framing.js';
import type { MirroredArgument } from '../model/mirrored.js';
import type { Json } from '../model/request.js';
import type { Clock } from './clock.js';

export interface ClientOptions {
  readonly carrier: Carrier;
  readonly timeoutMs: number;
  /** Multiplies every time given here and with a request. */
  readonly timeScale: number;
  readonly turn: Turn;
  /** For the session that it opens. */
  readonly room?: Room;
  /** Told the id of its session, raw. */
  readonly issued?: ((id: string) => void) | undefined;
  readonly clock: Clock;
  /** Takes the names of tools that are called. */
  readonly called: Set<Json | undefined>;
  /** Takes what tools that are listed want in header fields. */
  readonly mirrored: Map<string, readonly MirroredArgument[]>;
  /** Added to every request: credentials and the like. */
  readonly headers: readonly Header[];
}
