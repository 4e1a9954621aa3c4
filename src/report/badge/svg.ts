import type { Run } from '../../model/report.js';
import { badgeOf, type BadgeColor } from './badge.js';

/** A badge as a picture without any request: two fields, with their text for screen readers as well. */
export function renderBadge({ report }: Run): string {
  const { label, message, color } = badgeOf(report);
  const [left, right] = [widthOf(label), widthOf(message)];
  const width = left + right;
  const says = xml(`${label}: ${message}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${says}">
  <title>${says}</title>
  <rect width="${width}" height="20" rx="3" fill="${fills[color]}"/>
  <path d="M3 0h${left - 3}v20h-${left - 3}a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="#444"/>
  <g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11" aria-hidden="true">
    <text x="${left / 2}" y="14" textLength="${left - padding}" lengthAdjust="spacingAndGlyphs">${xml(label)}</text>
    <text x="${left + right / 2}" y="14" textLength="${right - padding}" lengthAdjust="spacingAndGlyphs">${xml(message)}</text>
  </g>
</svg>
`;
}

/** White text on each has a contrast of 4.5 to 1 or more. */
const fills: Readonly<Record<BadgeColor, string>> = {
  green: '#2e7d32',
  red: '#c62828',
  yellow: '#8a6100',
  grey: '#5f6368',
};

const padding = 12;

/** About what Verdana at 11 pixels takes; the drawing stretches the rest. */
function widthOf(text: string): number {
  const units = Array.from(text, (char) => (narrow.has(char) ? 4 : /[A-Z]/.test(char) ? 7.6 : 6.7));
  return Math.round(units.reduce((sum, one) => sum + one, 0)) + padding;
}

const narrow: ReadonlySet<string> = new Set(" ()/,.·-iljt'");

function xml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
