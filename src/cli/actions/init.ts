import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { given } from '../../load/given.js';
import type { ExitCode } from '../../model/gate.js';
import { describedTarget } from '../options/config.js';
import { descriptionOf } from '../options/description.js';
import { discovered } from '../process/discovered.js';
import type { ConnectionFlags } from '../options/flags.js';
import type { Io } from '../output/io.js';
import { Mistake, reasonOf } from '../mistake.js';
import type { Engine } from '../ports.js';
import { commandOf, parseAsked } from '../process/with-target.js';

const name = 'sessionspec.yaml';

/** Writes a description of a target for its owner to complete. With a URL, it holds what was found out. */
export async function initAction(
  url: string | undefined,
  flags: ConnectionFlags,
  io: Io,
  engine: Engine,
  folder = '.',
): Promise<ExitCode> {
  const path = join(folder, name);
  const server = commandOf(flags);
  // Before the target is asked, and once more when the file is written.
  if (existsSync(path)) throw new Mistake(taken);
  const text = url === undefined ? descriptionOf(given({ server })) : await foundOut(url, flags, io, engine);
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    const why = reasonOf(error);
    throw new Mistake(existsSync(path) ? taken : `${name} cannot be written: ${why}`);
  }
  io.out(`${name} is written; complete it, then: sessionspec run --config ${name}\n`);
  return 0;
}

const taken = `${name} exists already; it was not changed`;

async function foundOut(url: string, flags: ConnectionFlags, io: Io, engine: Engine): Promise<string> {
  const asked = parseAsked(url, flags, await describedTarget(flags, io, engine));
  const [facts] = (await discovered(asked, io, engine)).facts;
  return descriptionOf({
    url,
    ...given({ server: flags.server, facts }),
  });
}
