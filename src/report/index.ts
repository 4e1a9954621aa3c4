import { renderJson } from './json.js';
import { renderJunit } from './junit.js';
import type { Renderer } from './renderer.js';
import { renderTerminal } from './terminal.js';

/** Every output format; a new one is a file and a line here. `run.ndjson` is no rendering but the record all of them come from. */
export const renderers = {
  terminal: { render: renderTerminal },
  json: { file: 'report.json', render: renderJson },
  junit: { file: 'junit.xml', render: renderJunit },
} as const satisfies Readonly<Record<string, Renderer>>;

export type ReporterName = keyof typeof renderers;
