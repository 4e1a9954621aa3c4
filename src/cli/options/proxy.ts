import type { Io } from '../output/io.js';
import { Mistake } from '../mistake.js';

/** The forward proxy that the environment names for an address, if any. */
export function proxyFor(url: URL, env: Io['env']): string | undefined {
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const text = env[name.toLowerCase()] || env[name];
  if (!text || isLocal(url.hostname) || isExempt(url, env['no_proxy'] || env['NO_PROXY'] || ''))
    return undefined;
  const proxy = URL.canParse(text) ? new URL(text) : undefined;
  if (proxy?.protocol !== 'http:')
    throw new Mistake(`${name} must be http://host:port, not ${JSON.stringify(text)}`);
  return text;
}

// A proxy elsewhere cannot reach this machine's own addresses, and a server under test mostly is there.
function isLocal(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host.startsWith('127.') || host === '[::1]';
}

function isExempt({ hostname, port, protocol }: URL, list: string): boolean {
  const at = port || (protocol === 'https:' ? '443' : '80');
  return list.split(/[\s,]+/).some((entry) => {
    const [, name = '', only] = /^(?:\*?\.)?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (entry === '' || (only !== undefined && only !== at)) return false;
    return entry === '*' || hostname === name || hostname.endsWith(`.${name}`);
  });
}
