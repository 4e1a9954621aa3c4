import type { ExitCode } from '../../model/gate.js';
import type { ShownVerdict, Report } from '../../model/report.js';
import type { RenderOptions } from '../renderer.js';
import { marks } from './marks.js';

const markOfExit: Record<ExitCode, ShownVerdict> = {
  0: 'pass',
  1: 'fail',
  2: 'inconclusive',
  3: 'fail',
  4: 'fail',
  130: 'not-run',
};

/** The sentence of the gate, and what it cost. */
export function verdictLines(report: Report, { colors }: RenderOptions): readonly string[] {
  const { sign, color } = marks[markOfExit[report.gate.exit]];
  const { exchanges } = report.traffic;
  const cost = `${exchanges} ${exchanges === 1 ? 'exchange' : 'exchanges'} in ${(report.durationMs / 1000).toFixed(1)} s`;
  return [`${colors.bold(colors[color](`${sign} ${report.gate.sentence}`))}  ${colors.dim(cost)}`];
}
