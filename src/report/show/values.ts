import { createHash } from 'node:crypto';
import { changes, type Change } from '../../model/session-choice.js';
import { isExchange } from '../../model/request-kind.js';
import type { Check } from '../../model/suite.js';
import type { ValuePath } from '../../model/value-path.js';
import { placeOf, written } from '../../model/walk.js';
import type { HttpRequest } from '../../model/framing.js';
import { eventsOf } from '../../model/reply.js';
import type { Exchange } from '../../model/transcript.js';
import { variableOf, type Name } from './text.js';

/** Where the value of a variable comes from. */
export type Origin =
  | { readonly from: 'header'; readonly seq: number; readonly header: string }
  /** The id of the n-th event of a stream, from 0. */
  | { readonly from: 'event'; readonly seq: number; readonly event: number }
  /** A value in the body of an answer, that a later step uses. */
  | { readonly from: 'answer'; readonly seq: number; readonly path: ValuePath }
  | { readonly from: 'literal'; readonly text: string }
  | { readonly from: 'changed'; readonly of: string; readonly change: Change };

export interface Value extends Name {
  readonly origin: Origin;
}

/** What a server said, or we made up, and requests carried later. */
export function valuesIn(exchanges: readonly Exchange[], check: Check | undefined): readonly Value[] {
  const values = new Map<string, Value>();
  const used = new Set<string>();
  const add = (token: string, words: string, origin: Origin) => {
    if (token === '' || values.has(token)) return;
    let variable = variableOf(words);
    while (used.has(variable)) variable = `${variable}_`;
    used.add(variable);
    values.set(token, { token, variable, origin });
  };
  for (const exchange of exchanges) {
    for (const token of tokensIn(exchange)) {
      addMade(token, [...values.values()], add);
      addSaved(token, exchange, exchanges, check, add);
    }
    addResumed(exchange, exchanges, add);
    for (const id of exchange.named)
      add(id, id.startsWith('«') ? id : `session ${exchange.actor}`, {
        from: 'header',
        seq: exchange.seq,
        header: 'mcp-session-id',
      });
  }
  return [...values.values()];
}

type Add = (token: string, words: string, origin: Origin) => void;

/** Pseudonyms of what was sent. */
function tokensIn({ sent }: Exchange): readonly string[] {
  if (sent.carrier !== 'http') return [];
  const texts = [
    ...sent.headers.map(([, value]) => value),
    sent.body ?? '',
    sent.query ?? '',
    sent.raw ?? '',
  ];
  return texts.flatMap((text) => text.match(/«[^»]*»/g) ?? []);
}

const made = /^«made (\w+?)(?: \d+)?»$/;
const changed = new RegExp(`^«(${changes.join('|')}) id of (.+?)(?: \\d+)?»$`);

function addMade(token: string, before: readonly Value[], add: Add): void {
  const [, form] = made.exec(token) ?? [];
  if (form !== undefined) return add(token, token, { from: 'literal', text: madeUp(form, token) });
  const [, how, actor] = changed.exec(token) ?? [];
  const change = changes.find((one) => one === how);
  // The session that the actor had at that moment is the one named last.
  const own = `«session ${actor ?? ''}`;
  const of = before.findLast(({ token: one }) => one === `${own}»` || one.startsWith(`${own} `));
  if (change !== undefined && of !== undefined)
    return add(token, token, { from: 'changed', of: of.variable, change });
}

/** As such ids look; the same for the same name. */
function madeUp(form: string, name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  if (form === 'uuid')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  if (form === 'short')
    return hex.slice(0, 7).replaceAll(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? 'q');
  return form === 'long' ? hex.repeat(128) : hex.slice(0, 32);
}

/** What a step of the check saved under the name that stands for it. */
function addSaved(
  token: string,
  { startedMs }: Exchange,
  exchanges: readonly Exchange[],
  check: Check | undefined,
  add: Add,
): void {
  const [, name = ''] = /^«([^ »]+)(?: \d+)?»$/.exec(token) ?? [];
  for (const step of written(check?.steps ?? [])) {
    const path = isExchange(step) ? step.save?.[name] : undefined;
    const saved = exchanges.findLast((one) => placeOf(one.step) === step.path && one.settledMs <= startedMs);
    if (path === undefined || saved === undefined) continue;
    const { seq } = saved;
    const [key] = path.keys;
    if (path.root === 'headers')
      add(token, token, { from: 'header', seq, header: String(key).toLowerCase() });
    else if (path.root === 'events') add(token, token, { from: 'event', seq, event: Number(key) });
    else add(token, token, { from: 'answer', seq, path });
  }
}

/** The id of an event that another stream had. */
function addResumed(exchange: Exchange, exchanges: readonly Exchange[], add: Add): void {
  if (exchange.sent.carrier !== 'http') return;
  const resumed = headerOf(exchange.sent, 'last-event-id');
  if (resumed === undefined) return;
  for (const { seq, reply } of exchanges) {
    const event = eventsOf(reply).findIndex(({ id }) => id === resumed);
    if (event >= 0) return add(resumed, `event ${seq} ${event}`, { from: 'event', seq, event });
  }
}

function headerOf({ headers }: HttpRequest, name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1];
}
