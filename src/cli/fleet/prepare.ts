import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describeExit, describeWords } from '../../model/incident.js';
import type { FleetTarget } from '../../model/fleet.js';
import { quoted } from '../../report/evidence.js';
import type { Io } from '../output/io.js';
import { startGroup } from '../process/group.js';
import { listenTo } from '../process/words.js';

/** The commands that are missing on PATH. */
export function lacking({ needs }: FleetTarget, { PATH = '' }: Io['env']): readonly string[] {
  const folders = PATH.split(delimiter);
  return needs.filter((name) => !folders.some((folder) => isExecutable(join(folder, name))));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A command as it runs in a folder. */
export function inFolder(folder: string, command: string): string {
  return `cd ${quoted(folder)} && ${command}`;
}

/** How long a build may take: a compiler may have to fetch and build hundreds of packages. */
const buildMs = 1_800_000;

/** Why the build failed; undefined where it did not. */
export async function build(
  { build: command, folder }: FleetTarget,
  { env, onExit }: Pick<Io, 'env' | 'onExit'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (command === undefined) return undefined;
  const group = startGroup(inFolder(folder, command), env);
  const words = listenTo(group.child);
  const forget = onExit(() => group.killNow());
  const ended = new Promise<string | undefined>((resolve) => {
    group.child.once('error', (error) => resolve(error.message));
    group.child.once('exit', (code, by) =>
      resolve(code === 0 ? undefined : `the build failed (${describeExit({ code, signal: by })})`),
    );
  });
  const stop = AbortSignal.any([signal, AbortSignal.timeout(buildMs)]);
  const stopped = new Promise<string>((resolve) => {
    const tell = () =>
      resolve(signal.aborted ? 'interrupted' : `the build took longer than ${buildMs / 60_000} minutes`);
    if (stop.aborted) tell();
    else stop.addEventListener('abort', tell, { once: true });
  });
  const fault = await Promise.race([ended, stopped]);
  if (fault !== undefined) await words.heard();
  await group.end(0);
  forget();
  return fault === undefined ? undefined : `${fault}${describeWords(words.last())}`;
}
