import type { ProofRow } from '../../prove/prove.js';
import { visible } from '../../report/visible.js';
import type { Io } from '../output/io.js';

/** A row of a proof as the terminal shows it, with a line for each thing that is wrong. */
export function rowLine(
  { group, name, expected, came, wrong, missed = [], ms, peakMiB }: ProofRow,
  { colors }: Pick<Io, 'colors'>,
): string {
  const mark = wrong.length === 0 ? colors.green('✓') : colors.red('✗');
  const seconds = `${(ms / 1000).toFixed(1)} s`.padStart(7);
  const says =
    group === 'mutant' && expected.length + came.length === 0
      ? colors.yellow('not yet caught')
      : came.join(' ');
  const memory = peakMiB === undefined ? '' : `${String(peakMiB).padStart(5)} MiB`;
  const line = `${mark} ${group.padEnd(11)} ${name.padEnd(40)}${seconds}${memory}  ${says}`.trimEnd();
  const first = missed.map((sentence) => `at first ${sentence}`);
  return [line, ...[...first, ...wrong].map((sentence) => `    ${visible(sentence)}`)].join('\n');
}
