import type { StateProbe, ToolCall } from '../../model/facts.js';
import type { Description } from '../../model/description.js';

/** A description of a target as it stands in its file, once it has the right shape. */
export interface RawTarget extends Pick<
  Description,
  'url' | 'server' | 'revision' | 'profile' | 'burst' | 'hooks' | 'ca'
> {
  readonly headers?: RawHeaders;
  readonly as?: Readonly<Record<string, RawHeaders>>;
  readonly 'idle-timeout'?: number;
  readonly 'time-scale'?: number;
  readonly replicas?: readonly string[];
  readonly insecure?: boolean;
  readonly tools?: RawTools;
}

export type RawHeaders = Readonly<Record<string, string>>;

export interface RawTools {
  readonly state?: { readonly write: RawCall; readonly read: RawCall; readonly shows: StateProbe['shows'] };
  readonly identity?: RawCall;
  readonly slow?: RawCall;
  readonly notify?: RawCall;
  readonly update?: { readonly uri: string; readonly change: RawCall };
}

export type RawCall = Pick<ToolCall, 'name'> & Partial<ToolCall>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** The text with what the variables that it names hold. */
export function environed(text: string, env: Environment): string {
  return text.replaceAll(/\$\{([^${}]*)\}/g, (_, name: string) =>
    Object.hasOwn(env, name) ? (env[name] ?? '') : '',
  );
}
