import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { given } from '../../load/given.js';
import type { Facts } from '../../model/facts.js';
import type { ExitCode } from '../../model/gate.js';
import { plural } from '../../model/plural.js';
import { visible } from '../../report/visible.js';
import { describedTarget, descriptionOf } from '../options/description.js';
import { discovered, commandOf, parseAsked } from '../process/with-target.js';
import type { InitFlags } from '../options/flags.js';
import type { Io } from '../output/io.js';
import { Mistake } from '../mistake.js';
import type { Engine } from '../ports.js';
import { askedFor } from './init-questions.js';
import { missingFor, recipeFor, write, type Written } from './init-files.js';

const name = 'sessionspec.yaml';

/** Writes a description of a target for its owner to complete. With a URL or a command, it holds what was found out. */
export async function initAction(
  url: string | undefined,
  flags: InitFlags,
  io: Io,
  engine: Engine,
  folder = '.',
): Promise<ExitCode> {
  const server = commandOf(flags);
  const typed = { ...given({ url, server, stdio: flags.stdio }), ...given({ ci: flags.ci }) };
  const recipe = recipeFor(flags.ci);
  if (recipe && existsSync(join(folder, name))) return recipeAlone(recipe, folder, io);
  // Before anybody is asked, and once more when the file is written.
  refuseTaken(folder, [name, ...(recipe ? [recipe.path] : [])]);
  const isAsked =
    io.ask !== undefined && [url, server, flags.stdio, flags.config].every((one) => one === undefined);
  const wanted = isAsked && io.ask ? await askedFor(io.ask, folder, typed) : typed;
  const chosen = recipeFor(wanted.ci);
  refuseTaken(folder, chosen ? [chosen.path] : []);
  const { text, facts } = await described(
    wanted,
    { ...flags, ...given({ server: wanted.server }) },
    io,
    engine,
  );
  const files: readonly Written[] = [{ path: name, text }, ...(chosen ? [chosen] : [])];
  for (const file of files) write(folder, file);
  io.out(`${[said(files, facts), ...(chosen ? missingFor(chosen, folder) : [])].join('\n')}\n`);
  return 0;
}

/** Beside a description that its owner has, which stays as it is. */
function recipeAlone(recipe: Written, folder: string, io: Io): ExitCode {
  write(folder, recipe);
  const is = `${recipe.path} is written; ${name} exists already and was not changed`;
  io.out(`${[is, ...missingFor(recipe, folder)].join('\n')}\n`);
  return 0;
}

function refuseTaken(folder: string, paths: readonly string[]): void {
  const taken = paths.find((path) => existsSync(join(folder, path)));
  if (taken !== undefined) throw new Mistake(`${taken} exists already; it was not changed`);
}

interface Wanted {
  readonly url?: string;
  readonly server?: string;
  readonly stdio?: string;
}

/** A server that can be reached is asked what it offers. */
async function described(
  { url: where, server, stdio }: Wanted,
  flags: InitFlags,
  io: Io,
  engine: Engine,
): Promise<{ readonly text: string; readonly facts?: Facts }> {
  const url = where ?? (server === undefined ? undefined : anyPort);
  if (url === undefined && stdio === undefined) return { text: descriptionOf({}) };
  const asked = parseAsked(url, flags, await describedTarget(flags, io, engine), io.env);
  const [facts] = (await discovered(asked, io, engine)).facts;
  const variables = (flags.env ?? []).map((text) => text.replace(/=.*$/s, ''));
  return {
    text: descriptionOf({ ...given({ url, server, stdio, facts }), variables }),
    ...given({ facts }),
  };
}

const anyPort = 'http://127.0.0.1:{port}/mcp';

function said(files: readonly Written[], facts: Facts | undefined): string {
  const run = `npx sessionspec run --config ${name}`;
  const written = `${files.map(({ path }) => path).join(' and ')} ${files.length > 1 ? 'are' : 'is'} written`;
  if (facts === undefined)
    return `${written}; put the address of your server (url), or its command (server), into ${name}, then: ${run}`;
  return [`found: ${foundWords(facts)}`, `${written}; now: ${run}`].join('\n');
}

function foundWords({ server, revision, issuesIds, tools, probes }: Facts): string {
  const recognised = (['state', 'identity', 'slow', 'notify'] as const).filter((kind) => probes[kind]);
  const used = recognised.length === 0 ? 'none of a kind that is known' : `used: ${recognised.join(', ')}`;
  return visible(
    [
      `${server.name} ${server.version}`,
      `revision ${revision}`,
      issuesIds ? 'session ids' : 'no session ids',
      ...(tools === undefined || tools.length === 0 ? [] : [`${plural(tools.length, 'tool')} (${used})`]),
    ].join(', '),
  );
}
