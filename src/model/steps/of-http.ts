import type { Expectation, Rule } from '../rule.js';
import type { ExchangeStep } from '../suite.js';
import type { Bound } from './kind.js';

/** What of a request, or of the answer that it shall get, only HTTP has. */
export function ofHttp(step: ExchangeStep): Bound | undefined {
  const does = sent(step) ?? wanted(step);
  return does === undefined ? undefined : { carrier: 'http', does };
}

function sent(step: ExchangeStep): string | undefined {
  const { headers, cookies, query, credentials, revisionHeader, connection } = step;
  if (Object.keys(headers).length > 0) return `sets ${Object.keys(headers).join(', ')}`;
  if (cookies !== undefined) return 'sends cookies';
  if (query !== undefined) return 'sends a query';
  // A client has one process, and another one knows nothing of it.
  if (connection !== 'kept') return 'goes over another connection than its own';
  if (credentials !== undefined) return 'leaves header fields out';
  if (revisionHeader.kind === 'text') return 'sets MCP-Protocol-Version';
  if (step.kind === 'send' && step.abort.startsWith('in-')) return 'hangs up in the middle of a request';
  if (step.kind === 'listen' && step.resume !== undefined) return 'resumes a stream';
  return undefined;
}

function wanted({ require, judge }: ExchangeStep): string | undefined {
  if (judge?.kind === 'answer') return `is judged by the answers to \`${judge.set}\` of a profile`;
  const what = (require && framed(require)) ?? judged(judge);
  return what === undefined ? undefined : `looks at ${what}`;
}

/**
 * A grade that lets nothing pass may as well not be met. One that lets a status pass is of HTTP, unless an error of JSON-RPC passes too: over
 * another carrier a refusal is nothing else.
 */
function judged(judge: Rule | undefined): string | undefined {
  if (judge?.kind === 'expect') return framed(judge.expect);
  const passing = judge?.kind === 'graded' ? judge.grades.filter(({ then }) => then === 'pass') : [];
  const isSaidByError = passing.some(({ if: one }) => one.error === true && framed(one) === undefined);
  return isSaidByError ? undefined : passing.flatMap((grade) => framed(grade.if) ?? [])[0];
}

/** A carrier without a status has what HTTP brings with 200. */
const servedStatuses: ReadonlySet<number | string> = new Set([200, '2xx']);

function framed(expectation: Expectation): string | undefined {
  const { status, header, body, stream } = expectation;
  if (status?.every((one) => !servedStatuses.has(one))) return 'the status';
  if (header !== undefined) return 'a header field';
  if (body !== undefined) return 'a body without a message';
  // All that comes over stdio is a stream.
  if (stream === false) return 'the media type';
  return expectation['begins-with-id-event'] === undefined ? undefined : 'an event id';
}
