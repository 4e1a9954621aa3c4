import type { Report } from '../../model/report.js';
import { inconclusiveCounts } from '../counts.js';
import type { RenderOptions } from '../renderer.js';
import { findings } from './findings.js';

/** The checks nobody can believe either way, with the reason; those that leave the run undecided last. */
export function unsureLines(report: Report, options: RenderOptions): readonly string[] {
  const unsure = report.results.filter(({ verdict }) => verdict === 'inconclusive');
  const counting = unsure.filter((result) => inconclusiveCounts(result, options.policy));
  const others = unsure.filter((result) => !counting.includes(result));
  const blocks = [
    findings('Inconclusive, not counted', others, 'inconclusive', report, options),
    findings('Inconclusive', counting, 'inconclusive', report, options),
  ].filter((lines) => lines.length > 0);
  return blocks.flatMap((lines, i) => (i === 0 ? lines : [''].concat(lines)));
}
