import type { JSX } from 'preact';
import { describeCame } from '../../model/describe-exchange.js';
import { eventsOf } from '../../model/reply.js';
import type { Exchange } from '../../model/transcript.js';
import { plural } from '../../model/plural.js';
import type { Scene } from './cases.js';
import { layOut, type Layout, type Placed, type Role } from './lane-layout.js';
import { wired } from './parts.js';
import { ms } from './lane-notes.js';

/** Who sent what when: a column for each actor and stream, time downwards. The places are classes, since a page may carry no styles of its own. */
export function Lanes({ scene, label }: { readonly scene: Scene; readonly label: string }): JSX.Element {
  const { lanes, columns, rows } = layOut(scene);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <ol class={`lanes w${columns}`}>
        <Heads lanes={lanes} endRow={(rows.at(-1)?.row ?? 1) + 1} />
        {rows.map((row) =>
          row.kind === 'remark' ? (
            <li class={`r${row.row} remark`}>{wired(row.says, notesMax)}</li>
          ) : (
            <Cell placed={row} />
          ),
        )}
      </ol>
    </div>
  );
}

const notesMax = 160;

// Each exchange names its actor for those who do not see the columns.
function Heads({ lanes, endRow }: Pick<Layout, 'lanes'> & { readonly endRow: number }): JSX.Element {
  return (
    <>
      <li class="r1 c1 head" aria-hidden="true">
        time
      </li>
      {lanes.map(({ name, column, width }) => (
        <li class={`r1 c${column} d${column + width} head`} aria-hidden="true">
          {wired(name, nameMax)}
        </li>
      ))}
      {lanes.map(({ column, width }) => (
        <li class={`r2 e${endRow} c${column} d${column + width} line`} aria-hidden="true" />
      ))}
    </>
  );
}

const nameMax = 40;

function Cell({ placed }: { readonly placed: Placed }): JSX.Element {
  const { exchange, row, endRow, column, lane, afterMs, role } = placed;
  const events = eventsOf(exchange.reply).length;
  return (
    <>
      <li class={`r${row} c1 time`} aria-hidden="true">
        {ms(afterMs)}
      </li>
      <li class={`r${row} e${endRow} c${column} cell${role === undefined ? '' : ` ${role}`}`}>
        <span class="unseen">{`after ${ms(afterMs)}, ${wired(lane, nameMax)}: `}</span>
        {role !== undefined && <b class="role">{roleSays[role]}</b>}
        <code>
          {openingOf(exchange)
            .split('/')
            .map((part, i) => (i === 0 ? part : [<wbr />, `/${part}`]))}
        </code>
        {exchange.asked.session.map((id) => (
          <span class="id">{wired(id, nameMax)}</span>
        ))}
        <span class="came">
          <span aria-hidden="true">→ </span>
          {wired(describeCame(exchange), cameMax)}
          {events > 0 && ` (${plural(events, 'event')})`}
          {exchange.reply.kind === 'response' && (
            <span class="took">{` ${ms(exchange.settledMs - exchange.startedMs)}`}</span>
          )}
        </span>
      </li>
    </>
  );
}

const cameMax = 90;

export const roleSays: Readonly<Record<Role, string>> = {
  decides: 'This decides',
  control: 'Control',
  beside: 'Compared with it',
};

/** The method of HTTP and of the message, as in `POST tools/call`. */
function openingOf({ sent, asked }: Exchange): string {
  if (sent.carrier === 'stdio') return asked.method ?? (sent.line === undefined ? 'listens' : 'a line');
  if (sent.raw !== undefined) return `raw bytes ${asked.method ?? ''}`.trim();
  return wired([sent.method, asked.method ?? ''].join(' ').trim(), nameMax);
}
