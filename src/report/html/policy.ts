import { createHash } from 'node:crypto';
import { script } from './script.js';
import { stylesheet } from './style/stylesheet.js';

/** What a browser lets the page do: its own style and its own script, known by their digests, and nothing else. */
export const policy = policyFor(stylesheet, script);

/** The same of a page with another style, and with no script where none is given. */
export function policyFor(style: string, scripted?: string): string {
  return [
    "default-src 'none'",
    `style-src ${digestOf(style)}`,
    ...(scripted === undefined ? [] : [`script-src ${digestOf(scripted)}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function digestOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
