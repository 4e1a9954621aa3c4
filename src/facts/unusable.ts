import type { Address, Ended } from '../model/carrier.js';
import { describeWords } from '../model/incident.js';
import { lastWords } from '../model/last-words.js';
import type { unread } from '../model/message.js';
import type { Era } from '../model/revision.js';
import { codingOf, isSuccess, replyHeader, statusOf, type Reply } from '../model/reply.js';
import { withoutAssigned } from '../model/secrets.js';

/** One sentence for a target that cannot be examined, with what to do about it and what its process said last. */
export function whyUnusable(address: Address, reply: Reply, era: Era = 'legacy', ended?: Ended): string {
  return address.kind === 'http'
    ? whyOverHttp(address, reply, era)
    : whyOverStdio(address, reply, era, ended);
}

function whyOverStdio(address: Address, reply: Reply, era: Era, ended: Ended | undefined): string {
  const { asks, serves } = firstSteps[era];
  const where = placeOf(address);
  switch (reply.kind) {
    case 'timeout':
      return `${where} was started but did not answer ${asks} within ${(reply.afterMs / 1000).toFixed(0)} s; does it speak MCP over stdio? one that is installed first (npx, uvx) may need to be run once before`;
    case 'aborted':
      return `the run was interrupted before ${where} answered`;
    case 'dropped':
      return `${where} cannot be examined: ${reply.says}${ended === undefined ? '' : describeWords(lastWords(ended.stderr))}`;
    case 'response':
      return `${where} does not ${serves} was answered${describe(reply)}`;
  }
}

/** An address as a sentence has it. */
function placeOf(address: Address): string {
  if (address.kind === 'stdio') return `\`${withoutAssigned(address.command)}\``;
  const { origin, pathname } = address.url;
  return `${origin}${pathname}`;
}

function whyOverHttp(address: Address, reply: Reply, era: Era): string {
  const { asks, serves } = firstSteps[era];
  const where = placeOf(address);
  switch (reply.kind) {
    case 'timeout':
      return `${where} took the connection but did not answer ${asks} within ${(reply.afterMs / 1000).toFixed(0)} s; is it an MCP endpoint?`;
    case 'aborted':
      return `the run was interrupted before ${where} answered`;
    case 'dropped':
      return `${where} cannot be reached: ${reply.says} (${reply.code})${hints[reply.code] ?? ''}`;
    case 'response':
      return `${where} does not ${serves} was answered${numbered(reply)}${statusHints[statusOf(reply) ?? 0] ?? describe(reply)}`;
  }
}

/** How a client of an era begins, and what it is refused. */
const firstSteps: Readonly<Record<Era, { readonly asks: string; readonly serves: string }>> = {
  legacy: { asks: 'an initialize', serves: 'open a session: initialize' },
  modern: { asks: 'server/discover', serves: 'serve clients of 2026-07-28: server/discover' },
};

function numbered(reply: Reply): string {
  const status = statusOf(reply);
  return status === undefined ? '' : ` ${status}`;
}

/** It opens sessions, and that is all, as far as its answers can be read. */
export function whyUnresponsive(address: Address, why: ReturnType<typeof unread>): string {
  return `${placeOf(address)} opens a session but ${why === undefined ? answersNothing : unreadable[why]}; nothing can be examined`;
}

const answersNothing = 'answers neither ping nor a list in it, and refuses neither';
const unreadable: Readonly<Record<NonNullable<ReturnType<typeof unread>>, string>> = {
  compressed:
    'compresses its answers in it though each request asks for no coding (Accept-Encoding: identity): turn compression off',
  'limit-reached': 'its answers in it are larger, or nest deeper, than sessionspec reads',
};

const hints: Readonly<Record<string, string>> = {
  ECONNREFUSED: '; is the server running on that port?',
  EMFILE: '; raise the limit with ulimit -n',
  ENFILE: '; raise the limit of open files of this machine',
  ENOTFOUND: '; check the host name',
  CERT_UNTRUSTED: '; pass --ca FILE, or --insecure to accept any certificate',
  CERT_EXPIRED: '; renew the certificate, or pass --insecure',
  CERT_NOT_YET_VALID: '; check the clock, or pass --insecure',
  CERT_HOSTNAME: '; the certificate is for another host: check the URL, or pass --insecure',
  TLS_HANDSHAKE: '; does the port speak TLS? try http://',
};

const statusHints: Readonly<Record<number, string>> = {
  401: '; it asks for credentials, or refuses those that came: pass --header "Authorization: Bearer …" with valid ones',
  403: '; it forbids the request: pass credentials by --header, or check its Origin and Host rules',
  404: '; nothing is there: check the path (often /mcp)',
  405: '; POST is not allowed there: check the path (often /mcp)',
};

function describe(reply: Extract<Reply, { kind: 'response' }>): string {
  const status = statusOf(reply) ?? 0;
  if (status >= 300 && status < 400) {
    const [location] = replyHeader(reply, 'location');
    const where = location === undefined ? '' : `, perhaps ${JSON.stringify(location.slice(0, 200))}`;
    return `; redirects are not followed: give the final URL${where}`;
  }
  const coding = codingOf(reply);
  if (coding !== undefined) {
    return `, compressed (${JSON.stringify(coding.slice(0, 40))}) though the request asks for no coding (Accept-Encoding: identity); turn compression off`;
  }
  if (isSuccess(reply)) {
    const text = reply.content.kind === 'body' ? reply.content.text : (reply.content.events[0]?.data ?? '');
    const start = JSON.stringify(text.slice(0, 60));
    return `, but not with an InitializeResult: ${text === '' ? 'nothing came' : start}`;
  }
  return '';
}
