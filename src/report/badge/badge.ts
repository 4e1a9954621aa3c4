import type { ExitCode } from '../../model/gate.js';
import type { Report } from '../../model/report.js';
import { plural } from '../../model/plural.js';

/** What a badge says, whatever draws it. */
export interface Badge {
  readonly label: string;
  readonly message: string;
  readonly color: BadgeColor;
}

export const badgeColors = ['green', 'red', 'yellow', 'grey'] as const;
export type BadgeColor = (typeof badgeColors)[number];

const colorOfExit: Readonly<Record<ExitCode, BadgeColor>> = {
  0: 'green',
  1: 'red',
  2: 'yellow',
  3: 'grey',
  4: 'grey',
  130: 'grey',
};

/**
 * How many checks passed of those that apply to the target, and when. What failed without counting, and what was not decided, is in
 * the second number and not in the first; a run of some checks says of how many.
 */
export function badgeOf({ results, selection, startedAt, profile, gate }: Report): Badge {
  const passed = results.filter(({ verdict }) => verdict === 'pass').length;
  const applied = results.filter(({ verdict }) => verdict !== 'not-applicable').length;
  const { selected, of } = selection;
  const among = selected < of ? `, ${selected} of ${of} selected` : '';
  return {
    label: profile === 'spec' ? 'MCP sessions' : `MCP sessions (${profile})`,
    message: `${passed}/${plural(applied, 'check')}${among} · ${startedAt.slice(0, 10)}`,
    color: colorOfExit[gate.exit],
  };
}
