import { isList, isObject, readJson } from '../../model/json.js';
import { visible } from '../visible.js';

/** A text as the page shows it. */
export interface ShownBody {
  readonly text: string;
  /** Characters that are not shown. */
  readonly left: number;
  /** It is JSON, with line breaks that did not come. */
  readonly indented: boolean;
}

/** The beginning of a body; JSON is indented without reading it again, so that every number and escape stays as it came. */
export function shownBody(text: string, charsMax: number): ShownBody {
  const indented = text.length > lineMax && isStructured(text);
  const lines = indented ? indent(text.slice(0, charsMax)) : text.slice(0, charsMax);
  const left = Math.max(0, text.length - charsMax);
  return { text: lines.split('\n').map(visible).join('\n'), left, indented };
}

/** A shorter one is read at a glance. */
const lineMax = 72;

function isStructured(text: string): boolean {
  const value = readJson(text)?.value;
  return isObject(value) || isList(value);
}

/** Only what stands between strings, numbers and words of JSON is changed. */
function indent(json: string): string {
  let depth = 0;
  const line = () => `\n${'  '.repeat(Math.min(depth, depthMax))}`;
  return json.replaceAll(token, (found, blanks: string | undefined) => {
    if (blanks !== undefined) return '';
    if (found.length > 1) return found;
    if (found === ',') return `,${line()}`;
    if (found === ':') return ': ';
    if (found === '{' || found === '[') {
      depth += 1;
      return found + line();
    }
    depth = Math.max(0, depth - 1);
    return line() + found;
  });
}

// Whole strings and empty brackets stay; the last string may be cut off.
const token = /"(?:[^"\\]|\\.)*(?:"|$)|\{\s*\}|\[\s*\]|[{}[\],:]|(\s+)/gs;
const depthMax = 12;
