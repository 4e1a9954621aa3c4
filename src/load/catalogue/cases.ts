import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Case } from '../../model/catalogue.js';
import type { DescribedTools } from '../../model/request.js';
import type { ExitCode } from '../../model/gate.js';
import { casesFile, strangersFile } from './places.js';

/** Servers with their verdicts: those of the package, and those that strangers wrote, where they are. */
export function loadCases(): readonly Case[] {
  const strangers = strangersFile();
  return [
    ...readCases(readFileSync(casesFile(), 'utf8'), 'cases'),
    ...(existsSync(strangers) ? readCases(readFileSync(strangers, 'utf8'), 'strangers') : []),
  ];
}

/** A mistake in a file is ours, so it throws. */
export function readCases(yaml: string, servedBy: Case['servedBy']): readonly Case[] {
  const list: unknown = parse(yaml);
  if (!Array.isArray(list)) throw new TypeError(`${servedBy}.yaml is no list`);
  return list.map((entry, index) => toCase(entry, index, servedBy));
}

const fields = new Set(['name', 'does', 'source', 'with', 'exit', 'fails', 'may-fail', 'todo']);

function toCase(entry: unknown, index: number, servedBy: Case['servedBy']): Case {
  const refuse = (problem: string): never => {
    throw new TypeError(`${servedBy}.yaml, entry ${index + 1}: ${problem}`);
  };
  if (!isRecord(entry)) return refuse('is no case');
  const unknown = Object.keys(entry).find((field) => !fields.has(field));
  if (unknown !== undefined) return refuse(`there is no field ${unknown}`);
  const text = (field: string): string => {
    const value = entry[field];
    return typeof value === 'string' ? value : refuse(`\`${field}\` is a text`);
  };
  const texts = (field: string): readonly string[] => {
    const value = entry[field] ?? [];
    return Array.isArray(value) && value.every((one) => typeof one === 'string')
      ? value
      : refuse(`\`${field}\` is a list of ids`);
  };
  const exits = [entry['exit']].flat().flatMap((one) => exitCodes.find((code) => code === one) ?? []);
  const described = describedIn(entry['with']);
  return {
    name: text('name'),
    servedBy,
    does: text('does'),
    exits: exits.length > 0 ? exits : refuse('`exit` is an exit code, or several'),
    fails: texts('fails'),
    mayFail: texts('may-fail'),
    ...('todo' in entry && { todo: text('todo') }),
    ...(described && { described }),
  };
}

const exitCodes: readonly ExitCode[] = [0, 1, 2];

function describedIn(needs: unknown): DescribedTools | undefined {
  return isNeeds(needs) ? needs.described : undefined;
}

function isNeeds(needs: unknown): needs is { readonly described: DescribedTools } {
  return isRecord(needs) && isRecord(needs['described']);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
