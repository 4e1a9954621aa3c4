import { createHash } from 'node:crypto';
import { script } from './script.js';
import { stylesheet } from './style/stylesheet.js';

/** What a browser lets the page do: its own style and its own script, known by their digests, and nothing else. */
export const policy = [
  "default-src 'none'",
  `style-src ${digestOf(stylesheet)}`,
  `script-src ${digestOf(script)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function digestOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
