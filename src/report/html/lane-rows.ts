import { plural } from '../../model/plural.js';
import type { Exchange, Transcript } from '../../model/transcript.js';
import { exchangesOf } from './lane-choice.js';
import { noteOf } from './lane-notes.js';

export interface Start {
  readonly kind: 'start';
  readonly row: number;
  readonly exchange: Exchange;
}

/** Across all lanes: what was left out, or happened besides. */
export interface Remark {
  readonly kind: 'remark';
  readonly row: number;
  readonly says: string;
}

/** A row for the start of each exchange that is shown, in order of time, with remarks in between. */
export function rowsOf(transcript: Transcript, chosen: readonly Exchange[]): readonly (Start | Remark)[] {
  const all = exchangesOf(transcript);
  const places = chosen.map((exchange) => all.indexOf(exchange));
  const rows = chosen.flatMap((exchange, i): readonly Unplaced[] => [
    ...leftOut((places[i] ?? 0) - (places[i - 1] ?? -1) - 1),
    ...notesBetween(transcript, latest(chosen.slice(0, i)), exchange.seq),
    { kind: 'start', exchange },
  ]);
  const end = [
    ...notesBetween(transcript, latest(chosen), Number.POSITIVE_INFINITY),
    ...leftOut(all.length - (places.at(-1) ?? -1) - 1),
  ];
  return [...rows, ...end].map((row, i) => placed(row, i + firstRow));
}

function placed(row: Unplaced, at: number): Start | Remark {
  return row.kind === 'start'
    ? { kind: 'start', row: at, exchange: row.exchange }
    : { kind: 'remark', row: at, says: row.says };
}

type Unplaced = Omit<Start, 'row'> | Omit<Remark, 'row'>;

/** The names of the lanes stand above. */
const firstRow = 2;

function leftOut(count: number): readonly Unplaced[] {
  return count > 0 ? [{ kind: 'remark', says: `${plural(count, 'more exchange')}, not shown` }] : [];
}

/** The latest that was recorded. Where requests overlap, that is not the last one that began. */
function latest(exchanges: readonly Exchange[]): number {
  return Math.max(Number.NEGATIVE_INFINITY, ...exchanges.map(({ seq }) => seq));
}

function notesBetween({ entries }: Transcript, from: number, to: number): readonly Unplaced[] {
  return entries
    .filter((entry) => entry.kind !== 'exchange' && entry.seq > from && entry.seq < to)
    .slice(0, notesMax)
    .map((entry) => ({ kind: 'remark', says: noteOf(entry) }));
}

const notesMax = 3;
