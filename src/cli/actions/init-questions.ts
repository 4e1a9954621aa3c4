import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { given } from '../../load/given.js';
import { isObject, parseJson } from '../../model/json.js';
import type { Io } from '../output/io.js';
import { ciNames } from './init-files.js';

/** What `init` has to know. */
interface Answers {
  readonly url?: string;
  readonly server?: string;
  readonly ci?: string;
}

/** Asks a person what no flag has said. An empty line takes what stands in brackets. */
export async function askedFor(
  ask: NonNullable<Io['ask']>,
  folder: string,
  typed: Answers,
): Promise<Answers> {
  const question = async (says: string, otherwise: string) =>
    (await ask(`${says} [${otherwise}]: `)) || otherwise;
  const server = await question(
    'Command that starts the server, with {port} for a free port (- where it runs already)',
    startOf(folder) ?? none,
  );
  const isStarted = server !== none;
  const url = await question('URL', `http://127.0.0.1:${isStarted ? '{port}' : '3000'}/mcp`);
  const ci = typed.ci ?? (await question(`Write what runs it in CI: ${ciNames.join(', ')} or -`, none));
  return {
    url,
    ...given({ server: isStarted ? server : undefined, ci: ci === none ? undefined : ci }),
  };
}

const none = '-';

/** How the package in the folder is started. The free port is in PORT for it. */
function startOf(folder: string): string | undefined {
  const path = join(folder, 'package.json');
  const read = existsSync(path) ? parseJson(readFileSync(path, 'utf8')) : undefined;
  const scripts = isObject(read) ? read['scripts'] : undefined;
  return isObject(scripts) && scripts['start'] !== undefined ? 'npm start' : undefined;
}
