import { readJson } from './json.js';
import { messagesIn } from './message.js';
import { isSuccess, replyHeader, type Reply } from './reply.js';

/** What a Content-Type promises: the media type in lower case, without its parameters. */
export function mediaType(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

export type Form = 'json' | 'event-stream' | 'other' | 'nothing';

/** What the head of a reply promises of its body. */
export function promised(reply: Reply): Form {
  const [type] = replyHeader(reply, 'content-type');
  if (type === undefined) return 'nothing';
  return forms[mediaType(type)] ?? 'other';
}

const forms: Readonly<Record<string, Form>> = {
  'application/json': 'json',
  'text/event-stream': 'event-stream',
};

/** What the body of a reply is, apart from what its head promised. */
export function formOf(reply: Reply): Form {
  if (reply.kind !== 'response') return 'nothing';
  const { content } = reply;
  if (content.kind === 'stream')
    return content.events.length > 0 ? 'event-stream' : (content.stray ?? 'nothing');
  if (content.bytes === 0) return 'nothing';
  if (messagesIn(reply).length > 0 || readJson(content.text) !== undefined) return 'json';
  return /^\s*(data|event|id|retry|):/.test(content.text) ? 'event-stream' : 'other';
}

/** The answer is there, under a media type that keeps every client from reading it: events, called JSON, or JSON, called events. */
export function isMislabelled(reply: Reply | undefined): boolean {
  if (reply === undefined || !isSuccess(reply)) return false;
  const [promise, form] = [promised(reply), formOf(reply)];
  return (promise === 'json' && form === 'event-stream') || (promise === 'event-stream' && form === 'json');
}
