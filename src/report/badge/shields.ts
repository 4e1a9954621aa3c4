import type { Run } from '../../model/report.js';
import { badgeOf, type BadgeColor } from './badge.js';

/** The answer of an endpoint of shields.io, which draws a badge from it. */
export function renderShields({ report }: Run): string {
  const { label, message, color } = badgeOf(report);
  const endpoint = {
    schemaVersion: 1,
    label,
    message,
    color: named[color],
    ...(color === 'red' && { isError: true }),
  };
  return `${JSON.stringify(endpoint, null, 2)}\n`;
}

const named = {
  green: 'brightgreen',
  red: 'red',
  yellow: 'yellow',
  grey: 'lightgrey',
} as const satisfies Record<BadgeColor, string>;
