import type { Command } from 'commander';
import { severities } from '../../model/level.js';
import { profileNames } from '../../model/profile.js';
import { reporterNames } from '../../report/index.js';

/** Flags as they were typed. The code that uses them parses them and words their mistakes. */
export interface SelectionFlags {
  readonly suite: readonly string[];
  readonly only?: readonly string[];
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
  readonly stdio?: string;
  readonly env?: readonly string[];
  readonly replica: readonly string[];
  readonly burst?: string;
  readonly timeScale?: string;
  readonly ca?: string;
  readonly insecure?: true;
  readonly explore?: true;
  readonly exploreLocal?: true;
  readonly exploreAll?: true;
  readonly readOnly?: true;
  readonly maxRps?: string;
  readonly json?: true;
}

export interface JudgingFlags {
  readonly profile?: string;
  readonly failOn?: string;
  readonly inconclusive?: string;
  /** False with `--no-baseline`. */
  readonly baseline?: string | false;
}

export interface OutputFlags {
  readonly reporter: string;
  readonly output?: string;
  readonly sign?: string;
  readonly verbose?: true;
}

export interface RunningFlags {
  readonly jobs?: string;
  readonly seed?: string;
  readonly maxRequests?: string;
  readonly maxMinutes?: string;
  readonly shard?: string;
  readonly showIds?: true;
}

export type RunFlags = SelectionFlags & ConnectionFlags & JudgingFlags & OutputFlags & RunningFlags;
export type JudgeFlags = JudgingFlags & OutputFlags & { readonly suite: readonly string[] };
export type InitFlags = ConnectionFlags & { readonly ci?: string };
export type PlanFlags = SelectionFlags & { readonly json?: true; readonly footprint?: true };
export type ListFlags = SelectionFlags & { readonly json?: true; readonly requirements?: true };

export function selectionOptions(command: Command): Command {
  return command
    .optionsGroup('Which checks:')
    .option(
      '--suite <name|path>',
      'only this built-in suite; a path adds the checks of your file or folder',
      collected,
      [],
    )
    .option('--only <path>', 'nothing but the checks of your file or folder', collected, [])
    .option('--check <id>', 'only this check; * stands for any characters', collected, [])
    .option('--skip <id>', 'all but this check; * stands for any characters', collected, [])
    .option('--tag <tag>', 'only checks with this tag, such as core', collected, []);
}

export function connectionOptions(command: Command): Command {
  return command
    .optionsGroup('How to reach the server:')
    .option('--config <file>', 'read a description of the server; options win over it')
    .option(
      '--server <command>',
      'start this command first and stop it afterwards; {port} in it and in the URL is a free port',
    )
    .option(
      '--stdio <command>',
      'in place of a URL: start this command for each client, and speak over its pipes',
    )
    .option('--env <K=V>', 'a variable for the processes of --stdio; K alone hands on ours', collected, [])
    .option('--header <K: V>', 'add a header field to each request', collected, [])
    .option(
      '--as <actor=K: V>',
      'the credentials of one actor; with those of alice and bob the checks of ownership run',
      collected,
      [],
    )
    .option('--replica <url>', 'another node of the server; the checks of replicas run', collected, [])
    .option(
      '--idle-timeout <seconds>',
      'after how long the server ends an idle session; the checks of expiry run',
    )
    .option('--ca <file>', 'trust the certificates in this PEM file too')
    .option('--insecure', 'accept any certificate')
    .optionsGroup('What to ask of the server:')
    .option(
      '--revision <date>',
      'auto (what the server speaks: its newest with sessions, and 2026-07-28; default), all, or a date',
    )
    .option('--read-only', 'call no tool and touch no session of another client; other checks are left out')
    .option('--explore', 'call tools that need no argument, to recognise what they do')
    .option('--explore-local', 'call tools that speak of nothing outside the server, for what they send')
    .option('--explore-all', 'call tools that write as well, on a server of your own')
    .option('--burst <n>', 'how many sessions a burst opens (default 200; 10 over stdio)')
    .option('--max-rps <n>', 'send at most this many requests in a second')
    .option('--time-scale <factor>', 'multiply every deadline and every quiet window');
}

export function runningOptions(command: Command): Command {
  return command
    .option('--max-requests <n>', 'send at most this many requests; checks that might exceed it are not run')
    .option(
      '--max-minutes <n>',
      'run no further checks where a slow or limiting server would make it take longer (default 10; with --max-rps no bound)',
    )
    .option('--jobs <n>', 'how many checks run at once (default 8; 4 over stdio)')
    .option('--seed <n>', 'repeat the random choices of an earlier run')
    .option(
      '--shard <i/n>',
      'only the i-th of n parts of the checks; `merge` puts the parts together; needs --seed',
    );
}

export function judgingOptions(command: Command): Command {
  return command
    .optionsGroup('Verdict and exit code:')
    .option('--profile <name>', `which answers are accepted: ${withDefault(profileNames)}`)
    .option('--fail-on <level>', `which failures count: ${withDefault(severities)}`)
    .option('--inconclusive <mode>', 'whether inconclusive checks count: fail (default) or warn');
}

export function baselineOptions(command: Command): Command {
  return command
    .option('--baseline <file>', 'let the failures pass that this file knows, as long as they are as it says')
    .option('--no-baseline', 'use no baseline, where a description or a recording has one');
}

export function outputOptions(command: Command): Command {
  return command
    .optionsGroup('Reports:')
    .option('--reporter <names>', `${withDefault(reporterNames)}; several with commas`, 'terminal')
    .option('--output <folder>', 'write the reports here')
    .option('--sign <key>', 'sign report.json with the Ed25519 key in this PEM file; `verify` checks it')
    .option(
      '--verbose',
      'show everything on the terminal: all facts, profiles, warnings and checks that did not apply',
    );
}

function withDefault([first, ...others]: readonly string[]): string {
  return [`${first} (default)`, ...others].join(', ');
}

/** Each use of the option adds a value. */
export function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
