import type { Renderer } from './renderer.js';
import type { Run } from '../model/report.js';

/** Every output format; a new one is a file and a line here. `run.ndjson` is no rendering but the record all of them come from. */
export const renderers = {
  terminal: { load: async () => (await import('./terminal.js')).renderTerminal },
  json: { file: 'report.json', load: async () => (await import('./index.js')).renderJson },
  html: { file: 'report.html', load: async () => (await import('./html/page.js')).renderHtml },
  junit: { file: 'junit.xml', load: async () => (await import('./junit.js')).renderJunit },
} as const satisfies Readonly<Record<string, Renderer>>;

export type ReporterName = keyof typeof renderers;

export const reporterNames: readonly ReporterName[] = Object.keys(renderers).filter(isReporter);

function isReporter(word: string): word is ReporterName {
  return Object.hasOwn(renderers, word);
}

/** `report.json`: the report as it is. JSON escapes control characters and lone surrogates by itself. */
export function renderJson(run: Run): string {
  return `${JSON.stringify(run.report, null, 2)}\n`;
}
