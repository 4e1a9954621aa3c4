import type { Probe } from '../../model/request.js';
import type { IdAt } from '../../model/handle.js';
import { isObject, type JsonObject } from '../../model/json.js';
import { whyNever } from './allowed.js';
import { callOf, madeUp } from './arguments.js';
import type { Property, Tool } from './listed.js';
import { countsUp, markedNonce } from './pairs.js';
import { slowCalls } from './slow.js';
import { about, speaksOf, wordsOf } from './words.js';

/** Tools of which one makes something, and others take its id. */
export interface HandleTools {
  readonly create: Probe;
  /** What the thing is called, by which its id is found in the answer. */
  readonly noun: string;
  readonly idAt?: IdAt;
  readonly read: Probe;
  readonly write?: { readonly probe: Probe; readonly counts: boolean };
  readonly end?: Probe;
}

const given = '${handle}';

/** By their names and by what they take: what makes a thing and what takes its id, where both are about what is kept for a client alone. */
export function handleTools(listed: readonly Tool[], widely = false): readonly HandleTools[] {
  const tools = listed.filter((tool) => whyNever(tool, widely) === undefined);
  return tools.flatMap((maker) => {
    const noun = nounOf(maker);
    if (noun === undefined || !(widely || isKept(maker, noun) || maker.lends !== undefined)) return [];
    const create = madeUp(maker);
    const users = usersOf(noun, maker, tools);
    const write = writing(users);
    const read = reading(users) ?? (write?.counts ? write.probe : undefined);
    const end = users.find(
      ({ tool }) => tool.nameWords.some((word) => ending.test(word)) && needsNothingElse(tool),
    );
    if (create === undefined || read === undefined) return [];
    return [
      {
        create,
        noun,
        read,
        ...(write && { write }),
        ...(end && { end: callOf(end.tool.name, { [end.argument]: given }) }),
      },
    ];
  });
}

/** Tools that take the id of what another one makes: what they keep is not kept for the session. */
export function takingIds(tools: readonly Tool[]): ReadonlySet<Tool> {
  const makers = tools.flatMap((maker) => {
    const noun = nounOf(maker);
    return noun === undefined ? [] : [{ maker, noun }];
  });
  return new Set(makers.flatMap(({ maker, noun }) => usersOf(noun, maker, tools).map(({ tool }) => tool)));
}

const making = /^(?:create|open|new|start|begin|make|init|initialize|allocate)$/;
const ending = /^(?:close|end|finish|expire|dispose|discard|abandon)$/;

/** What a tool makes that is named so, or says that it returns an id. */
function nounOf({ nameWords, isReadOnly, lends }: Tool): string | undefined {
  if (isReadOnly) return undefined;
  const [noun, ...rest] = wordsOf(lends ?? '');
  if (rest.length > 0) return noun;
  if (lends === undefined && !nameWords.some((word) => making.test(word))) return undefined;
  return nameWords.findLast((word) => !making.test(word) && !/^(?:a|an|the)$/.test(word));
}

/** Making it costs nobody anything, and nobody else sees it. */
function isKept({ words }: Tool, noun: string): boolean {
  if (speaksOf(words, 'common')) return false;
  return about.keeping.test(noun) || about.named.test(noun) || speaksOf(words, 'trying');
}

interface User {
  readonly tool: Tool;
  readonly argument: string;
}

function usersOf(noun: string, maker: Tool, tools: readonly Tool[]): readonly User[] {
  return tools.flatMap((tool) => {
    if (tool === maker) return [];
    const argument = tool.properties.find(
      ({ name, isRequired, kind, describes }) =>
        isRequired &&
        kind !== 'flag' &&
        (isIdName(name, noun, tool) || (maker.lends !== undefined && isNamedIn(describes, maker))),
    );
    return argument === undefined ? [] : [{ tool, argument: argument.name }];
  });
}

/** "the layout_id from begin_layout" */
function isNamedIn(text: string, { name }: Pick<Tool, 'name'>): boolean {
  return text.split(/[\s,;()"'`]+/).some((word) => word.replace(/\.$/, '') === name);
}

/** `basket_id`, `basket`; where the tool is about a basket `id` and `handle` too. */
function isIdName(name: string, noun: string, { nameWords }: Pick<Tool, 'nameWords'>): boolean {
  const words = wordsOf(name);
  const rest = words.filter((word) => word !== noun);
  if (rest.length < words.length) return rest.every((word) => idWord.test(word));
  return (
    words.length > 0 &&
    rest.every((word) => idWord.test(word)) &&
    nameWords.some((word) => word.replace(/s$/, '') === noun)
  );
}

const idWord = /^(?:id|handle|ref|reference|identifier|key|ticket|token)$/;

function reading(users: readonly User[]): Probe | undefined {
  const first = users.find(
    ({ tool }) =>
      (tool.isReadOnly || (speaksOf(tool.nameWords, 'reading') && !speaksOf(tool.nameWords, 'writing'))) &&
      needsNothingElse(tool),
  );
  return first && callOf(first.tool.name, { [first.argument]: given });
}

function needsNothingElse({ properties }: Tool): boolean {
  return properties.filter(({ isRequired }) => isRequired).length === 1;
}

/** One that keeps a word, or else one that counts. */
function writing(users: readonly User[]): HandleTools['write'] {
  for (const { tool, argument } of users) {
    if (tool.isReadOnly || !speaksOf(tool.nameWords, 'writing')) continue;
    const texts = tool.properties.filter((one) => one.name !== argument && takesWord(one));
    const wanted = texts.some(({ isRequired }) => isRequired)
      ? texts.filter(({ isRequired }) => isRequired)
      : texts.slice(0, 1);
    if (wanted.length === 0) continue;
    const words = Object.fromEntries(wanted.map(({ name }) => [name, markedNonce]));
    const probe = madeUp(tool, { ...words, [argument]: given }, markedNonce);
    if (probe !== undefined) return { probe, counts: false };
  }
  for (const { tool, argument } of users) {
    const others = tool.properties.filter(({ name }) => name !== argument);
    const probe = countsUp({ ...tool, properties: others }) ? madeUp(tool, { [argument]: given }) : undefined;
    if (probe !== undefined) return { probe, counts: true };
  }
  return undefined;
}

function takesWord({ kind, choices }: Property): boolean {
  return kind === 'text' && choices.length === 0;
}

/** Tools that may be called as a task: those that say that they take their time first, and none that acts on anything. */
export function taskCalls(listed: readonly Tool[]): readonly Probe[] {
  const tools = listed.filter(
    (tool) => tool.takesTask && whyNever({ ...tool, isTask: false }) === undefined && isHarmlessTask(tool),
  );
  const ordered = tools.toSorted((a, b) => Number(lastsLong(b)) - Number(lastsLong(a)));
  return ordered.flatMap((tool) => madeUp(tool, moment(tool)) ?? []).map(asTask);
}

/** Tools of which a server without sessions may make a task, where its client takes one. */
export function serverTaskCalls(listed: readonly Tool[], widely = false): readonly Probe[] {
  const tools = listed.filter(
    (tool) => whyNever(tool, widely) === undefined && (widely || tool.runsAsTask || isHarmlessTask(tool)),
  );
  const ordered = tools.toSorted((a, b) => Number(b.runsAsTask) - Number(a.runsAsTask));
  return ordered.flatMap((tool) => madeUp(tool, moment(tool)) ?? []);
}

/** One that is still under way when its session ends is more than a task that is to be named, and some processes do not survive it. */
function moment(tool: Tool): JsonObject {
  const [call] = slowCalls([tool]);
  return call?.isSet === true ? call.given(momentMs) : {};
}

const momentMs = 1;

function isHarmlessTask(tool: Tool): boolean {
  return (
    tool.isHarmless ||
    lastsLong(tool) ||
    speaksOf(tool.words, 'trying') ||
    speaksOf(tool.nameWords, 'computing')
  );
}

function lastsLong({ words, lasts }: Tool): boolean {
  return lasts || speaksOf(words, 'slowness');
}

/** So long is kept what a run makes. */
const taskTtlMs = 60_000;

function asTask({ method, params }: Probe): Probe {
  return { method, params: { ...(isObject(params) && params), task: { ttl: taskTtlMs } } };
}
