import type { DocPath } from '../yaml/problem.js';

export function notAllowed(at: DocPath, data: unknown): string {
  return `${part(at)} cannot be ${shown(data)}`;
}

/** The nearest key above. */
export function part(at: DocPath): string {
  const key = at.findLast((token) => !/^\d+$/.test(String(token)));
  return key === undefined ? 'this file' : `\`${key}\``;
}

const wholes: Readonly<Record<string, string>> = {
  checks: 'a check',
  steps: 'a step',
  do: 'a step',
  parallel: 'a step',
  invariants: 'an invariant',
  judge: 'a grade',
  grades: 'a grade',
  baseline: 'an entry',
};

export function whole(at: DocPath): string {
  const isItem = /^\d+$/.test(String(at.at(-1)));
  const list = String(at.at(-2));
  if (isItem && at.at(-3) === 'shared') return 'a step';
  return (isItem && Object.hasOwn(wholes, list) ? wholes[list] : undefined) ?? part(at);
}

const types: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  null: 'null',
};

export function typesNamed(type: string | readonly string[]): string {
  return [type]
    .flat()
    .map((name) => types[name] ?? name)
    .join(' or ');
}

export function typeOf(data: unknown): string {
  if (data === null) return 'nothing';
  if (typeof data === 'boolean') return String(data);
  return types[Array.isArray(data) ? 'array' : typeof data] ?? typeof data;
}

const shownMax = 60;

export function shown(data: unknown): string {
  const text = typeof data === 'string' ? data : (JSON.stringify(data) ?? String(data));
  return `\`${text.length > shownMax ? `${text.slice(0, shownMax)}…` : text}\``;
}

/** A description as the end of a sentence. */
export function asDemand(description: unknown): string {
  const text = String(description).replace(/\.$/, '');
  return text.charAt(0).toLowerCase() + text.slice(1);
}
