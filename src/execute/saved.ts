import type { Json } from '../model/request.js';
import { answerTo, type RpcId } from '../model/message.js';
import { eventsOf, replyHeader, type Reply } from '../model/reply.js';
import { isObject, partsOf, type JsonObject } from '../model/json.js';
import { isExchange } from '../model/request-kind.js';
import { written } from '../model/walk.js';
import type { Step } from '../model/suite.js';
import { valueAt, type ValuePath } from '../model/value-path.js';
import type { CheckRun, Live } from './check-run.js';
import { madeBy } from './made.js';

/** A place in an answer that later steps use. It is looked up when it is used, since a stream may still bring it. */
export interface Saved {
  readonly live: Live;
  readonly path: ValuePath;
}

/** Keeps where the values of a step are found: in an iteration for the steps of that iteration, elsewhere for all. */
export function keepPlaces({ of, ...live }: Live, run: CheckRun, iteration: number | undefined): void {
  for (const [name, path] of Object.entries(of.save ?? {}))
    run.saved.set(savedKey(name, iteration), { live: { of, ...live }, path });
}

/** After a `repeat`, its last iteration speaks for all of it. */
export function settlePlaces(names: readonly string[], times: number, run: CheckRun): void {
  for (const name of names)
    for (let index = 0; index < times; index += 1) {
      const saved = run.saved.get(savedKey(name, index));
      if (saved !== undefined) run.saved.set(name, saved);
      run.saved.delete(savedKey(name, index));
    }
}

/** The value under a name, raw; nothing where it did not come. */
export function savedValue(name: string, run: CheckRun, iteration: number | undefined): Json | undefined {
  const saved = run.saved.get(savedKey(name, iteration)) ?? run.saved.get(name);
  const value = saved && valueIn(saved, run);
  if (value !== undefined) mask(value, name, run);
  return value === '' ? undefined : value;
}

/** The texts at a place in all answers of a group, raw. */
export function valuesIn(group: string, path: ValuePath, run: CheckRun): readonly string[] {
  const values = run.lives
    .filter(({ of }) => of.group === group)
    .map((live) => valueIn({ live, path }, run))
    .filter((value) => typeof value === 'string');
  for (const value of values) mask(value, group, run);
  return values;
}

/** The id that a step made may be a key to something, saved or not. */
export function maskMade({ of, call, rpcId }: Live, run: CheckRun): void {
  const made = madeBy(of, answerIn(call.snapshot(), rpcId)?.['result'], run);
  const [name = 'handle'] = Object.entries(of.save ?? {}).flatMap(([key, { root }]) =>
    root === 'handle' ? [key] : [],
  );
  if (made !== undefined) mask(made, name, run);
}

/** Makes the masks know every value that came, used or not, before anything is written down. */
export function maskSaved(run: CheckRun): void {
  for (const [key, saved] of run.saved) mask(valueIn(saved, run) ?? null, key.split('#')[0] ?? key, run);
}

/** The names under which steps, and those within them, save something. */
export function savedNames(steps: readonly Step[]): readonly string[] {
  return written(steps).flatMap((step) => (isExchange(step) ? Object.keys(step.save ?? {}) : []));
}

function savedKey(name: string, iteration: number | undefined): string {
  return iteration === undefined ? name : `${name}#${iteration}`;
}

function valueIn({ live, path: { root, keys } }: Saved, run: CheckRun): Json | undefined {
  const reply = live.call.snapshot();
  const [first = 0] = keys;
  switch (root) {
    case 'result':
    case 'error':
      return valueAt(answerIn(reply, live.rpcId)?.[root], keys);
    case 'headers':
      return replyHeader(reply, String(first))[0];
    case 'events':
      return eventsOf(reply)[Number(first)]?.id;
    case 'handle':
      return madeBy(live.of, answerIn(reply, live.rpcId)?.['result'], run);
  }
}

function answerIn(reply: Reply, rpcId: RpcId | undefined): JsonObject | undefined {
  const value = answerTo(reply, rpcId)?.value;
  return isObject(value) ? value : undefined;
}

/**
 * What a target hands out may be a key to something, so it is written down under a pseudonym. A word that the check has sent itself is
 * none, and has to stay readable: by it answers are told apart. Nor is a word that any text may have.
 */
function mask(value: Json, name: string, run: CheckRun): void {
  for (const { value: part } of partsOf(value)) {
    if (typeof part !== 'string' || run.masks.known(part) !== undefined || !isSecretLike(part)) continue;
    if (run.words.includes(part) || run.nonces.some((nonce) => part.includes(nonce))) continue;
    run.masks.name(part, name);
  }
}

function isSecretLike(value: string): boolean {
  return !/\s/.test(value) && (value.length >= 16 || (value.length >= 8 && /\d/.test(value)));
}
