import { describeCame, describeSent } from '../../model/describe-exchange.js';
import type { HttpRequest } from '../../model/framing.js';
import { eventsOf, isStream, type Reply, type StreamEvent } from '../../model/reply.js';
import type { Entry, Exchange } from '../../model/transcript.js';

/** Something that happened at a moment of a check, as one line with what travelled. */
export interface Moment {
  readonly atMs: number;
  readonly seq: number;
  readonly actor: string;
  readonly does: 'sent' | 'came' | 'event' | 'note';
  readonly says: string;
  readonly content?: string;
}

/** All that happened, in the order of the clock. */
export function momentsOf(entries: readonly Entry[]): readonly Moment[] {
  let lastMs = 0;
  const moments = entries.flatMap((entry): readonly Moment[] => {
    if (entry.kind === 'exchange') {
      lastMs = Math.max(lastMs, entry.startedMs);
      return ofExchange(entry);
    }
    if (entry.kind === 'quiet') lastMs = Math.max(lastMs, entry.toMs);
    return [
      {
        atMs: lastMs,
        seq: entry.seq,
        actor: 'actor' in entry ? entry.actor : '',
        does: 'note',
        says: noteOf(entry),
      },
    ];
  });
  return moments.toSorted((a, b) => a.atMs - b.atMs);
}

function ofExchange(exchange: Exchange): readonly Moment[] {
  const { seq, actor, sent, reply, startedMs, settledMs, afterwards } = exchange;
  const one = { seq, actor } as const;
  const body = sent.carrier === 'http' ? bodyOf(sent) : sent.line;
  const text = reply.kind === 'response' && reply.content.kind === 'body' ? reply.content.text : undefined;
  const end = isStream(reply) ? endWords(reply) : '';
  return [
    { ...one, atMs: startedMs, does: 'sent', says: describeSent(exchange), ...withContent(body) },
    { ...one, atMs: settledMs, does: 'came', says: `${describeCame(exchange)}${end}`, ...withContent(text) },
    ...eventsOf(reply).map((event) => ofEvent(one, event)),
    ...(afterwards === undefined
      ? []
      : [
          {
            ...one,
            atMs: settledMs,
            does: 'note',
            says: `a fresh client then got ${describeCame({ ...exchange, reply: afterwards })}`,
          } as const,
        ]),
  ];
}

function ofEvent(one: Pick<Moment, 'seq' | 'actor'>, { atMs, data, id }: StreamEvent): Moment {
  const says = id === undefined ? 'event' : `event ${id}`;
  return { ...one, atMs, does: 'event', says, ...withContent(data) };
}

function bodyOf({ body, raw }: HttpRequest): string | undefined {
  return raw ?? body;
}

function withContent(text: string | undefined): { readonly content?: string } {
  return text === undefined || text === '' ? {} : { content: text };
}

function endWords(reply: Reply): string {
  if (reply.kind !== 'response') return '';
  const words = {
    complete: 'which the server ended',
    open: 'open until the check ended',
    aborted: 'which the check closed',
    truncated: 'which was cut off',
    limit: 'longer than what is kept',
  };
  return `, ${words[reply.content.end]}`;
}

function noteOf(entry: Exclude<Entry, Exchange>): string {
  switch (entry.kind) {
    case 'awaited':
      return `waited ${Math.round(entry.afterMs)} ms for ${entry.stream}: ${entry.came ? 'it came' : 'nothing came'}`;
    case 'quiet':
      return `watched ${entry.stream} for ${Math.round(entry.toMs - entry.fromMs)} ms`;
    case 'finding':
      return `${entry.analysis} over ${entry.samples} ids: ${JSON.stringify(entry.finds)}`;
    case 'operated':
      return `${entry.does} of the process: ${entry.done ? 'done' : 'it did not do so'} after ${Math.round(entry.afterMs)} ms`;
    case 'exited':
      return `the process ended: ${entry.code === null ? (entry.signal ?? '') : `code ${entry.code}`}`;
    case 'skipped':
      return `left out: ${entry.because}`;
  }
}
