import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { quoted } from '../../report/evidence.js';
import type { Io } from '../output/io.js';
import { Mistake } from '../mistake.js';
import { stdioAddress } from '../options/stdio.js';
import type { StdioAt } from '../../prove/stdio.js';
import { startServer } from '../process/server.js';

/** Where the peers of a fixture listen, and how often a client followed its redirect. */
export interface FixtureIndex {
  readonly peers: Readonly<Record<string, string>>;
  readonly redirectTrapHits?: number;
}

export interface Serving {
  readonly url: URL;
  readonly index: () => Promise<FixtureIndex>;
}

/** Does something with one of our own servers, in a process of its own. */
export async function withFixture<T>(
  script: string,
  name: string,
  io: Io,
  use: (server: Serving) => Promise<T>,
  args: readonly string[] = [],
): Promise<T> {
  const main = built(script);
  const command = `${[process.execPath, main, ...args].map(quoted).join(' ')} --port {port}`;
  const interrupt = new AbortController();
  const forget = io.onInterrupt(() => interrupt.abort());
  const server = await startServer({
    command,
    url: `http://127.0.0.1:{port}/${name}`,
    io,
    signal: interrupt.signal,
  });
  try {
    const interrupted = new Promise<never>((_, reject) => {
      interrupt.signal.addEventListener('abort', () => reject(new Mistake('interrupted', 130)));
    });
    return await Promise.race([use({ url: server.url, index: () => readIndex(server.url) }), interrupted]);
  } finally {
    await server.stop();
    forget();
  }
}

/** The server over stdio, with what it decides otherwise. */
export function stdioAt({ env }: Pick<Io, 'env'>): StdioAt {
  const main = built('stdio/main.js');
  return (change) => {
    const decisions = Object.entries(change).flatMap(([field, value]) => ['--set', `${field}=${value}`]);
    return stdioAddress([process.execPath, main, ...decisions].map(quoted).join(' '), [], env);
  };
}

function built(script: string): string {
  const main = fileURLToPath(new URL(`../../fixtures/${script}`, import.meta.url));
  if (!existsSync(main)) throw new Mistake(`the fixtures are not built (${main}); run npm run build`, 4);
  return main;
}

async function readIndex({ origin }: URL): Promise<FixtureIndex> {
  const answer: unknown = await (await fetch(`${origin}/`)).json();
  if (!isIndex(answer)) throw new Error(`${origin} does not say where its peers are`);
  return answer;
}

function isIndex(answer: unknown): answer is FixtureIndex {
  return typeof answer === 'object' && answer !== null && 'peers' in answer;
}
