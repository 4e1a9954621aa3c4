import type { Baseline } from '../model/baseline.js';
import type { Description } from '../model/description.js';
import type { Policy } from '../model/gate.js';
import type { RunOptions } from '../model/run.js';
import type { Suite } from '../model/suite.js';

/**
 * Which checks: each list narrows the selection further, and `*` stands for any characters in the id of a check. A word that matches
 * nothing is a `Mistake`.
 */
export interface Select {
  /** Names of suites, built-in or of your own. */
  readonly suites?: readonly string[];
  /** Only these checks and monitors, such as `termination.*`. */
  readonly checks?: readonly string[];
  /** All but these. */
  readonly skip?: readonly string[];
  /** Only checks with one of these tags, such as `core`. */
  readonly tags?: readonly string[];
}

/** Where the checks come from, and how they are judged: what a run and its recording have in common. */
export interface JudgeRequest extends Partial<Pick<RunOptions, 'profile'>> {
  /** Your own suites beside the built-in ones: files, folders, or what `loadSuites` gave. */
  readonly suites?: readonly (string | Suite)[];
  /** Which verdicts count; what is absent is as in `defaultPolicy`. */
  readonly policy?: Partial<Policy>;
  /** The failures that are known: the path of a file, or its entries. */
  readonly baseline?: string | Baseline;
}

/** A server over stdio. */
export interface StdioRequest {
  readonly command: string;
  /** Variables that its processes get besides a few that every program needs, such as PATH and HOME. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * What is examined, and how. All but the address is optional, and absent fields are as on the command line without flags; those of
 * `config` stand behind the fields of the request. Times are in milliseconds.
 */
export interface RunRequest
  extends
    JudgeRequest,
    Partial<
      Omit<
        RunOptions,
        | 'address'
        | 'replicas'
        | 'headers'
        | 'principals'
        | 'profile'
        | 'policy'
        | 'baseline'
        | 'startedAt'
        | 'proxyFor'
        | 'targetOf'
      >
    > {
  /** Where the server is: `http://host:port/path`. With `server`, `{port}` in it becomes a free port. */
  readonly url?: string | URL;
  /** A command for a shell that starts it; it is stopped after the run, with all its children. `{port}` becomes a free port. */
  readonly server?: string;
  /** In place of both: a command for a shell that is started for each client, which speaks to it over its pipes. */
  readonly stdio?: string | StdioRequest;
  /** A description of the server: the path of a `sessionspec.yaml`, or what `readDescription` gave. */
  readonly config?: string | Description;
  /** Which checks; all of them if not given. */
  readonly select?: Select;
  /** Header fields of each request, by name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Header fields with the credentials of one actor, by its name: with both `alice` and `bob`, the checks of ownership run. */
  readonly principals?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Other nodes of the server. */
  readonly replicas?: readonly (string | URL)[];
  /** Gets the lines of `run.ndjson` as they come. Must not throw. */
  readonly record?: (text: string) => void;
  /** The variables that a description names, and those of a proxy; those of the process if not given. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}
