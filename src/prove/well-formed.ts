const piece =
  /<\?[^?]*\?>|<!\[CDATA\[.*?\]\]>|<(?<open>[\w.-]+)(?:\s+[\w.:-]+="(?:[^<&"]|&(?:\w+|#\w+);)*")*\s*(?<empty>\/?)>|<\/(?<close>[\w.-]+)>|(?:[^<&]|&(?:\w+|#\w+);)+/gsy;
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Whether a text is well-formed XML, as far as reports go: no document type, no comments. */
export function isWellFormed(text: string): boolean {
  if (forbidden.test(text)) return false;
  const open: string[] = [];
  let at = 0;
  for (const match of text.matchAll(piece)) {
    const { open: opened, empty, close: closed } = match.groups ?? {};
    if (opened !== undefined && empty === '') open.push(opened);
    if (closed !== undefined && open.pop() !== closed) return false;
    at = match.index + match[0].length;
  }
  return at === text.length && open.length === 0;
}
