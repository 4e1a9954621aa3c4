import { suggestion } from '../load/nearest.js';
import { Mistake } from './mistake.js';

/** The address of a target; anything that is none is said so before a socket opens. */
export function parseTarget(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new Mistake(`${JSON.stringify(text)} ${notUrl(text)}`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    const meant = /^[\w.-]+:\d+/.test(text) ? `; did you mean http://${text}?` : '';
    throw new Mistake(`${JSON.stringify(text)} does not begin with http:// or https://${meant}`);
  }
  // WHATWG URLs accept `http:example.org` and `http:///example.org` and find a host in them.
  if (!/^https?:\/\/[^/?#]/i.test(text) || url.hostname === '') {
    throw new Mistake(`${JSON.stringify(text)} names no host; write http://host:port/path`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new Mistake(`credentials do not belong into the URL; pass --header 'Authorization: …'`);
  }
  url.hash = '';
  return url;
}

const commands = ['run', 'demo', 'list', 'explain', 'facts', 'plan', 'lint', 'judge', 'help'];

function notUrl(text: string): string {
  if (/^https?:\/\/($|[/:?#])/i.test(text)) return 'names no host; write http://host:port/path';
  if (/^[a-z]+$/.test(text)) return `is neither a command nor a URL${suggestion(text, commands)}`;
  if (/^[\w.-]+(:\d+)?(\/|$)/.test(text)) return `is not a URL; did you mean http://${text}?`;
  return 'is not a URL; write http://host:port/path';
}
