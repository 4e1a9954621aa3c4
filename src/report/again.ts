import type { ProfileName } from '../model/profile.js';
import type { Result } from '../model/report.js';
import type { Again } from './renderer.js';

/** The command that examines the one check again. */
export function againCommand(result: Result, profile: ProfileName, again: Again): string {
  const words = [
    'sessionspec',
    'run',
    again.url,
    '--check',
    result.id,
    '--revision',
    result.revision,
    ...(profile === 'spec' ? [] : ['--profile', profile]),
    ...again.options,
  ];
  return words.map(quoted).join(' ');
}

/** A word as a POSIX shell reads it back. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
