import { labelOf } from '../../model/level.js';
import { shownVerdictOf, type Result } from '../../model/report.js';
import type { Transcript } from '../../model/transcript.js';
import type { Evidence } from '../../model/verdict.js';
import type { RenderOptions } from '../renderer.js';
import { marks } from '../terminal/lines.js';
import { hanging } from '../terminal/wrap.js';
import { clipped, visibleCopy } from '../visible.js';
import { momentsOf, type Moment } from './moments.js';

/** A check with all that it saw. A monitor has no transcript of its own: those of the checks that show it are given. */
export interface Shown {
  readonly result: Result;
  readonly transcripts: readonly Transcript[];
}

type Options = Omit<RenderOptions, 'again'>;

/** What a check did and saw, line by line in the order of the clock, with what was judged. */
export function renderTranscript(shown: Shown, options: Options): string {
  const { result, transcripts } = visibleCopy(shown);
  const lines = [
    ...headLines(result, options),
    ...transcripts.flatMap((transcript) => attemptLines(result, transcript, options)),
    ...(transcripts.length === 0 ? ['', 'Nothing was sent.'] : []),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function headLines(result: Result, { colors, columns }: Options): readonly string[] {
  const shown = shownVerdictOf(result);
  const { sign, color, word } = marks[shown];
  const row = (label: string, text: string) => hanging(`  ${colors.dim(label.padEnd(12))}`, text, columns);
  return [
    `${colors[color](sign)} ${colors.bold(result.id)} @ ${result.revision}   ${labelOf(result)}   ${result.title}`,
    ...row('requirement', result.requirement.says),
    ...row(
      'verdict',
      `${word}${result.reason === undefined ? '' : ` (${result.reason})`}: ${result.message}`,
    ),
  ];
}

/** Each attempt, the earlier ones first. */
function attemptLines(result: Result, transcript: Transcript, options: Options): readonly string[] {
  const { check, earlier = [] } = transcript;
  const attempts = [...earlier, transcript];
  const evidence = result.evidence.filter((one) => (one.check ?? result.id) === check);
  // Entries are numbered through all attempts, so that evidence finds its own.
  return attempts.flatMap((attempt, i) => {
    const which = attempts.length > 1 ? `, attempt ${i + 1} of ${attempts.length}` : '';
    const title = check === result.id ? `What happened${which}` : `What happened in ${check}${which}`;
    return ['', options.colors.bold(title)].concat(timeline(attempt, evidence, options));
  });
}

function timeline(
  { entries, cut }: Transcript,
  evidence: readonly Evidence[],
  options: Options,
): readonly string[] {
  const moments = momentsOf(entries);
  const beganMs = moments[0]?.atMs ?? 0;
  const actorWidth = Math.max(0, ...moments.map(({ actor }) => actor.length));
  const seqWidth = Math.max(0, ...moments.map(({ seq }) => String(seq).length)) + 1;
  const left = ({ atMs, seq, actor, does }: Moment) =>
    [
      `${Math.round(atMs - beganMs)}`.padStart(6),
      'ms',
      `#${seq}`.padStart(seqWidth),
      actor.padEnd(actorWidth),
      arrows[does],
      '',
    ].join(' ');
  const judgedAt = (moment: Moment) =>
    moment.does === 'came' || moment.does === 'note'
      ? evidence.filter((one) => one.entries[0] === moment.seq)
      : [];
  return [
    ...moments.flatMap((moment) =>
      hanging(options.colors.dim(left(moment)), moment.says, options.columns).concat(
        contentLines(moment, left(moment).length, options),
        judgedAt(moment).flatMap((one) => judgedLines(one, left(moment).length, options)),
      ),
    ),
    ...(cut === undefined ? [] : [`  stopped at step ${cut.step}: ${cut.because}`]),
  ];
}

const arrows = { sent: '→', came: '←', event: '⇠', note: '·' } as const;

/** Long bodies are cut, unless all is asked for. */
const contentMax = 400;

function contentLines(
  { content }: Moment,
  indent: number,
  { colors, columns, verbose }: Options,
): readonly string[] {
  if (content === undefined) return [];
  const text = verbose ? content : clipped(content, contentMax);
  return hanging(' '.repeat(indent), text, columns).map((line) => colors.dim(line));
}

function judgedLines(
  { acceptable, came, control, step }: Evidence,
  indent: number,
  { colors, columns }: Options,
): readonly string[] {
  const text = [
    `judged at step ${step}: acceptable ${acceptable}; came ${came}`,
    ...(control === undefined ? [] : [`control ${control}`]),
  ].join('; ');
  return hanging(' '.repeat(indent), text, columns).map((line) => colors.yellow(line));
}
