import type { Baseline } from './baseline.js';
import type { DescribedTools } from './request.js';
import type { Header } from './framing.js';
import type { ProfileName } from './profile.js';
import type { RunOptions } from './run.js';

/** Shell commands that stop and start a target. */
export interface Hooks {
  readonly stop: string;
  readonly kill: string;
  readonly start: string;
}

/** A server of a user with one fault, by which checks of that user show that they can fail. */
export interface OwnMutant {
  readonly name: string;
  readonly server: string;
  /** The checks that have to fail, and no others; any if not given. */
  readonly kills?: readonly string[];
}

/** What a file says of a target: how to reach it, and what cannot be found out. All of it may be absent. */
export interface Description extends Partial<
  Pick<
    RunOptions,
    'revision' | 'principals' | 'idleTimeoutMs' | 'replicas' | 'burst' | 'timeScale' | 'ca' | 'insecure'
  >
> {
  /** With `{port}` where a server is to be started. */
  readonly url?: string;
  /** The command that starts it. */
  readonly server?: string;
  /** In place of both: the command that is started for each client. */
  readonly stdio?: string;
  /** Variables of its environment, by name. */
  readonly env?: readonly Header[];
  readonly headers?: readonly Header[];
  readonly profile?: ProfileName;
  /** Files and folders of suites, as they are found from where we are. */
  readonly suites?: readonly string[];
  readonly mutants?: readonly OwnMutant[];
  /** The file that has the failures that are known, or these themselves. */
  readonly baseline?: string | Baseline;
  readonly tools?: DescribedTools;
  readonly hooks?: Hooks;
}

/** The same without what is of HTTP. */
export function overStdio(description: Description): Description {
  return Object.fromEntries(Object.entries(description).filter(([name]) => !ofHttp.has(name)));
}

const ofHttp: ReadonlySet<string> = new Set<keyof Description>([
  'url',
  'server',
  'headers',
  'principals',
  'replicas',
  'idleTimeoutMs',
  'ca',
  'insecure',
  'hooks',
]);
