import type { Report } from '../../model/report.js';
import type { RenderOptions } from '../renderer.js';

/** What is examined, by what, under which profile. */
export function headingLines(report: Report, { colors }: RenderOptions): readonly string[] {
  const tool = `${report.tool.name} ${report.tool.version}`;
  return [
    `${colors.bold(tool)}  ${report.target.url}  ${colors.dim(`profile ${report.profile}, seed ${report.seed}`)}`,
  ];
}
