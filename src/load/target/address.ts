/** What is wrong with the address of a target, as the end of a sentence that begins with the address; undefined where nothing is. */
export function faultOfAddress(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return notUrl(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    const meant = /^[\w.-]+:\d+/.test(text) ? `; did you mean http://${text}?` : '';
    return `does not begin with http:// or https://${meant}`;
  }
  // WHATWG URLs accept `http:example.org` and `http:///example.org` and find a host in them.
  if (!/^https?:\/\/[^/?#]/i.test(text) || url.hostname === '') return noHost;
  return undefined;
}

const noHost = 'names no host; write http://host:port/path';

function notUrl(text: string): string {
  if (/^https?:\/\/($|[/:?#])/i.test(text)) return noHost;
  if (/^[\w.-]+(:\d+)?(\/|$)/.test(text)) return `is not a URL; did you mean http://${text}?`;
  return 'is not a URL; write http://host:port/path';
}
