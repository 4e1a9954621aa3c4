import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import type { Run } from '../../model/report.js';
import { renderers, type ReporterName } from '../../report/index.js';
import type { RenderOptions } from '../../report/renderer.js';
import { reasonOf } from '../mistake.js';
import type { Io } from './io.js';

/** With annotations in a workflow of GitHub, where standard output is for people anyway. */
export function withAnnotations(
  names: readonly ReporterName[],
  { env }: Pick<Io, 'env'>,
): readonly ReporterName[] {
  return isWorkflow(env) && names.includes('terminal') && !names.includes('github')
    ? [...names, 'github']
    : names;
}

/**
 * A report for people as the log of a workflow may show it: the runner takes lines that look like its commands for commands, and a
 * server can word one. Only we know the word that ends the pause.
 */
export function inert(text: string, { env }: Pick<Io, 'env'>): string {
  if (!isWorkflow(env)) return text;
  const word = randomUUID();
  return `::stop-commands::${word}\n${text}::${word}::\n`;
}

/** Adds the report to the summary of the workflow's step, where there is one; true unless it cannot be written. */
export async function addSummary(run: Run, options: RenderOptions, { env, err }: Io): Promise<boolean> {
  const path = env['GITHUB_STEP_SUMMARY'];
  if (path === undefined || path === '') return true;
  const render = await renderers.markdown.load();
  try {
    appendFileSync(path, render(run, options));
    return true;
  } catch (error) {
    err(`sessionspec: the summary ${path} cannot be written: ${reasonOf(error)}\n`);
    return false;
  }
}

function isWorkflow(env: Io['env']): boolean {
  return env['GITHUB_ACTIONS'] === 'true';
}
