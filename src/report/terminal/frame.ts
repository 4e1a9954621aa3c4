import type { ExitCode } from '../../model/gate.js';
import type { Report, ShownVerdict } from '../../model/report.js';
import type { RenderOptions } from '../renderer.js';
import { marks } from './marks.js';

/** The first line: target, profile and seed. */
export function headingLines(report: Report, { colors }: RenderOptions): readonly string[] {
  const tool = `${report.tool.name} ${report.tool.version}`;
  return [
    `${colors.bold(tool)}  ${report.target.url}  ${colors.dim(`profile ${report.profile}, seed ${report.seed}`)}`,
  ];
}

/** The last line: the sentence of the gate, and what the run cost. */
export function verdictLines(report: Report, { colors }: RenderOptions): readonly string[] {
  const { sign, color } = marks[markOfExit[report.gate.exit]];
  const { exchanges } = report.traffic;
  const cost = `${exchanges} ${exchanges === 1 ? 'exchange' : 'exchanges'} in ${(report.durationMs / 1000).toFixed(1)} s`;
  return [`${colors.bold(colors[color](`${sign} ${report.gate.sentence}`))}  ${colors.dim(cost)}`];
}

const markOfExit: Record<ExitCode, ShownVerdict> = {
  0: 'pass',
  1: 'fail',
  2: 'inconclusive',
  3: 'fail',
  4: 'fail',
  130: 'not-run',
};
