import { Lexer } from 'yaml';

const tokensMax = 200_000;

/**
 * Where a text becomes too deep or too long for the parser, or undefined. The parser recurses: some ten thousand brackets end the
 * process, and nothing can catch that. The lexer hands out one token at a time, so it can be stopped in time.
 */
export function placeOfExcess(text: string, depthMax: number): number | undefined {
  let depth = 0;
  let tokens = 0;
  let place = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') depth++;
    if (token === ']' || token === '}') depth--;
    if (depth > depthMax || ++tokens > tokensMax) return Math.min(place, text.length - 1);
    // The lexer marks the begin of a document and of a scalar by a character that is not in the text.
    if (!marks.has(token)) place += token.length;
  }
  return undefined;
}

const marks: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001F']);
