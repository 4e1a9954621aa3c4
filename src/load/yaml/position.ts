import { isAlias, isMap, isNode, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml';
import type { Diagnostic } from '../../model/diagnostic.js';
import type { DocPath, Problem } from './problem.js';

/** A file that is YAML, with what is needed to find a position in it again. */
export interface YamlSource {
  readonly file: string;
  readonly text: string;
  readonly lines: LineCounter;
  readonly document: Document;
  readonly value: unknown;
}

/** Turns a problem into a line and a column. */
export function located(source: YamlSource, problem: Problem): Diagnostic {
  const span = spanOf(source, problem.at, problem.key === true);
  if (problem.via === undefined) return diagnosticAt(source, span, problem.message);
  const { line } = source.lines.linePos(spanOf(source, problem.via, false)[0]);
  return diagnosticAt(source, span, `${problem.message} (as used in line ${line})`);
}

type Span = readonly [start: number, end: number];

export function diagnosticAt(
  { file, text, lines }: Pick<YamlSource, 'file' | 'text' | 'lines'>,
  span: Span,
  message: string,
): Diagnostic {
  const start = Math.min(span[0], text.length);
  const { line, col } = lines.linePos(start);
  const lineStart = start - Math.max(0, col - 1);
  const lineEnd = text.indexOf('\n', start);
  const source = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd).trimEnd();
  const width = Math.max(1, Math.min(span[1], lineStart + source.length) - start);
  return { file, line: Math.max(1, line), column: Math.max(1, col), message, source, width };
}

interface Found {
  readonly key?: unknown;
  readonly value: unknown;
}

function spanOf(source: YamlSource, at: DocPath, wantsKey: boolean): Span {
  let found: Found = { value: source.document.contents };
  for (const token of at) {
    const next = childOf(source, found.value, token);
    // What is missing is reported at the deepest node that is there.
    if (next === undefined) break;
    found = next;
  }
  const value = isNode(found.value) ? visibleSpan(found.value) : undefined;
  const key = isNode(found.key) ? visibleSpan(found.key) : undefined;
  const isEmpty = value === undefined || value[0] === value[1];
  return (wantsKey || isEmpty ? key : undefined) ?? value ?? [0, 1];
}

function childOf(source: YamlSource, parent: unknown, token: string | number): Found | undefined {
  const node = isAlias(parent) ? parent.resolve(source.document) : parent;
  if (isSeq(node)) return Number(token) in node.items ? { value: node.items[Number(token)] } : undefined;
  if (!isMap(node)) return undefined;
  return node.items.find(({ key }) => isScalar(key) && String(key.value) === String(token));
}

/** A block stretches over many lines: its first key stands for it. */
function visibleSpan(node: Node): Span {
  const first = isMap(node) && node.flow !== true ? node.items[0]?.key : undefined;
  const range = isNode(first) ? first.range : node.range;
  return range ? [range[0], range[1]] : [0, 1];
}
