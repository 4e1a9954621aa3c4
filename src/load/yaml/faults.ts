import { isMap, isScalar, visit, type Document, type Node } from 'yaml';

/** Something in a document that keeps it from being plain data. */
export interface Fault {
  readonly span: readonly [start: number, end: number];
  readonly message: string;
  /** The rest of the document can be looked at all the same. */
  readonly isReadable: boolean;
}

/** Everything in order of the text: broken syntax, tags, dangling aliases, keys given twice. */
export function faultsOf(document: Document): readonly Fault[] {
  const said = [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
    span: pos,
    message:
      code === 'MULTIPLE_DOCS'
        ? 'a second document starts here; a file holds one'
        : `this is not YAML: ${message}`,
    isReadable: false,
  }));
  const all = [...firstAtEachPlace(said), ...aliasFaults(document), ...keyFaults(document)];
  return all.toSorted((a, b) => a.span[0] - b.span[0]);
}

/** One slip makes the parser complain at the same place again and again. */
function firstAtEachPlace(faults: readonly Fault[]): readonly Fault[] {
  const places = new Set<number>();
  return faults.filter(({ span }) => !places.has(span[0]) && places.add(span[0]));
}

function aliasFaults(document: Document): readonly Fault[] {
  const faults: Fault[] = [];
  const anchors = new Map<string, Node>();
  visit(document, {
    Node(_, node) {
      if ('anchor' in node && node.anchor) anchors.set(node.anchor, node);
    },
    Alias(_, alias) {
      const span = nodeSpan(alias);
      const around = anchors.get(alias.source)?.range;
      const report = (message: string): number => faults.push({ span, message, isReadable: false });
      if (!around) report(`no anchor \`&${alias.source}\` stands before this`);
      else if (span[1] <= around[1]) report(`\`*${alias.source}\` stands for something that contains it`);
    },
  });
  return faults;
}

function keyFaults(document: Document): readonly Fault[] {
  const faults: Fault[] = [];
  visit(document, {
    Map(_, map) {
      const keys = new Set<string>();
      for (const { key } of isMap(map) ? map.items : []) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (keys.has(name))
          faults.push({
            span: nodeSpan(key),
            message: 'this key is given twice; keep one of them',
            isReadable: true,
          });
        keys.add(name);
      }
    },
  });
  return faults;
}

function nodeSpan(node: Node): readonly [number, number] {
  return node.range ? [node.range[0], node.range[1]] : [0, 1];
}
