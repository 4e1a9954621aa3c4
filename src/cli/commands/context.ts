import type { ExitCode } from '../../model/gate.js';
import type { Io } from '../output/io.js';
import type { Engine } from '../ports.js';

/** What a command works with. The action loads all that takes long, so that help and mistakes are quick. */
export interface Context {
  readonly io: Io;
  readonly loadEngine: () => Promise<Engine>;
  readonly done: { exit: ExitCode };
}
