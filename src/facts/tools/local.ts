import { whyNever } from './allowed.js';
import type { Tool } from './listed.js';
import { about, speaksOf } from './words.js';

/**
 * Tools that may be tried for what they send and how long they take: those that speak of nothing outside the
 * server. Where one of its tools reaches people or money none is tried, because the others may lead there.
 */
export function localTools(tools: readonly Tool[]): readonly Tool[] {
  if (tools.some(({ words, isOpen }) => isOpen || speaksOf(words, 'outward'))) return [];
  return tools.filter(staysInside);
}

function staysInside(tool: Tool): boolean {
  // What it runs is the server's own, where nothing else is named.
  const acting = tool.nameWords.filter((word) => about.acting.test(word) && word !== 'run');
  return (
    acting.length === 0 &&
    whyNever(tool, true) === undefined &&
    !(['outside', 'elsewhere'] as const).some((what) => speaksOf(tool.words, what))
  );
}
