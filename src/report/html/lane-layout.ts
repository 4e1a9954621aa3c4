import { eventsOf, isStream } from '../../model/reply.js';
import type { Exchange } from '../../model/transcript.js';
import type { Scene } from './cases.js';
import { chosenOf } from './lane-choice.js';
import { rowsOf, type Remark, type Start } from './lane-rows.js';

/** A diagram as a grid: one column an actor and stream, time downwards. The first column and the first row have the labels. */
export interface Layout {
  readonly lanes: readonly Lane[];
  /** Besides the first one, which has the time. */
  readonly columns: number;
  /** In order of time. */
  readonly rows: readonly (Placed | Remark)[];
}

export interface Lane {
  readonly name: string;
  readonly column: number;
  /** More than one where requests of the lane overlap. */
  readonly width: number;
}

export interface Placed {
  readonly kind: 'exchange';
  readonly exchange: Exchange;
  readonly lane: string;
  readonly row: number;
  /** The row that it ends before: more than the next one where others began while it was under way. */
  readonly endRow: number;
  readonly column: number;
  /** Since the first exchange that is shown. */
  readonly afterMs: number;
  readonly role: Role | undefined;
}

export type Role = 'decides' | 'control' | 'beside';

export function layOut(scene: Scene): Layout {
  const chosen = chosenOf(scene);
  const rows = rowsOf(scene.transcript, chosen);
  const spans = spansOf(rows.filter((row): row is Start => row.kind === 'start'));
  const { lanes, columnOf } = columnsFor(spans);
  const beganMs = chosen[0]?.startedMs ?? 0;
  const placed = spans.map((span): Placed => ({
    kind: 'exchange',
    exchange: span.exchange,
    lane: laneOf(span.exchange),
    row: span.row,
    endRow: span.endRow,
    column: columnOf.get(span) ?? firstColumn,
    afterMs: Math.max(0, Math.round(span.exchange.startedMs - beganMs)),
    role: roleOf(span.exchange, scene),
  }));
  const remarks = rows.filter((row): row is Remark => row.kind === 'remark');
  return {
    lanes,
    columns: lanes.reduce((sum, { width }) => sum + width, 0),
    rows: [...placed, ...remarks].toSorted((a, b) => a.row - b.row),
  };
}

function roleOf(exchange: Exchange, { decides, beside, controlled }: Scene): Role | undefined {
  if (exchange === decides) return 'decides';
  if (!beside.includes(exchange)) return undefined;
  return controlled ? 'control' : 'beside';
}

/** An actor at a node, or one of its streams. */
function laneOf({ actor, node = 0, asked, reply }: Exchange): string {
  const where = node > 0 ? `${actor} at node ${node + 1}` : actor;
  return asked.kind === 'get' && isStream(reply) ? `${where}, stream` : where;
}

type Span = Pick<Placed, 'exchange' | 'row' | 'endRow'>;

/** How far down each exchange reaches. */
function spansOf(starts: readonly Start[]): readonly Span[] {
  return starts.map(({ exchange, row }) => {
    const end = endOf(exchange);
    const during = starts.filter((other) => other.row > row && other.exchange.startedMs < end);
    return { exchange, row, endRow: (during.at(-1)?.row ?? row) + 1 };
  });
}

/** A stream that we keep open ends with the check. */
function endOf({ settledMs, reply, asked }: Exchange): number {
  const last = Math.max(settledMs, eventsOf(reply).at(-1)?.atMs ?? 0);
  if (reply.kind !== 'response' || !isStream(reply) || asked.kind !== 'get') return last;
  const { end } = reply.content;
  return end === 'open' || end === 'aborted' ? Number.POSITIVE_INFINITY : last;
}

const firstColumn = 2;

/** The lanes in order of appearance; requests of one lane that overlap lie side by side. */
function columnsFor(spans: readonly Span[]): {
  readonly lanes: readonly Lane[];
  readonly columnOf: ReadonlyMap<Span, number>;
} {
  const lanes: Lane[] = [];
  const columnOf = new Map<Span, number>();
  let column = firstColumn;
  for (const name of new Set(spans.map(({ exchange }) => laneOf(exchange)))) {
    const endRows: number[] = [];
    for (const span of spans.filter(({ exchange }) => laneOf(exchange) === name)) {
      const free = endRows.findIndex((endRow) => endRow <= span.row);
      const line = free < 0 ? endRows.length : free;
      endRows[line] = span.endRow;
      columnOf.set(span, column + line);
    }
    lanes.push({ name, column, width: endRows.length });
    column += endRows.length;
  }
  return { lanes, columnOf };
}
