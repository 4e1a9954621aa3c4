import { isObject, parseJson } from '../model/json.js';
import { messagesOf } from '../model/message.js';
import { eventsOf } from '../model/reply.js';
import type { Exchange } from '../model/transcript.js';
import { good, skip, type InvariantTest } from './holding.js';

/**
 * Two sessions may use one token at the same time. Progress rises within a call; where it does for a call that has its token alone, and
 * does not for one that shares it, some of it belongs to the other call.
 */
export const progressStays: InvariantTest = (exchange, all) => {
  const token = tokenOf(exchange);
  if (token === undefined) return skip;
  const users = all.filter((other) => tokenOf(other) === token);
  const other = users.find(({ actor }) => actor !== exchange.actor);
  const control = all.find(
    (one) =>
      one.actor === exchange.actor &&
      one !== exchange &&
      all.every((each) => each === one || tokenOf(each) !== tokenOf(one)),
  );
  const single = control && tokenOf(control);
  if (other === undefined || single === undefined || users.some(isDoubled)) return skip;
  const own = all.filter(({ actor }) => actor === exchange.actor);
  const [alone, shared] = [progressIn(own, single), progressIn(own, token)];
  if (alone.length === 0 || !rises(alone) || shared.length === 0) return skip;
  if (rises(shared)) return good;
  const theirs = progressIn(
    all.filter(({ actor }) => actor === other.actor),
    token,
  );
  // A call that was carried out twice reports twice, and costs the other nothing.
  if (rises(theirs) && theirs.length >= alone.length) return skip;
  const says = `to ${exchange.actor} came the progress ${shared.join(', ')}, where its call makes ${alone.join(', ')}: a call of ${other.actor} has the same token`;
  return { kind: 'bad', reason: 'stray-message', says };
};

function tokenOf({ sent, asked }: Exchange): string | undefined {
  if (asked.kind !== 'request') return undefined;
  const message = parseJson((sent.carrier === 'http' ? sent.body : sent.line) ?? '');
  const params = isObject(message) ? message['params'] : undefined;
  const meta = isObject(params) ? params['_meta'] : undefined;
  const token = isObject(meta) ? meta['progressToken'] : undefined;
  return typeof token === 'string' ? token : undefined;
}

/** The progress under a token on all streams of a client, in the order in which it came. */
function progressIn(exchanges: readonly Exchange[], token: string): readonly number[] {
  const came = exchanges.flatMap(({ reply }) =>
    eventsOf(reply).flatMap((event) =>
      messagesOf(event).flatMap(({ kind, value }) => {
        if (kind !== 'notification' || !isObject(value)) return [];
        const params = value['params'];
        if (!isObject(params) || params['progressToken'] !== token) return [];
        const progress = params['progress'];
        return typeof progress === 'number' ? [{ progress, atMs: event.atMs }] : [];
      }),
    ),
  );
  return came.toSorted((a, b) => a.atMs - b.atMs).map(({ progress }) => progress);
}

function rises(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || value > (values[index - 1] ?? Infinity));
}

/** What came twice makes progress twice. */
function isDoubled({ again }: Exchange): boolean {
  return again !== undefined;
}
