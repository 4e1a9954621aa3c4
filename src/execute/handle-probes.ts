import type { Probe } from '../model/request.js';
import type { HandleProbe } from '../model/handle.js';
import { readHandleProbe } from '../model/probe.js';
import type { Resolved } from './resolved.js';

/** What can be done with what an id names, and how a reading of it is read. */
export function resolveHandle(
  method: string,
  { create, read, write, end, elsewhere, shows }: HandleProbe,
): Resolved {
  const of = { handle: true } as const;
  const does = readHandleProbe(method)?.does ?? 'read';
  switch (does) {
    case 'create':
      return { ...of, probe: create, nonced: true };
    case 'write':
      return { ...of, probe: write ?? read, nonced: true, writes: true, ...(shows && { shows }) };
    case 'end':
      return { ...of, probe: end ?? read, nonced: false };
    case 'elsewhere':
      return { ...of, probe: elsewhere ?? read, nonced: false };
    case 'read':
      return { ...of, probe: read, nonced: false, ...(shows && { shows: shownBy(shows, read, write) }) };
  }
}

/** A counter that is read by the call that counts goes on with each reading. */
function shownBy(shows: NonNullable<HandleProbe['shows']>, read: Probe, write: Probe | undefined) {
  const counts = shows === 'number' && JSON.stringify(read) === JSON.stringify(write);
  return counts ? 'number-with-read' : shows;
}
