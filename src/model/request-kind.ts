import type { RequestKind } from './profile.js';
import { modernRevision } from './revision.js';
import type { ExchangeStep, Step } from './suite.js';

/** Which row of a set of answers a step is judged by. Where a body is written out, its text tells. */
export function requestKindOf(step: ExchangeStep): RequestKind {
  switch (step.kind) {
    case 'open':
      return step.revision === modernRevision ? 'request' : 'initialize';
    case 'send':
      return step.method === 'initialize' ? 'initialize' : 'request';
    case 'answer':
    case 'notify':
      return 'notification';
    case 'listen':
      return 'get';
    case 'delete':
      return 'delete';
    case 'post':
      return kindOfBody(step.body);
    case 'raw':
      if (step.text.startsWith('GET ')) return 'get';
      return step.text.startsWith('DELETE ') ? 'delete' : kindOfBody(step.text);
  }
}

export function isExchange(step: Step): step is ExchangeStep {
  return 'session' in step;
}

function kindOfBody(body: string): RequestKind {
  if (/"method"\s*:\s*"initialize"/.test(body)) return 'initialize';
  // A response has an id too, but asks for nothing.
  return /"id"\s*:/.test(body) && /"method"\s*:/.test(body) ? 'request' : 'notification';
}
