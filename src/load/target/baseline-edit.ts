import { isSeq, parseDocument } from 'yaml';

/** The text of a baseline without some of its entries, by their index; everything else stays as its author wrote it. */
export function withoutEntries(text: string, gone: readonly number[]): string {
  const document = parseDocument(text, { version: '1.2', stringKeys: true });
  const list = document.get('baseline');
  if (!isSeq(list)) throw new Error('a baseline that was read has a list of entries');
  list.items = list.items.filter((_, index) => !gone.includes(index));
  if (list.items.length === 0) list.flow = true;
  return document.toString({ lineWidth: 0 });
}
