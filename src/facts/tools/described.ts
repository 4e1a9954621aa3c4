import type { CountAt } from '../../model/count.js';
import type { Refusal } from '../../model/data-session.js';
import type { DescribedTools, Probe, StateProbe, ToolCall, UpdateProbe } from '../../model/request.js';
import { isObject } from '../../model/json.js';
import { filledJson, from } from '../../model/template.js';
import { callOf, withProgress } from './arguments.js';
import type { HandleTools } from './handles.js';
import type { Listing } from './listed.js';
import { markedNonce } from './pairs.js';

/** Calls of described tools. */
export interface DescribedCalls {
  readonly state?: StateProbe;
  /** Where its reading shows how often was written. */
  readonly countAt?: CountAt['keys'];
  readonly identity?: Probe;
  readonly slow?: Probe;
  readonly notify?: Probe;
  readonly update?: UpdateProbe;
  readonly handle?: HandleTools;
  readonly ask?: Probe;
  readonly dataSession?: { readonly call?: Probe; readonly refusal?: Refusal };
}

export function describedCalls({
  state,
  identity,
  slow,
  notify,
  update,
  handle,
  ask,
  dataSession,
}: DescribedTools): DescribedCalls {
  return {
    ...(state && { state: { shows: state.shows, read: probe(state.read), write: marking(state) } }),
    ...(state?.countAt && { countAt: state.countAt }),
    ...(identity && { identity: probe(identity) }),
    ...(slow && { slow: withProgress(probe(slow)) }),
    ...(notify && { notify: withProgress(probe(notify)) }),
    ...(ask && { ask: probe(ask) }),
    ...(update && { update: { subscribe: subscribing(update.uri), change: probe(update.change) } }),
    ...(handle && { handle: handleCalls(handle) }),
    ...(dataSession && {
      dataSession: {
        ...(dataSession.call && { call: probe(dataSession.call) }),
        ...(dataSession.refusal && { refusal: dataSession.refusal }),
      },
    }),
  };
}

function handleCalls({ create, idAt, read, write, end }: NonNullable<DescribedTools['handle']>): HandleTools {
  return {
    create: probe(create),
    noun: '',
    ...(idAt && { idAt: { keys: idAt } }),
    read: probe(read),
    ...(write && { write: { probe: marked(write), counts: JSON.stringify(write) === JSON.stringify(read) } }),
    ...(end && { end: probe(end) }),
  };
}

export function subscribing(uri: string): Probe {
  return { method: 'resources/subscribe', params: { uri } };
}

function probe({ name, arguments: args }: ToolCall): Probe {
  return callOf(name, args);
}

/** Marks are counted, so a nonce that is written stands behind one. */
function marking({ write, shows }: NonNullable<DescribedTools['state']>): Probe {
  return shows === 'marks' ? marked(write) : probe(write);
}

function marked({ name, arguments: args }: ToolCall): Probe {
  const filled = filledJson(args, from({ nonce: markedNonce }));
  return callOf(name, isObject(filled) ? filled : args);
}

/** A described tool that a target does not list, where all that it lists is known. */
export function unlisted(tools: DescribedTools, listing: Listing | undefined): string | undefined {
  if (listing?.isWhole !== true) return undefined;
  const listed = listing.tools.map(({ name }) => name);
  const { state, update, handle, dataSession, ...plain } = tools;
  const calls = {
    'handle.create': handle?.create,
    'handle.read': handle?.read,
    'handle.write': handle?.write,
    'handle.end': handle?.end,
    'state.write': state?.write,
    'state.read': state?.read,
    'update.change': update?.change,
    'data-session.call': dataSession?.call,
    ...plain,
  };
  for (const [key, wanted] of Object.entries(calls)) {
    if (wanted === undefined || listed.includes(wanted.name)) continue;
    const others = listed.length === 0 ? 'it lists none' : `it lists ${listed.slice(0, shownMax).join(', ')}`;
    return `the target lists no tool ${JSON.stringify(wanted.name)}, which stands under tools.${key}; ${others}`;
  }
  return undefined;
}

const shownMax = 10;
