import { accepts } from './port.js';

/**
 * Where a server listens that does not listen where it should: at an address or a port that it speaks of, or at the other loopback
 * address. Some take the next port when theirs is taken, some have one of their own, and `localhost` may be either address.
 */
export async function listensInstead(words: readonly string[], url: URL): Promise<string | undefined> {
  for (const [says, there] of placesIn(words, url))
    if (there.host !== url.host && (await accepts(there))) return says;
  return undefined;
}

function placesIn(words: readonly string[], url: URL): ReadonlyMap<string, URL> {
  const named = words.flatMap((line) => line.match(/\bhttps?:\/\/[^\s"'<>()]+/g) ?? []);
  const ports = words.flatMap((line) => line.match(/\b\d{4,5}\b/g) ?? []);
  const places = new Map<string, URL>();
  for (const address of named) if (URL.canParse(address)) places.set(address, new URL(address));
  for (const port of ports.filter((one) => Number(one) < 65_536))
    places.set(`port ${port}`, at(url, { port }));
  for (const hostname of loopback.filter(() => loopback.includes(url.hostname)))
    places.set(at(url, { hostname }).host, at(url, { hostname }));
  return places;
}

const loopback = ['127.0.0.1', '[::1]'];

function at(url: URL, { hostname = url.hostname, port = url.port }): URL {
  return Object.assign(new URL(url), { hostname, port });
}
