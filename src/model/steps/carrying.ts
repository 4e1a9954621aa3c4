import type { ExchangeStep } from '../suite.js';
import type { SessionChoice } from '../session-choice.js';

/** What is particular about a request, as it is told. */
export function carrying({
  session,
  query,
  node,
  connection,
  headers,
  revisionHeader,
  meta,
  cookies,
}: ExchangeStep): string {
  const parts = [
    sessionWords(session),
    revisionHeader.kind === 'none' ? 'without a revision header' : '',
    revisionHeader.kind === 'text' ? `with revision header ${JSON.stringify(revisionHeader.text)}` : '',
    ...Object.entries(headers).map(([name, value]) =>
      value === null ? `without ${name}` : `with ${name}: ${value}`,
    ),
    ...metaWords(meta),
    cookies === undefined ? '' : `with the cookies of ${cookies}`,
    query === undefined ? '' : `with ?${query}`,
    node === undefined ? '' : places[node],
    connection === 'new' ? 'on a new connection' : '',
    typeof connection === 'object' ? `on the connection of ${connection.of}` : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? `, ${parts.join(', ')}` : '';
}

function metaWords(meta: ExchangeStep['meta']): readonly string[] {
  if (meta === undefined) return [];
  if (meta === 'none') return ['without _meta'];
  return Object.entries(meta).map(([key, value]) =>
    value === null ? `without _meta ${key}` : `with _meta ${key} ${JSON.stringify(value)}`,
  );
}

function sessionWords(session: SessionChoice): string {
  switch (session.kind) {
    case 'own':
      return '';
    case 'none':
      return 'without an id';
    case 'of':
      return session.changed === undefined
        ? `with the id of ${session.actor}`
        : `with the id of ${session.actor}, ${session.changed}`;
    case 'generated':
      return `with an id never issued (${session.how})`;
    case 'text':
      return `with the id ${JSON.stringify(session.text.length > 40 ? `${session.text.slice(0, 40)}…` : session.text)}`;
    case 'named-by':
      return `with the id that the refusal of ${session.step} named`;
    case 'sent-by':
      return `with the id that ${session.step} carried`;
    case 'several':
      return session.of.map(sessionWords).join(' and ');
  }
}

const places = {
  first: 'at the first node',
  other: 'at another node',
  next: 'at each node in turn',
} as const;
