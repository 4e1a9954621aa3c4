import type { Command } from 'commander';
import { severities } from '../../model/level.js';
import { profileNames } from '../../model/profile.js';
import { reporterNames } from '../../report/index.js';

/** Flags as they were typed; what they mean is decided where they are used, each mistake in words of its own. */
export interface SelectionFlags {
  readonly suite: readonly string[];
  readonly check: readonly string[];
  readonly skip: readonly string[];
  readonly tag: readonly string[];
}

export interface ConnectionFlags {
  readonly config?: string;
  readonly revision?: string;
  readonly header: readonly string[];
  readonly as: readonly string[];
  readonly idleTimeout?: string;
  readonly server?: string;
  readonly replica: readonly string[];
  readonly burst?: string;
  readonly timeScale?: string;
  readonly ca?: string;
  readonly insecure?: true;
  readonly explore?: true;
  readonly readOnly?: true;
  readonly maxRps?: string;
  readonly json?: true;
}

export interface JudgingFlags {
  readonly profile?: string;
  readonly failOn?: string;
  readonly inconclusive?: string;
}

export interface OutputFlags {
  readonly reporter: string;
  readonly output?: string;
}

export interface RunningFlags {
  readonly jobs: string;
  readonly seed?: string;
  readonly maxRequests?: string;
  readonly showIds?: true;
}

export type RunFlags = SelectionFlags & ConnectionFlags & JudgingFlags & OutputFlags & RunningFlags;
export type JudgeFlags = JudgingFlags & OutputFlags & { readonly suite: readonly string[] };
export type PlanFlags = SelectionFlags & { readonly json?: true; readonly footprint?: true };
export type ListFlags = SelectionFlags & { readonly json?: true; readonly requirements?: true };

export function selectionOptions(command: Command): Command {
  return command
    .option(
      '--suite <name|path>',
      'only this built-in suite; or a file or folder of yours, beside the others',
      collected,
      [],
    )
    .option('--check <id>', 'only this check; * stands for any characters', collected, [])
    .option('--skip <id>', 'all but this check; * stands for any characters', collected, [])
    .option('--tag <tag>', 'only checks with this tag', collected, []);
}

export function connectionOptions(command: Command): Command {
  return command
    .option('--config <file>', 'read from this file what it says of the server; options win over it')
    .option('--revision <date>', 'auto (the newest negotiated, if not given), all, or a date')
    .option('--header <K: V>', 'add a header field to each request', collected, [])
    .option(
      '--as <actor=K: V>',
      'credentials of one actor, such as alice or bob; two make the checks of ownership run',
      collected,
      [],
    )
    .option(
      '--idle-timeout <seconds>',
      'after how long the server ends an idle session: makes the checks of expiry run',
    )
    .option(
      '--server <command>',
      'start this first and stop it afterwards; {port} in it and in the URL is a free port',
    )
    .option('--replica <url>', 'another node of the server: makes the checks of replicas run', collected, [])
    .option('--burst <n>', 'how many sessions a burst opens, 200 if not given')
    .option('--time-scale <factor>', 'multiply every deadline and every quiet window')
    .option('--ca <file>', 'trust the certificates in this PEM file too')
    .option('--insecure', 'accept any certificate')
    .option('--max-rps <n>', 'send at most this many requests in a second')
    .option('--explore', 'call tools that need no argument, to recognise what they do')
    .option('--read-only', 'call no tool and leave everybody else alone; checks that cannot are left out');
}

export function runningOptions(command: Command): Command {
  return command
    .option('--jobs <n>', 'checks under way at once, 8 if not given', '8')
    .option('--seed <n>', 'repeat the choices of an earlier run')
    .option('--max-requests <n>', 'never send more requests than this; checks that might are not run')
    .option('--show-ids', 'show session ids as they are');
}

export function judgingOptions(command: Command): Command {
  return command
    .option(
      '--profile <name>',
      `the table of accepted answers: ${profileNames.join(', ')}; the first if not given`,
    )
    .option('--fail-on <level>', `which failures count: ${severities.join(', ')}; the first if not given`)
    .option('--inconclusive <mode>', 'whether inconclusive checks count: fail (if not given) or warn');
}

export function outputOptions(command: Command): Command {
  return command
    .option(
      '--reporter <names>',
      `${reporterNames.join(', ')}, or several with commas; the first if not given`,
      'terminal',
    )
    .option('--output <folder>', 'write the reports here');
}

/** Every time the option is given counts. */
export function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
