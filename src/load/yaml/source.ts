import { LineCounter, parseDocument, Lexer } from 'yaml';
import type { Diagnostic } from '../../model/diagnostic.js';
import { faultsOf } from './faults.js';
import { fileMaxBytes, tooLarge, type Files } from './files.js';
import { diagnosticAt, type YamlSource } from './position.js';

export interface Opened {
  /** Absent where the file holds no YAML at all. */
  readonly source?: YamlSource;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads one file as YAML 1.2. Nothing that stands in it makes this throw. */
export function openSource(file: string, files: Files): Opened {
  try {
    const text = files.read(file).replace(/^\uFEFF/, '');
    return Buffer.byteLength(text) > fileMaxBytes ? unreadable(file, tooLarge) : parse(file, text);
  } catch (error) {
    if (error instanceof RangeError) return unreadable(file, tooMuch);
    return unreadable(file, error instanceof Error ? error.message : String(error));
  }
}

const aliasesMax = 100;
const depthMax = 64;

function parse(file: string, text: string): Opened {
  const about = { file, text, lines: linesOf(text) };
  const excess = placeOfExcess(text);
  // Duplicate keys are found in `faultsOf`: the parser's own way takes minutes for a long mapping.
  const options = {
    version: '1.2',
    uniqueKeys: false,
    stringKeys: true,
    prettyErrors: false,
    logLevel: 'error',
  } as const;
  const document = parseDocument(excess === undefined ? text : '', options);
  if (excess !== undefined)
    return { diagnostics: [diagnosticAt(about, [excess, excess + 1], `this is too much: ${tooMuch}`)] };
  const faults = faultsOf(document);
  const diagnostics = faults.map((fault) => diagnosticAt(about, fault.span, fault.message));
  if (faults.some((fault) => !fault.isReadable)) return { diagnostics };
  try {
    const value: unknown = document.toJS({ maxAliasCount: aliasesMax });
    if (isDeeper(value, depthMax))
      return { diagnostics: [...diagnostics, diagnosticAt(about, [0, 1], `this is too much: ${tooMuch}`)] };
    return { source: { ...about, document, value }, diagnostics };
  } catch {
    // With the faults out of the way, this is the parser's refusal of aliases of aliases.
    return { diagnostics: [...diagnostics, diagnosticAt(about, [0, 1], tooManyAliases)] };
  }
}

/** The parser leaves out the ends of lines that lie in what it cannot read. */
function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  for (let start = 0, end = 0; end >= 0; start = end + 1) {
    lines.addNewLine(start);
    end = text.indexOf('\n', start);
  }
  return lines;
}

const tooMuch = `it is nested more than ${depthMax} levels deep, or far longer than a suite is`;
const tooManyAliases = 'the aliases of this file multiply to too much; write it out';

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeper(child, levels - 1));
}

function unreadable(file: string, why: string): Opened {
  return {
    diagnostics: [
      { file, line: 1, column: 1, message: `cannot read this file: ${why}`, source: '', width: 0 },
    ],
  };
}

const tokensMax = 200_000;

/**
 * Where a text becomes too deep or too long for the parser, or undefined. The parser recurses: some ten thousand brackets end the
 * process, and nothing can catch that. The lexer hands out one token at a time, so it can be stopped in time.
 */
function placeOfExcess(text: string): number | undefined {
  let depth = 0;
  let tokens = 0;
  let place = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') depth++;
    if (token === ']' || token === '}') depth--;
    if (depth > depthMax || ++tokens > tokensMax) return Math.min(place, text.length - 1);
    // The lexer marks the begin of a document and of a scalar by a character that is not in the text.
    if (!controlMarks.has(token)) place += token.length;
  }
  return undefined;
}

const controlMarks: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001F']);
