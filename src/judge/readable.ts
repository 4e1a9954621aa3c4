import { filled, from, namesIn } from '../model/template.js';
import type { Exchange } from '../model/transcript.js';

/** A text with what its names stood for when the request was sent; nothing where one of them stands for nothing. */
export function readable(text: string, { asked: { values = {} } }: Exchange): string | undefined {
  const isKnown = namesIn(text).every((name) => Object.hasOwn(values, name));
  return isKnown ? filled(text, from(values)) : undefined;
}
