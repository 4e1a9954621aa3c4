import type { Writable } from 'node:stream';
import type { Colors } from '../../report/renderer.js';

/** All that the command line uses of the process. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For standard output. */
  readonly colors: Colors;
  /** How wide standard output is. */
  readonly columns: number;
  /** Where a line may be redrawn while a run lasts; absent where there is no terminal. */
  readonly live?: Writable;
  /** Asks a person; absent where nobody can answer. */
  readonly ask?: (question: string) => Promise<string>;
  /** Calls back at the first interrupt, until the returned function is called; the second one ends the process. */
  readonly onInterrupt: (interrupted: () => void) => () => void;
  /** Calls back, synchronously, when the process ends for any reason, until the returned function is called. */
  readonly onExit: (exiting: () => void) => () => void;
}
