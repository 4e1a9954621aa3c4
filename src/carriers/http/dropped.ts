import { errors } from './undici.js';
import type { Reply } from '../../model/reply.js';

/** Code and sentence of an exchange without an answer. The code is stable and independent of the library. */
export function dropped(error: unknown): Reply {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof errors.HTTPParserError) return parserError(message);
  if (code === 'UND_ERR_SOCKET' && message.startsWith('bad ')) return unreadable;
  const [stable, says] = causes.get(code) ?? unknownCause(code, message);
  return { kind: 'dropped', code: stable, says };
}

/** A failure that already carries the code and the sentence it is to be reported with. */
export class HttpError extends Error {
  readonly code: string;

  constructor(code: string, says: string) {
    super(says);
    this.name = 'HttpError';
    this.code = code;
  }
}

type Cause = readonly [code: string, says: string];

const causes: ReadonlyMap<string, Cause> = new Map<string, Cause>([
  ['EMFILE', ['EMFILE', 'sessionspec has no file descriptor left for a connection']],
  ['ENFILE', ['ENFILE', 'this machine has no file descriptor left for a connection']],
  ['EADDRNOTAVAIL', ['EADDRNOTAVAIL', 'this machine has no local port or address left for a connection']],
  ['ENOBUFS', ['ENOBUFS', 'this machine has no memory left for a connection']],
  ['ENOMEM', ['ENOMEM', 'this machine has no memory left for a connection']],
  ['ECONNREFUSED', ['ECONNREFUSED', 'the connection was refused: nothing listens at this address']],
  ['ECONNRESET', ['ECONNRESET', 'the target reset the connection before it answered']],
  // Which of the two is seen depends on who is quicker, not on what the target did.
  ['EPIPE', ['ECONNRESET', 'the target reset the connection before it answered']],
  ['UND_ERR_SOCKET', ['CLOSED', 'the target closed the connection before it answered']],
  ['UND_ERR_CONNECT_TIMEOUT', ['CONNECT_TIMEOUT', 'no connection could be made in time']],
  ['ETIMEDOUT', ['CONNECT_TIMEOUT', 'no connection could be made in time']],
  ['EHOSTUNREACH', ['UNREACHABLE', 'there is no route to the host']],
  ['ENETUNREACH', ['UNREACHABLE', 'there is no route to the host']],
  ['ENOTFOUND', ['ENOTFOUND', 'the host name is unknown']],
  ['EAI_AGAIN', ['EAI_AGAIN', 'the name service did not answer']],
  [
    'UND_ERR_HEADERS_OVERFLOW',
    ['HEADERS_OVERFLOW', 'the head of the answer is larger than the harness accepts'],
  ],
  [
    'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
    ['HTTP_PARSER', 'the answer is shorter or longer than it announced'],
  ],
  [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    ['CERT_UNTRUSTED', 'the certificate is self-signed and not among the trusted ones'],
  ],
  [
    'SELF_SIGNED_CERT_IN_CHAIN',
    ['CERT_UNTRUSTED', 'the chain of certificates ends in one that is not trusted'],
  ],
  [
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ['CERT_UNTRUSTED', 'the certificate is not signed by a trusted authority'],
  ],
  ['UNABLE_TO_GET_ISSUER_CERT', ['CERT_UNTRUSTED', 'the certificate is not signed by a trusted authority']],
  [
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    ['CERT_UNTRUSTED', 'the certificate is not signed by a trusted authority'],
  ],
  ['CERT_HAS_EXPIRED', ['CERT_EXPIRED', 'the certificate has expired']],
  ['CERT_NOT_YET_VALID', ['CERT_NOT_YET_VALID', 'the certificate is not valid yet']],
  ['ERR_TLS_CERT_ALTNAME_INVALID', ['CERT_HOSTNAME', 'the certificate is for another host']],
]);

function unknownCause(code: string, message: string): Cause {
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) {
    return ['TLS_HANDSHAKE', 'the TLS handshake failed'];
  }
  return [code, message.slice(0, 200) || 'the exchange failed'];
}

// undici does not say which of the two it was.
const unreadable: Reply = {
  kind: 'dropped',
  code: 'UNREADABLE',
  says: 'the target sent 101 unasked, or an answer to nothing, which the harness cannot read',
};

function parserError(message: string): Reply {
  const reason = /\(([^)]{1,100})\)/.exec(message)?.[1] ?? message;
  return { kind: 'dropped', code: 'HTTP_PARSER', says: `the answer is not valid HTTP/1.1: ${reason}` };
}

export function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return 'UNKNOWN';
  return error.code;
}
