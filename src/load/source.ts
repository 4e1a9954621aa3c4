import { LineCounter, parseDocument, visit, type Document } from 'yaml';
import type { Diagnostic } from '../model/diagnostic.js';
import { fileMaxBytes, tooLarge, type Files } from './files.js';
import { diagnosticAt, type Source } from './position.js';

export interface Opened {
  /** Absent where the file holds no YAML at all. */
  readonly source?: Source;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads one file as YAML 1.2. Nothing that stands in it makes this throw. */
export function openSource(file: string, files: Files): Opened {
  try {
    const text = files.read(file).replace(/^\uFEFF/, '');
    return Buffer.byteLength(text) > fileMaxBytes ? unreadable(file, tooLarge) : parse(file, text);
  } catch (error) {
    return unreadable(file, error instanceof Error ? error.message : String(error));
  }
}

const depthMax = 64;
const aliasesMax = 100;

function parse(file: string, text: string): Opened {
  const lines = new LineCounter();
  const about = { file, text, lines };
  const options = {
    version: '1.2',
    uniqueKeys: true,
    stringKeys: true,
    prettyErrors: false,
    logLevel: 'silent',
  } as const;
  try {
    const document = parseDocument(text, { ...options, lineCounter: lines });
    const faults = firstAtEachPlace([...document.errors, ...document.warnings, ...aliasFaults(document)]);
    const diagnostics = faults.map((fault) =>
      diagnosticAt(about, fault.pos, sentence(fault.code, fault.message)),
    );
    if (faults.some((fault) => fault.code !== 'DUPLICATE_KEY')) return { diagnostics };
    const value: unknown = document.toJS({ maxAliasCount: aliasesMax });
    if (isDeeper(value, depthMax))
      return { diagnostics: [...diagnostics, diagnosticAt(about, [0, 1], tooDeep)] };
    return { source: { ...about, document, value }, diagnostics };
  } catch (error) {
    // The parser recurses, and refuses aliases that multiply by throwing.
    const message =
      error instanceof RangeError ? tooDeep : 'the aliases of this file multiply to too much; write it out';
    return { diagnostics: [diagnosticAt(about, [0, 1], message)] };
  }
}

const tooDeep = `this file is nested more than ${depthMax} levels deep`;

interface Fault {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** One slip makes the parser complain at the same place again and again. */
function firstAtEachPlace(faults: readonly Fault[]): readonly Fault[] {
  const byPlace = new Map(faults.toReversed().map((fault) => [fault.pos[0], fault]));
  return faults.filter((fault) => byPlace.get(fault.pos[0]) === fault);
}

function aliasFaults(document: Document): readonly Fault[] {
  const faults: Fault[] = [];
  visit(document, {
    Alias(_, alias) {
      const target = alias.resolve(document);
      const [start, end] = alias.range ?? [0, 1];
      const around = target?.range;
      if (!target)
        faults.push({
          code: 'ALIAS',
          message: `no anchor \`&${alias.source}\` stands before this`,
          pos: [start, end],
        });
      else if (around && around[0] <= start && end <= around[2])
        faults.push({
          code: 'ALIAS',
          message: `\`*${alias.source}\` stands for something that contains it`,
          pos: [start, end],
        });
    },
  });
  return faults;
}

function sentence(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'this key is given twice; keep one of them';
  if (code === 'MULTIPLE_DOCS') return 'a second document starts here; a file holds one';
  return code === 'ALIAS' ? message : `this is not YAML: ${message}`;
}

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
