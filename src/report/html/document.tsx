import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { policyFor } from './policy.js';

export interface Document {
  readonly title: string;
  /** Style and script are constants of ours; what a target said is never in them. */
  readonly style: string;
  readonly script?: string;
  readonly children: ComponentChildren;
}

/** A page of one file, which asks nobody for anything. */
export function renderDocument({ title, style, script, children }: Document): string {
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policyFor(style, script)} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        {children}
        {script === undefined ? null : <script dangerouslySetInnerHTML={{ __html: script }} />}
      </body>
    </html>
  );
  return `<!doctype html>\n${renderToString(page)}\n`;
}
