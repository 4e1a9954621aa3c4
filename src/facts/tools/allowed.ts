import { deletes, type Tool } from './listed.js';
import { about, speaksOf } from './words.js';

/**
 * Why a tool is never called unless it is described, whatever it is good for. That one destroys is what the specification assumes of each
 * that says nothing, and what some libraries therefore write at all of them, so it tells nothing; words do. `widely`, what it does within the
 * server is no reason.
 */
export function whyNever(tool: Tool, widely = false): string | undefined {
  const { nameWords, words, isReadOnly, isTask, tells } = tool;
  if (deletes(tool)) return 'the name reads like a deletion';
  const acts = nameWords.find(
    (word) =>
      about.outward.test(word) ||
      (!widely && about.acting.test(word) && !(word === 'run' && (isReadOnly || onlyTakesTime(tool)))),
  );
  if (acts !== undefined) return `the name speaks of ${JSON.stringify(acts)}`;
  if (isTask) return 'it is called as a task only';
  // What says that it only reads may speak of anything.
  if (isReadOnly) return undefined;
  const outward = words.find((word) => about.outward.test(word));
  if (outward !== undefined) return `the description speaks of ${JSON.stringify(outward)}`;
  // Sending a notification to its client is what a server may do; other things that are sent leave it.
  const sends = words.find((word) => about.sending.test(word));
  const isToClient = tells || (speaksOf(words, 'messages') && speaksOf(words, 'trying'));
  if (sends === undefined || isToClient) return undefined;
  return `it speaks of ${JSON.stringify(sends)}`;
}

/** What is given numbers and says that it is slow can be told nothing that it might run. */
function onlyTakesTime({ words, properties }: Tool): boolean {
  return (
    properties.length > 0 && properties.every(({ kind }) => kind === 'number') && speaksOf(words, 'slowness')
  );
}
