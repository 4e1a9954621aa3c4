import { describeExit } from '../../model/incident.js';
import { plural } from '../../model/plural.js';
import type { Entry } from '../../model/transcript.js';

/** What happened in a check besides an exchange, in a few words. */
export function noteOf(entry: Entry): string {
  switch (entry.kind) {
    case 'awaited':
      return entry.came
        ? `what was awaited on ${entry.stream} came after ${ms(entry.afterMs)}`
        : `what was awaited on ${entry.stream} did not come within ${ms(entry.afterMs)}`;
    case 'quiet':
      return `${entry.stream} was watched for ${ms(entry.toMs - entry.fromMs)}`;
    case 'operated':
      return `${operations[entry.does]}${entry.done ? '' : ', which did not work'}`;
    case 'exited':
      return `the process of ${entry.actor} ended (${describeExit(entry)})${closingWords(entry)}`;
    case 'finding':
      return `${plural(entry.samples, 'id')} analysed: ${Object.entries(entry.finds)
        .map(([name, found]) => `${name} ${String(found)}`)
        .join(', ')}`;
    case 'skipped':
      return `left out: ${entry.because}`;
    case 'exchange':
      return `${entry.actor} sent a request`;
  }
}

function closingWords({ closing }: Extract<Entry, { kind: 'exited' }>): string {
  if (closing === undefined) return '';
  return `, ${ms(closing.afterMs)} after its input was closed${closing.needed === 'nothing' ? '' : `, by ${closing.needed}`}`;
}

const operations = {
  stop: 'the target was stopped',
  kill: 'the target was killed',
  start: 'the target was started',
} as const;

export function ms(duration: number): string {
  return `${Math.round(duration)} ms`;
}
