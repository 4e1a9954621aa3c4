import type { Carrier, Connection, HttpOptions, Outgoing } from '../../model/carrier.js';
import { sessionHeader, type IdPlace } from '../../model/session-id.js';
import { connectHttp } from './connection.js';
import { describeRoute } from './route.js';
import type { Header, HttpRequest } from '../../model/framing.js';
import { mirroringFields } from '../../model/mirrored.js';
import { namingFields } from '../../model/modern.js';
import { withIds } from '../meta.js';

/** The one door to the network. Nothing is opened before the first request. */
export function createHttp(options: HttpOptions, idPlace: IdPlace = sessionHeader): Carrier {
  const route = describeRoute(options);
  const open = new Set<Connection>();
  return {
    idPlace,
    frame: (outgoing) => frameHttp(outgoing, idPlace),
    connect: () => {
      const connection = connectHttp(route, () => open.delete(connection));
      open.add(connection);
      return connection;
    },
    close: async () => {
      await Promise.all([...open].map((connection) => connection.close()));
    },
  };
}

const methods = { message: 'POST', listen: 'GET', end: 'DELETE' } as const satisfies Record<
  Outgoing['does'],
  string
>;

/** The request of Streamable HTTP by which an ordinary client says it, but for what a check wants otherwise. */
export function frameHttp(outgoing: Outgoing, place: IdPlace): HttpRequest {
  const { does, text, http } = outgoing;
  const wanted = Object.entries(http?.headers ?? {});
  const overrides = new Map(wanted.map(([name, value]) => [name.toLowerCase(), value]));
  const headers: Header[] = [];
  for (const [name, value] of [...fieldsOf(outgoing, place), ...outgoing.added]) {
    const override = overrides.get(name.toLowerCase());
    if (override !== null) headers.push([name, override ?? value]);
  }
  for (const [name, value] of wanted) {
    if (value !== null && !headers.some(([known]) => known.toLowerCase() === name.toLowerCase()))
      headers.push([name, value]);
  }
  const body = place.in === 'meta' && text !== undefined ? withIds(text, outgoing.ids, place) : text;
  return {
    carrier: 'http',
    method: methods[does],
    headers,
    ...(body !== undefined && { body }),
    ...(http?.query !== undefined && { query: http.query }),
    ...(http?.raw !== undefined && { raw: http.raw }),
  };
}

function fieldsOf(
  { does, text, ids, revision, modern, mirrored, resumes }: Outgoing,
  place: IdPlace,
): readonly Header[] {
  const headers: Header[] = [];
  if (does === 'message')
    headers.push(['Content-Type', 'application/json'], ['Accept', 'application/json, text/event-stream']);
  if (does === 'listen') headers.push(['Accept', 'text/event-stream']);
  // Without it any coding may come, and nothing is decompressed here.
  headers.push(['Accept-Encoding', 'identity']);
  if (revision !== undefined) headers.push(['MCP-Protocol-Version', revision]);
  if (modern && text !== undefined) headers.push(...namingFields(text));
  if (modern && mirrored && text !== undefined) headers.push(...mirroringFields(text, mirrored));
  if (place.in === 'header') for (const id of ids) headers.push([place.name, id]);
  if (resumes !== undefined) headers.push(['Last-Event-ID', resumes]);
  return headers;
}
