import picocolors from 'picocolors';
import type { Finding } from '../model/finding.js';
import type { Report, Run } from '../model/report.js';
import { renderers, type ReporterName } from '../report/index.js';
import type { Renderer, RenderOptions } from '../report/renderer.js';

/** How a report is shown; what is absent is as in a log without colours, 120 characters wide. */
export interface RenderRequest extends Partial<Omit<RenderOptions, 'colors'>> {
  /** Whether text for a terminal has colours. */
  readonly colors?: boolean;
}

/** A run in one of the formats of `--reporter`, such as `terminal`, `json` or `junit`. */
export async function render(run: Run, name: ReporterName, request: RenderRequest = {}): Promise<string> {
  const renderer: Renderer = renderers[name];
  return (await renderer.load())(run, optionsFor(run.report, request));
}

/** One finding as text: what was sent, acceptable and came, the control, what to change, and how to see it again. */
export async function renderFinding(
  finding: Finding,
  report: Report,
  request: RenderRequest = {},
): Promise<string> {
  const [{ failureLines, warningLines }, { visibleCopy }] = await Promise.all([
    import('../report/terminal/findings.js'),
    import('../report/visible.js'),
  ]);
  const ids = new Set([finding.id, ...finding.checks, ...finding.folded]);
  const results = report.results.filter(({ id }) => ids.has(id));
  const { standing: _, ...shown } = finding;
  const alone = visibleCopy({ ...report, results, findings: [shown] });
  const options = optionsFor(report, request);
  // Without the title that stands above all warnings.
  const lines = finding.counts
    ? failureLines(alone, options)
    : warningLines(alone, { ...options, verbose: true }).slice(1);
  return lines.map((line) => line.trimEnd()).join('\n');
}

function optionsFor({ target }: Report, { colors = false, ...request }: RenderRequest): RenderOptions {
  return {
    again: { url: target.url, options: [] },
    columns: 120,
    verbose: false,
    ...request,
    colors: picocolors.createColors(colors),
  };
}
