import type { MessageKind } from '../model/facts.js';
import { messagesIn } from '../model/message.js';
import type { Reply } from '../model/reply.js';

/** What a server told a client of its own accord. */
export interface Told {
  readonly kinds: readonly MessageKind[];
  /** Some of it repeats a word that was given. */
  readonly repeats: boolean;
  readonly count: number;
}

/** The notifications in a reply; its own pings are no messages. */
export function toldIn(reply: Reply | undefined, word: string): Told {
  const told = messagesIn(reply).flatMap((message) => (message.kind === 'notification' ? [message] : []));
  return {
    kinds: [...new Set(told.map(({ method }) => kindOf(method)))],
    repeats: told.some(({ value }) => JSON.stringify(value).includes(word)),
    count: told.length,
  };
}

function kindOf(method: string): MessageKind {
  if (method.endsWith('/list_changed')) return 'list-changed';
  return kinds[method] ?? 'other';
}

const kinds: Readonly<Record<string, MessageKind>> = {
  'notifications/progress': 'progress',
  'notifications/message': 'log',
  'notifications/resources/updated': 'update',
};
