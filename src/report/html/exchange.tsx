import type { JSX } from 'preact';
import { describeCame } from '../../model/describe-exchange.js';
import type { Header } from '../../model/framing.js';
import { plural } from '../../model/plural.js';
import type { Content, End, Frame, Reply, StreamEvent } from '../../model/reply.js';
import type { Exchange } from '../../model/transcript.js';
import { shownBody } from './body.js';
import { wired } from './parts.js';
import { ms } from './lane-notes.js';

/** One request and what came back, with all header fields in order. */
export function ExchangeView({
  exchange,
  title,
  path,
}: {
  readonly exchange: Exchange;
  readonly title: string;
  readonly path: string;
}): JSX.Element {
  const { reply, again = [], afterwards, afterwardsMs = 0, startedMs, settledMs } = exchange;
  return (
    <div class="exchange">
      <h4>{title}</h4>
      <Request exchange={exchange} path={path} />
      {again.length > 0 && (
        <p class="aside">{`Sent again after ${plural(again.length, 'answer')} that proved nothing.`}</p>
      )}
      <p class="wire">
        <b>
          <span aria-hidden="true">← </span>
          {reply.kind === 'response' ? statusLine(reply.frame) : wired(describeCame(exchange))}
        </b>
        {reply.kind === 'response' && <span class="took">{` after ${ms(settledMs - startedMs)}`}</span>}
      </p>
      {reply.kind === 'response' && <Response reply={reply} startedMs={startedMs} />}
      {afterwards !== undefined && (
        <p class="aside">
          {`Right after it, a fresh client got ${cameTo(exchange, afterwards)} in ${ms(afterwardsMs)}.`}
        </p>
      )}
    </div>
  );
}

/** The request of the fresh client was another one, with an id of its own. */
function cameTo(exchange: Exchange, reply: Reply): string {
  return wired(describeCame({ ...exchange, asked: { kind: 'request', session: [] }, named: [], reply }));
}

function Request({
  exchange: { sent, actor },
  path,
}: {
  readonly exchange: Exchange;
  readonly path: string;
}): JSX.Element {
  if (sent.carrier === 'stdio')
    return (
      <>
        <p class="wire">{`${wired(actor)} to standard input`}</p>
        <Text text={sent.line ?? ''} label="line" />
      </>
    );
  if (sent.raw !== undefined)
    return (
      <>
        <p class="wire">{`${wired(actor)}: exactly these bytes`}</p>
        <Text text={sent.raw} label="bytes" />
      </>
    );
  const query = sent.query === undefined ? '' : `?${sent.query}`;
  return (
    <>
      <p class="wire">
        <b>
          <span aria-hidden="true">→ </span>
          {wired(`${sent.method} ${query === '' ? path : path.replace(/\?.*$/s, '')}${query}`)}
        </b>
        <span class="took">{` from ${wired(actor)}`}</span>
      </p>
      <Fields headers={sent.headers} label="Header fields that were sent" />
      {sent.body !== undefined && <Text text={sent.body} label="body" />}
    </>
  );
}

function statusLine(frame: Frame): string {
  return frame.carrier === 'http' ? `HTTP ${frame.status}` : 'Messages on standard output';
}

function Response({
  reply: { frame, content },
  startedMs,
}: {
  readonly reply: Extract<Reply, { readonly kind: 'response' }>;
  readonly startedMs: number;
}): JSX.Element {
  return (
    <>
      {frame.carrier === 'http' && <Fields headers={frame.headers} label="Header fields that came" />}
      <Came content={content} startedMs={startedMs} />
      {endSays[content.end] !== '' && <p class="aside">{endSays[content.end]}</p>}
    </>
  );
}

const endSays: Readonly<Record<End, string>> = {
  complete: '',
  open: 'The stream was still open.',
  aborted: 'sessionspec ended it.',
  truncated: 'The server broke it off.',
  limit: 'It is larger than sessionspec reads.',
};

function Came({
  content,
  startedMs,
}: {
  readonly content: Content;
  readonly startedMs: number;
}): JSX.Element {
  if (content.kind === 'body') {
    if (content.bytes === 0) return <p class="aside">No body.</p>;
    return (
      <Text
        text={content.text}
        label={`body, ${plural(content.bytes, 'byte')}${content.garbled ? ', no valid UTF-8' : ''}`}
      />
    );
  }
  const { events } = content;
  const left = events.length - eventsMax;
  return (
    <>
      {events.length === 0 && <p class="aside">No event came.</p>}
      {events.slice(0, eventsMax).map((event) => (
        <Text text={event.data} label={eventLabel(event, startedMs)} charsMax={eventCharsMax} />
      ))}
      {left > 0 && <p class="aside">{`${plural(left, 'more event')}, in the recording`}</p>}
    </>
  );
}

const eventsMax = 6;
const eventCharsMax = 600;

function eventLabel({ event, id, atMs }: StreamEvent, startedMs: number): string {
  const named = event === undefined ? '' : ` ${wired(event, 60)}`;
  const numbered = id === undefined ? '' : `, id ${wired(id, 60)}`;
  return `event${named}${numbered}, after ${ms(atMs - startedMs)}`;
}

function Fields({
  headers,
  label,
}: {
  readonly headers: readonly Header[];
  readonly label: string;
}): JSX.Element {
  const left = headers.length - fieldsMax;
  return (
    <ul class="fields" aria-label={label}>
      {headers.slice(0, fieldsMax).map(([name, value]) => (
        <li>
          <span class="name">{`${wired(name, 80)}:`}</span> {wired(value, fieldCharsMax)}
        </li>
      ))}
      {left > 0 && <li class="aside">{`${plural(left, 'more field')}, in the recording`}</li>}
    </ul>
  );
}

const fieldsMax = 30;
const fieldCharsMax = 300;

/** Text as it went over the wire, and how much of it is not shown. */
function Text({
  text,
  label,
  charsMax = bodyCharsMax,
}: {
  readonly text: string;
  readonly label: string;
  readonly charsMax?: number;
}): JSX.Element {
  const { text: shown, left, indented } = shownBody(text, charsMax);
  return (
    <div class="text">
      <p class="aside">{indented ? `${label}, indented here` : label}</p>
      <pre tabIndex={0} role="group" aria-label={label}>
        {shown}
        {left > 0 && <span class="cut">{`… ${plural(left, 'more character')}, in the recording`}</span>}
      </pre>
    </div>
  );
}

const bodyCharsMax = 2_500;
