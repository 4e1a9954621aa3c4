import type { Probe } from '../model/request.js';
import type { Asked } from '../model/transcript.js';

/** What a step asks for, and how its answer is read. */
export interface Resolved {
  readonly probe: Probe;
  readonly shows?: Asked['shows'];
  readonly count?: Asked['count'];
  /** It writes something that a later reading shows. */
  readonly writes?: true;
  /** How old what it reads may be. */
  readonly staleMs?: number;
  /** The header fields that repeat its arguments are left out, or say something else. */
  readonly mirrors?: 'absent' | 'other';
  /** It is about something that an id in the request names. */
  readonly handle?: true;
  /** Each use carries a nonce of its own. */
  readonly nonced: boolean;
}
