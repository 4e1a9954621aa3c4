import { createHash } from 'node:crypto';

/** What a browser lets a page do: its own style and its own script, where it has one, known by their digests, and nothing else. */
export function policyFor(style: string, script?: string): string {
  return [
    "default-src 'none'",
    `style-src ${digestOf(style)}`,
    ...(script === undefined ? [] : [`script-src ${digestOf(script)}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function digestOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
