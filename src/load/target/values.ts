import { filled } from '../../model/template.js';

/** Header fields that each request gets by itself. One from outside would stand beside it, or break what a check sends on purpose. */
const ours: ReadonlySet<string> = new Set([
  'accept',
  'connection',
  'content-length',
  'content-type',
  'expect',
  'last-event-id',
  'mcp-protocol-version',
  'mcp-session-id',
  'transfer-encoding',
]);

/** What is wrong with the name of a header field for a target, as the end of a sentence; undefined where nothing is. */
export function faultOfField(name: string): string | undefined {
  return ours.has(name.toLowerCase())
    ? 'is set by sessionspec itself, as each check wants it; leave it out'
    : undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The text with what the variables that it names hold. */
export function environed(text: string, env: Environment): string {
  return filled(text, (name) => (Object.hasOwn(env, name) ? env[name] : undefined) ?? '');
}

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
  if (!text.includes('://') && (/\s/.test(text.trim()) || /\.(?:[cm]?[jt]s|py|sh)$/.test(text)))
    return "is not a URL; the command of a server goes into --server (with --config, or 'http://127.0.0.1:{port}/mcp'), or into --stdio";
  if (/^[\w.-]+(:\d+)?(\/|$)/.test(text)) return `is not a URL; did you mean http://${text}?`;
  return 'is not a URL; write http://host:port/path';
}
