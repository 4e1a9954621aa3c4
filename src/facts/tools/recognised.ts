import type { Probe, StateProbe } from '../../model/request.js';
import type { JsonObject } from '../../model/json.js';
import type { Explore } from '../../model/run.js';
import { whyNever } from './allowed.js';
import { callOf, madeUp, withProgress } from './arguments.js';
import { handleTools, serverTaskCalls, takingIds, taskCalls, type HandleTools } from './handles.js';
import type { Tool } from './listed.js';
import { keptPairs, type KeptPair } from './kept.js';
import { statePairs, counters } from './pairs.js';
import { localTools } from './local.js';
import { brieflyOf, slowCalls, type SlowCall } from './slow.js';
import { about, speaksOf } from './words.js';

/** What tools may be good for, the likeliest first. Each is tried before a check rests on it. */
export interface Candidates {
  readonly counters: readonly StateProbe[];
  readonly words: readonly StateProbe[];
  /** Of which a reading may show how often was written, whatever is written. */
  readonly kept: readonly KeptPair[];
  readonly identity: readonly Probe[];
  readonly slow: readonly SlowCall[];
  readonly notify: readonly Probe[];
  /** Calls that may make the server ask its client for something. */
  readonly asking: readonly Probe[];
  /** Calls that may change a resource. */
  readonly changes: readonly Probe[];
  readonly handles: readonly HandleTools[];
  /** Calls that may be made as tasks. */
  readonly tasks: readonly Probe[];
  /** Calls of which a server may make a task by itself. */
  readonly serverTasks: readonly Probe[];
  /** Calls of tools that stand for nothing else, and of those that only read what is the server's own: whatever comes of them is looked at. */
  readonly anything: readonly Probe[];
}

export const nothing: Candidates = {
  counters: [],
  words: [],
  kept: [],
  identity: [],
  slow: [],
  notify: [],
  asking: [],
  changes: [],
  handles: [],
  tasks: [],
  serverTasks: [],
  anything: [],
};

/** So many of a kind are tried, and so many where every tool may be good for anything. */
const usualMax = 3;
export const widelyMax = 8;

/** By name, by description and by what each tool takes; where all are explored, by what it takes alone. */
export function recognised(listed: readonly Tool[], explores: Explore | false = false): Candidates {
  const widely = explores === 'all';
  const triedMax = widely ? widelyMax : usualMax;
  const inside = insideTools(listed);
  const tools = listed.filter((tool) => whyNever(tool, widely) === undefined || inside.has(tool));
  const slow = slowCalls(tools, inside);
  const taking = takingIds(tools);
  const kept = tools.filter((tool) => !taking.has(tool));
  const isSlow = ({ name }: Tool) => slow.some((call) => call.name === name);
  const readsInside = (tool: Tool) => tool.isReader || (tool.reads && inside.has(tool));
  const others = kept.filter(
    (tool) => (widely || speaksOf(tool.words, 'trying') || readsInside(tool)) && !isSlow(tool),
  );
  // What changes something is tried for whom it tells, or asks.
  const writing = (widely ? tools : explores === 'local' ? localTools(listed) : [])
    .filter(({ isReadOnly }) => !isReadOnly)
    .flatMap((tool) => madeUp(tool) ?? []);
  return {
    counters: counters(kept).slice(0, triedMax),
    words: statePairs(kept).slice(0, triedMax),
    kept: keptPairs(kept).slice(0, triedMax),
    identity: identities(tools).slice(0, triedMax),
    slow: slow.slice(0, triedMax),
    notify: notifying(tools, slow, inside).slice(0, triedMax),
    asking: [...askingTools(tools), ...writing].slice(0, triedMax),
    changes: [...changing(tools), ...writing].slice(0, triedMax),
    handles: handleTools(tools, widely).slice(0, triedMax),
    tasks: taskCalls(listed).slice(0, triedMax),
    serverTasks: serverTaskCalls(listed, widely).slice(0, triedMax),
    anything: calls(others.toSorted((a, b) => Number(readsInside(a)) - Number(readsInside(b)))).slice(
      0,
      2 * triedMax,
    ),
  };
}

/** What says that it tells its client how far it is, or that it reads, is recognised by that, where nothing that is said speaks of what is outside, or meant for all. */
function insideTools(listed: readonly Tool[]): ReadonlySet<Tool> {
  return new Set(
    localTools(listed).filter(({ tells, reads, words }) => (tells || reads) && !speaksOf(words, 'common')),
  );
}

function calls(tools: readonly Tool[]): readonly Probe[] {
  return tools.flatMap((tool) => madeUp(tool) ?? []).map(withProgress);
}

/** Tools that tell the id of the session they are called in; `whoami` may tell the user. */
function identities(tools: readonly Tool[]): readonly Probe[] {
  const telling = tools.filter(({ nameWords, properties }) => {
    if (properties.some(({ isRequired }) => isRequired)) return false;
    const words = nameWords.filter((word) => !about.sessions.test(word));
    if (nameWords.join('') === 'whoami') return true;
    return (
      words.length < nameWords.length &&
      words.every((word) => about.naming.test(word) || about.reading.test(word))
    );
  });
  return telling.map(({ name }) => callOf(name, {}));
}

/** Tools that make the server send the caller a message: those that are named so and nothing more, that only try, or that say so. */
function notifying(
  tools: readonly Tool[],
  slow: readonly SlowCall[],
  inside: ReadonlySet<Tool>,
): readonly Probe[] {
  const named = tools.filter(
    ({ nameWords }) =>
      speaksOf(nameWords, 'messages') &&
      nameWords.every((word) => about.messages.test(word) || harmlessBeside.test(word)),
  );
  const trying = tools.filter(
    (tool) => !named.includes(tool) && speaksOf(tool.words, 'messages') && speaksOf(tool.words, 'trying'),
  );
  const telling = tools.filter(
    (tool) =>
      tool.tells &&
      inside.has(tool) &&
      !named.includes(tool) &&
      !trying.includes(tool) &&
      takesWordsOnly(tool),
  );
  const briefOf = ({ name }: Tool) => {
    const call = slow.find((one) => one.name === name);
    return call?.given(brieflyOf(call)) ?? {};
  };
  return [...named, ...trying, ...telling]
    .flatMap((tool) => messageCall(tool, briefOf(tool)) ?? [])
    .map(withProgress);
}

/** Nothing that it requires is more than a word or a number. */
function takesWordsOnly({ properties }: Tool): boolean {
  return properties.every(({ isRequired, kind }) => !isRequired || kind === 'text' || kind === 'number');
}

/**
 * Tools that make the server ask its client for something: that speak of the feature, or that are named as asking, take nothing and say whom
 * they ask. What is given the question may ask anybody.
 */
function askingTools(tools: readonly Tool[]): readonly Probe[] {
  const speaking = tools.filter(
    ({ words }) =>
      speaksOf(words, 'eliciting') || (speaksOf(words, 'sampling') && speaksOf(words, 'sampled')),
  );
  const named = tools.filter(
    (tool) =>
      !speaking.includes(tool) &&
      speaksOf(tool.nameWords.slice(0, 1), 'asking') &&
      speaksOf(tool.words, 'asked') &&
      !tool.properties.some(({ isRequired }) => isRequired),
  );
  return [...speaking, ...named].flatMap((tool) => madeUp(tool) ?? []);
}

const harmlessBeside =
  /^(?:me|client|session|message|msg|line|event|now|start|say|with|stream|it|list|tool|change|changed)s?$/;

/** With a text of ours in whatever takes one, so that the message can be told from those of others; it takes no longer than it must. */
function messageCall(tool: Tool, brief: JsonObject): Probe | undefined {
  const texts = tool.properties.filter(
    ({ kind, choices, name }) =>
      kind === 'text' &&
      choices.length === 0 &&
      /text|message|msg|data|name|word|line|content|label/i.test(name),
  );
  const counts = tool.properties.filter(
    ({ kind, name }) => kind === 'number' && /count|times|number|repeat|interval|ms|delay/i.test(name),
  );
  return madeUp(tool, {
    ...brief,
    ...Object.fromEntries(texts.map(({ name }) => [name, '${nonce}'])),
    ...Object.fromEntries(counts.map(({ name, minimum = 1 }) => [name, Math.max(1, minimum)])),
  });
}

/** Tools that change a resource which clients subscribe to, by what they say: without arguments, or of what is the session's own. */
function changing(tools: readonly Tool[]): readonly Probe[] {
  const own = tools.filter(
    ({ words, updates }) => updates && speaksOf(words, 'owning') && !speaksOf(words, 'common'),
  );
  const named = tools.filter(
    ({ words, properties }) =>
      !properties.some(({ isRequired }) => isRequired) &&
      words.some((word) => /^(?:resourc|subscri)/.test(word) || word === 'memo') &&
      words.some((word) => /^(?:updat|touch|chang|toggl|modif)/.test(word)),
  );
  const others = own.filter((tool) => !named.includes(tool)).flatMap((tool) => madeUp(tool) ?? []);
  return [...named.map(({ name }) => callOf(name, {})), ...others];
}
