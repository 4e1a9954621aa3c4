import type { Probe } from '../../model/request.js';
import type { JsonObject } from '../../model/json.js';
import { clamped, madeUp, withProgress } from './arguments.js';
import { durations, type Property, type Tool } from './listed.js';
import { speaksOf, wordsOf } from './words.js';

/** A call that may take its time: as long as is asked for, where it takes a duration. */
export interface SlowCall {
  readonly name: string;
  /** A call that should take so long; as it is where nothing sets that. */
  readonly lasting: (ms: number) => Probe;
  /** The arguments of that call, besides those that are made up. */
  readonly given: (ms: number) => JsonObject;
  readonly isSet: boolean;
  /** Milliseconds of one unit, where it is told. */
  readonly unitMs: number | undefined;
}

/** Tools that take a duration, or that speak of it, or only try and take a number; `inside`, those that reach nothing outside. */
export function slowCalls(
  tools: readonly Tool[],
  inside: ReadonlySet<Tool> = new Set(),
): readonly SlowCall[] {
  const byName = tools.filter(({ properties }) =>
    properties.some(({ name }) => Object.hasOwn(durations, name)),
  );
  const bySpeech = tools.filter(
    (tool) => speaksOf(tool.words, 'slowness') || (tool.lasts && (isOwn(tool) || inside.has(tool))),
  );
  const byNumber = tools.filter(
    ({ words, properties }) => speaksOf(words, 'trying') && durationIn(properties) !== undefined,
  );
  const calls = [...new Set([...byName, ...bySpeech, ...byNumber])].flatMap((tool) => slowCall(tool) ?? []);
  // Whose time can be set takes no longer than it must.
  return calls.toSorted((a, b) => Number(b.isSet) - Number(a.isSet));
}

/** It changes nothing but what is the session's own, by what it says. */
function isOwn({ words, nameWords, isHarmless }: Tool): boolean {
  if (speaksOf(words, 'common')) return false;
  return isHarmless || speaksOf(words, 'owning') || speaksOf(nameWords, 'computing');
}

function slowCall(tool: Tool): SlowCall | undefined {
  const duration = durationIn(tool.properties);
  const unitMs = duration && unitOf(duration);
  const texts = tool.properties.filter(({ name, kind }) => kind === 'text' && textNames.has(name));
  const repeats = tool.properties.filter(
    (one) => one !== duration && one.kind === 'number' && repeating.test(one.name),
  );
  const given = (ms: number): JsonObject => ({
    ...Object.fromEntries(texts.map(({ name }) => [name, '${nonce}'])),
    ...Object.fromEntries(repeats.map((one) => [one.name, clamped(1, one)])),
    ...(duration && { [duration.name]: clamped(ms / (unitMs ?? 1), duration) }),
  });
  const lasting = (ms: number) => {
    const probe = madeUp(tool, given(ms));
    return probe && withProgress(probe);
  };
  const first = lasting(0);
  if (first === undefined) return undefined;
  return {
    name: tool.name,
    lasting: (ms) => lasting(ms) ?? first,
    given,
    isSet: duration !== undefined,
    unitMs,
  };
}

/** Next to no time. One of a unit that is not told may be a second. */
export function brieflyOf({ unitMs }: Pick<SlowCall, 'unitMs'>): number {
  return unitMs === undefined ? 1 : briefMs;
}

const briefMs = 80;

const textNames = new Set(['text', 'message', 'value']);
const isCount = /^(?:count|steps?|times|repeats?|repetitions|iterations)$/i;
const repeating = /^(?:count|steps?|times|repeats?|repetitions|iterations|n|number)$/i;

/** The number that seems to be a duration. */
function durationIn(properties: readonly Property[]): Property | undefined {
  const numbers = properties.filter(({ kind }) => kind === 'number');
  return (
    numbers.find(({ name }) => Object.hasOwn(durations, name)) ??
    numbers.find(({ name }) => wordsOf(name).some((word) => timely.test(word))) ??
    numbers.find(
      ({ name, describes }) => !isCount.test(name) && wordsOf(describes).some((word) => timely.test(word)),
    )
  );
}

const timely =
  /^(?:ms|millis|milliseconds?|secs?|seconds?|durations?|delays?|waits?|intervals?|sleeps?|pauses?|long|timeout)$/;

/** What a tool says of it goes before what its name mostly means. */
function unitOf({ name, describes }: Property): number | undefined {
  return unitIn(describes) ?? (Object.hasOwn(durations, name) ? durations[name] : unitIn(name));
}

function unitIn(text: string): number | undefined {
  const words = wordsOf(text);
  if (words.some((word) => /^(?:ms|millis|milliseconds?)$/.test(word))) return 1;
  return words.some((word) => /^(?:secs?|seconds?)$/.test(word)) ? 1000 : undefined;
}
