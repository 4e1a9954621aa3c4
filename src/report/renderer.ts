import type picocolors from 'picocolors';
import type { Run } from '../model/report.js';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** What a renderer may know besides the run. */
export interface RenderOptions {
  readonly colors: Colors;
  readonly again: Again;
  /** How wide the lines for people may be. */
  readonly columns: number;
  /** Everything, where a report for people shows the gist. */
  readonly verbose: boolean;
  /** The folder of the recording, where there is one. */
  readonly recorded?: string;
  /** Ids of suites of the user's own that were left out because they have none of the tags that were asked for. */
  readonly untagged?: readonly string[];
}

/** How the reader reaches the same target again. */
export interface Again {
  /** As it was typed: `{port}` is still in it. */
  readonly url: string;
  /** More words of the command line, not yet quoted. */
  readonly options: readonly string[];
}

export type Render = (run: Run, options: RenderOptions) => string | Promise<string>;

/** One text of a format. */
export interface Part {
  /** The name of the file below `--output`; a part without one always goes to standard output. */
  readonly file?: string;
  /** Loaded when it is asked for. */
  readonly load: () => Promise<Render>;
}

/** One output format. */
export interface Renderer extends Part {
  /** More files that belong to it. Without a folder there are none. */
  readonly besides?: readonly Part[];
}

/** All that a format writes, the leading part first. */
export function allParts({ besides = [], ...leading }: Renderer): readonly Part[] {
  return [leading, ...besides];
}
