import { isList, isObject, partsOf } from '../model/json.js';
import { messagesIn, textsOf, type Message } from '../model/message.js';
import type { Json } from '../model/request.js';
import type { Rule } from '../model/rule.js';
import type { Exchange } from '../model/transcript.js';
import { readable } from './readable.js';

const aroundChars = 40;

/** Which texts that must not come did come, with their places: `"noted" at result.content[0].text ("alice noted it")`. */
export function unwantedIn(rule: Rule, exchange: Exchange): string {
  const found = unwantedBy(rule).flatMap((text) => {
    const said = readable(text, exchange);
    const where = said === undefined ? undefined : placeOf(said, exchange);
    if (said === undefined || where === undefined) return [];
    const name = said === text ? '' : `, which is ${text},`;
    return [`${JSON.stringify(said)}${name} ${where}`];
  });
  return found.length === 0 ? '' : `, and it has ${found.join(' and ')}`;
}

function unwantedBy(rule: Rule): readonly string[] {
  switch (rule.kind) {
    case 'expect':
      return rule.expect.lacks ?? [];
    case 'graded':
      return rule.grades.flatMap(({ if: wanted, then }) => (then === 'pass' ? (wanted.lacks ?? []) : []));
    case 'answer':
      return [];
  }
}

function placeOf(text: string, { reply }: Exchange): string | undefined {
  for (const message of messagesIn(reply)) {
    const found = pathTo(text, message.value);
    if (found !== undefined) return `at ${owner(message)}${found.path} (${excerpt(found.within, text)})`;
  }
  const raw = textsOf(reply).find((one) => one.includes(text));
  return raw === undefined ? undefined : `in ${excerpt(raw, text)}`;
}

/** Whose path it is, where it is no answer. */
function owner(message: Message): string {
  return 'method' in message ? `${message.method}: ` : '';
}

interface Found {
  readonly path: string;
  readonly within: string;
}

/** The first name or value that has the text in it, one step down at a time. */
function pathTo(text: string, root: Json): Found | undefined {
  let [path, at] = ['', root];
  while (typeof at !== 'string') {
    const into = stepsIn(at).find(({ name, value }) => name?.includes(text) === true || holds(text, value));
    if (into === undefined) return undefined;
    path = into.name === undefined || path === '' ? `${path}${into.step}` : `${path}.${into.step}`;
    if (into.name?.includes(text) === true) return { path, within: into.name };
    at = into.value;
  }
  return at.includes(text) ? { path, within: at } : undefined;
}

interface StepInto {
  readonly step: string;
  readonly value: Json;
  readonly name?: string;
}

function stepsIn(value: Json): readonly StepInto[] {
  if (isList(value)) return value.map((item, i) => ({ step: `[${i}]`, value: item }));
  if (!isObject(value)) return [];
  return Object.entries(value).map(([name, item]) => ({ step: name, value: item, name }));
}

function holds(text: string, part: Json): boolean {
  for (const { value, name } of partsOf(part))
    if (name?.includes(text) === true || (typeof value === 'string' && value.includes(text))) return true;
  return false;
}

function excerpt(within: string, text: string): string {
  const at = within.indexOf(text);
  const [from, to] = [Math.max(0, at - aroundChars), at + text.length + aroundChars];
  const cut = `${from > 0 ? '…' : ''}${within.slice(from, to)}${to < within.length ? '…' : ''}`;
  return JSON.stringify(cut);
}
