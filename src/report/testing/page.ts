import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';

/** An element of what GitHub makes of Markdown, with all text below it. */
export interface PageElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  /** Names of the elements around it. */
  readonly within: readonly string[];
}

/** The page as a reader of GitHub's Markdown makes it, raw HTML and all; mistakes of the HTML are thrown. */
export function readPage(markdown: string): readonly PageElement[] {
  const html = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  const faults: string[] = [];
  const fragment = parseFragment(html, {
    onParseError: ({ code, startLine }) => faults.push(`line ${startLine}: ${code}`),
  });
  if (faults.length > 0) throw new Error(faults.join(', '));
  return fragment.childNodes.flatMap((node) => elementsOf(node, []));
}

type Node = DefaultTreeAdapterTypes.ChildNode;

function elementsOf(node: Node, within: readonly string[]): readonly PageElement[] {
  if (!('tagName' in node)) return [];
  const { tagName: name, attrs, childNodes } = node;
  const attributes = Object.fromEntries(attrs.map(({ name: key, value }) => [key, value]));
  return [
    { name, attributes, text: childNodes.map(textOf).join(''), within },
    ...childNodes.flatMap((child) => elementsOf(child, [...within, name])),
  ];
}

function textOf(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}
