import type { Renderer } from './renderer.js';
import type { Run } from '../model/report.js';
import { visibleJson } from './visible.js';

/** Every output format; a new one is a file and a line here. `run.ndjson` is no rendering but the record all of them come from. */
export const renderers = {
  terminal: { load: async () => (await import('./terminal.js')).renderTerminal },
  json: { file: 'report.json', load: async () => (await import('./index.js')).renderJson },
  html: { file: 'report.html', load: async () => (await import('./html/page.js')).renderHtml },
  junit: { file: 'junit.xml', load: async () => (await import('./junit.js')).renderJunit },
  ctrf: { file: 'ctrf.json', load: async () => (await import('./ctrf.js')).renderCtrf },
  sarif: { file: 'sarif.json', load: async () => (await import('./sarif.js')).renderSarif },
  tap: { file: 'report.tap', load: async () => (await import('./tap.js')).renderTap },
  markdown: { file: 'report.md', load: async () => (await import('./markdown/markdown.js')).renderMarkdown },
  github: { load: async () => (await import('./github.js')).renderGithub },
  badge: {
    file: 'badge.svg',
    load: async () => (await import('./badge/svg.js')).renderBadge,
    besides: [{ file: 'badge.json', load: async () => (await import('./badge/shields.js')).renderShields }],
  },
} as const satisfies Readonly<Record<string, Renderer>>;

export type ReporterName = keyof typeof renderers;

export const reporterNames: readonly ReporterName[] = Object.keys(renderers).filter(isReporter);

function isReporter(word: string): word is ReporterName {
  return Object.hasOwn(renderers, word);
}

/** `report.json`: the report as it is. */
export function renderJson(run: Run): string {
  return visibleJson(run.report);
}
