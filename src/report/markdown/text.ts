/** Text of a stranger as code: in it GitHub makes no link, mentions nobody and closes no issue. */
export function code(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  // A blank keeps a backtick, or a blank, at either end from being read as the fence.
  const pad = /^[` ]|[` ]$/.test(text) || text === '' ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** Lines as they are, in a block that none of them can end. */
export function codeBlock(language: string, lines: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(lines) + 1));
  return `${fence}${language}\n${lines}\n${fence}`;
}

/** A sentence as prose where no part of it is read as anything else, and as code where one could be. */
export function sentence(text: string): string {
  return isPlain.test(text) && !isReference.test(text) ? text : code(text);
}

/** An address of ours; one with other characters is no link. */
export function link(address: string): string {
  return /^https:\/\/[\w./#?=&%-]+$/.test(address) ? `<${address}>` : code(address);
}

/** Between tags, and in a table. */
export function html(text: string): string {
  return text.replaceAll(/[&<>"'|@#]/g, (char) => `&#${char.charCodeAt(0)};`);
}

const isPlain = /^[\p{L}\p{N} .,:;()'"’«»/=+?…–-]*$/u;
/** What GitHub makes a link of in prose. */
const isReference = /\/\/|www\.|\bGH-\d/i;

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}
