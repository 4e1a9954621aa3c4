import { whyNever } from './allowed.js';
import type { Tool } from './listed.js';
import { about, speaksOf } from './words.js';

/**
 * Tools that may be tried for what they send and how long they take: those that speak of nothing outside the server. Where one of its
 * tools reaches people or money none is tried, because the others may lead there.
 */
export function localTools(tools: readonly Tool[]): readonly Tool[] {
  return tools.some(reaches) ? [] : tools.filter((tool) => whyNotLocal(tool) === undefined);
}

/** Why a tool is not tried so by itself. */
export function whyNotLocal(tool: Tool): string | undefined {
  // What it runs is the server's own, where nothing else is named.
  const acts = tool.nameWords.find((word) => about.acting.test(word) && word !== 'run');
  if (acts !== undefined) return `the name speaks of ${JSON.stringify(acts)}`;
  const far = tool.words.find((word) => about.outside.test(word) || about.elsewhere.test(word));
  return whyNever(tool, true) ?? (far && `it speaks of ${JSON.stringify(far)}`);
}

function reaches({ words, isOpen }: Tool): boolean {
  return isOpen || speaksOf(words, 'outward');
}
