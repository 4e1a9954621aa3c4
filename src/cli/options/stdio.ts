import type { StdioAddress } from '../../model/carrier.js';
import type { Description } from '../../model/description.js';
import type { Header } from '../../model/framing.js';
import type { Io } from '../output/io.js';
import { Mistake } from '../mistake.js';
import type { ConnectionFlags } from './flags.js';

/**
 * What a process inherits: what it needs to run, and what clients hand on. Secrets of the environment that sessionspec runs in, as in
 * CI, are none of a server's business unless they are given.
 */
const inherited =
  'HOME LANG LC_ALL LOGNAME PATH SHELL TERM TMPDIR TZ USER ' +
  // The same on Windows.
  'APPDATA COMSPEC HOMEDRIVE HOMEPATH LOCALAPPDATA PATHEXT PROGRAMDATA PROGRAMFILES SYSTEMDRIVE SYSTEMROOT TEMP TMP USERNAME USERPROFILE WINDIR';

/** The command, with the environment that its processes get. */
export function stdioAddress(command: string, given: readonly Header[], env: Io['env']): StdioAddress {
  const kept = inherited
    .split(' ')
    .flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { kind: 'stdio', command, given, env: Object.fromEntries([...kept, ...given]) };
}

/** The process of the command line or else of the description, where either names one and no URL is typed. */
export function askedStdio(
  typed: string | undefined,
  flags: ConnectionFlags,
  target: Description,
  env: Io['env'],
): StdioAddress | undefined {
  const { stdio = typed === undefined && flags.server === undefined ? target.stdio : undefined } = flags;
  if (stdio === undefined) {
    if (flags.env?.length) throw new Mistake('--env is of the process that --stdio starts; give both');
    return undefined;
  }
  if (stdio.trim() === '')
    throw new Mistake('--stdio is empty; give the command that starts the server, or leave it out');
  const name = flags.stdio === undefined ? '`stdio`' : '--stdio';
  refuseOfHttp(typed, flags, name);
  return stdioAddress(stdio, [...(target.env ?? []), ...(flags.env ?? []).map(parseVariable(env))], env);
}

function refuseOfHttp(typed: string | undefined, flags: ConnectionFlags, name: string): void {
  if (typed !== undefined)
    throw new Mistake(
      `${name} starts a process for each client, and ${JSON.stringify(typed)} would be another server: keep one; put a command of several words in quotes`,
    );
  const others = {
    '--server': flags.server !== undefined,
    '--replica': flags.replica.length > 0,
    '--header': flags.header.length > 0,
    '--as': flags.as.length > 0,
    '--ca': flags.ca !== undefined,
    '--insecure': flags.insecure !== undefined,
    '--idle-timeout': flags.idleTimeout !== undefined,
  };
  const [other] = Object.entries(others).flatMap(([flag, isThere]) => (isThere ? [flag] : []));
  if (other === undefined) return;
  const instead = other === '--header' || other === '--as' ? '; --env gives a process its credentials' : '';
  throw new Mistake(
    `${other} is for a server over HTTP and ${name} starts one over stdio: keep one${instead}`,
  );
}

/** `K=V`; `K` alone is the variable of our own environment. Only the name is shown: the value may be a secret. */
function parseVariable(env: Io['env']): (text: string) => Header {
  return (text) => {
    const [, name = '', assigned] = /^([A-Za-z_]\w*)(?:=(.*))?$/s.exec(text) ?? [];
    if (name === '') throw new Mistake('--env must be NAME=value, or NAME for that of this environment');
    const value = assigned ?? env[name];
    if (value === undefined) throw new Mistake(`--env ${name} names no variable of this environment`);
    return [name, value];
  };
}
