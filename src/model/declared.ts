import { capabilityFor, type ServerRequest } from './client-capabilities.js';
import { isObject, parseJson } from './json.js';
import type { Exchange } from './transcript.js';

/** Whether the client of an initialize declared what a server needs for this request. One that we do not know may need nothing. */
export function mayBeAskedFor(
  { method, params: asked }: ServerRequest,
  { sent }: Pick<Exchange, 'sent'>,
): boolean {
  const capability = capabilityFor(method);
  if (capability === undefined) return true;
  const message = parseJson((sent.carrier === 'http' ? sent.body : sent.line) ?? '');
  const params = isObject(message) ? message['params'] : undefined;
  const declared = isObject(params) ? params['capabilities'] : undefined;
  const own = isObject(declared) && Object.hasOwn(declared, capability) ? declared[capability] : undefined;
  const isByUrl = capability === 'elicitation' && isObject(asked) && asked['mode'] === 'url';
  return own !== undefined && (!isByUrl || (isObject(own) && own['url'] !== undefined));
}
