import { existsSync } from 'node:fs';
import { given } from '../../load/given.js';
import type { Facts } from '../../model/facts.js';
import type { Json, Probe } from '../../model/request.js';
import type { HandleProbe } from '../../model/handle.js';
import { mark } from '../../model/probe.js';
import { isObject } from '../../model/json.js';
import { visible } from '../../report/visible.js';
import type { Description } from '../../model/description.js';
import type { Io } from '../output/io.js';
import { Mistake } from '../mistake.js';
import type { Engine } from '../ports.js';

interface Known {
  readonly url?: string;
  readonly server?: string;
  readonly stdio?: string;
  /** Names of variables for it. */
  readonly variables?: readonly string[];
  readonly facts?: Facts;
}

/** The text of a `sessionspec.yaml`: what is known as it stands, the rest as comments to be filled in. */
export function descriptionOf({ url, server, stdio, variables = [], facts }: Known): string {
  return stdio === undefined
    ? overHttp({ ...given({ url, server, facts }) })
    : overStdio(stdio, variables, facts);
}

function overStdio(stdio: string, variables: readonly string[], facts: Facts | undefined): string {
  return [
    '# yaml-language-server: $schema=./node_modules/sessionspec/suites/schema/target.json',
    '# Describes a server for: npx sessionspec run --config sessionspec.yaml',
    '# Options of the command line win over what stands here.',
    '',
    '# Started for each client, which speaks to it over its pipes.',
    `stdio: ${jsonText(stdio)}`,
    '',
    '# ${NAME} is a variable of the environment, so that no secret stands here.',
    ...(variables.length === 0
      ? ['# env:', "#   API_KEY: '${API_KEY}'"]
      : ['env:', ...variables.map((name) => `  ${name}: '\${${name}}'`)]),
    '',
    ...toolLines(facts),
    '',
    '# More: suites, mutants, baseline, revision, profile, burst, time-scale. The schema explains each in your editor.',
    '',
  ].join('\n');
}

function overHttp({ url, server, facts }: Known): string {
  return [
    '# yaml-language-server: $schema=./node_modules/sessionspec/suites/schema/target.json',
    '# Describes a server for: npx sessionspec run --config sessionspec.yaml',
    '# Options of the command line win over what stands here.',
    '',
    `url: ${jsonText(url ?? 'http://127.0.0.1:3000/mcp')}`,
    '',
    '# Starts the server and stops it afterwards; {port} here and in the URL is a free port.',
    server === undefined ? "# server: 'node server.js --port {port}'" : `server: ${jsonText(server)}`,
    '',
    '# ${NAME} is a variable of the environment, so that no secret stands here.',
    '# headers:',
    "#   Authorization: 'Bearer ${TOKEN}'",
    '',
    '# Credentials of two users make the checks of ownership run.',
    '# as:',
    "#   alice: { Authorization: 'Bearer ${ALICE_TOKEN}' }",
    "#   bob: { Authorization: 'Bearer ${BOB_TOKEN}' }",
    '',
    '# After how many seconds an idle session ends.',
    '# idle-timeout: 2',
    '',
    '# Other nodes of the server.',
    "# replicas: ['http://127.0.0.1:3001/mcp']",
    '',
    ...toolLines(facts),
    '',
    '# How the server is stopped and started, where `server` does not do it.',
    '# hooks:',
    "#   stop: 'docker stop my-server'",
    "#   kill: 'docker kill my-server'",
    "#   start: 'docker start my-server'",
    '',
    '# A file with failures that are known, as `npx sessionspec baseline init` writes it.',
    '# baseline: sessionspec-baseline.yaml',
    '',
    '# More: suites, mutants, revision, profile, burst, time-scale, ca, insecure. The schema explains each in your editor.',
    '',
  ].join('\n');
}

function toolLines(facts: Facts | undefined): readonly string[] {
  const { state, identity, slow, notify: found, update, handle } = facts?.probes ?? {};
  // Of one that repeats only its progress token nothing can be written; it is recognised again.
  const notify = found && called(found).includes('${nonce}') ? found : undefined;
  const uri = isObject(update?.subscribe.params) ? update.subscribe.params['uri'] : undefined;
  const entries = [
    ...(state
      ? [`state: { write: ${called(state.write)}, read: ${called(state.read)}, shows: ${state.shows} }`]
      : []),
    ...Object.entries({ identity, slow, notify }).flatMap(([key, probe]) =>
      probe ? [`${key}: ${called(probe)}`] : [],
    ),
    ...(update && uri !== undefined
      ? [`update: { uri: ${jsonText(uri)}, change: ${called(update.change)} }`]
      : []),
    ...(handle ? [`handle: ${handleText(handle)}`] : []),
  ];
  const known = JSON.stringify([state, identity, slow, found, update, handle]);
  const others = (facts?.tools ?? []).filter((name) => !known.includes(JSON.stringify(name)));
  return [
    '# Tools by which more checks can run; ${nonce} becomes another word for each call. `slow` must take about 400 ms.',
    '# What `state` reads shows what was written in the session: a `number` of writes, the words of all (`marks`), or the last `word`.',
    ...(others.length > 0 ? [`# Not recognised: ${others.map(visible).join(', ')}`] : []),
    ...(entries.length > 0 ? ['tools:', ...entries.map((entry) => `  ${entry}`)] : ['# tools:']),
    ...examples
      .filter(([key]) => !entries.some((entry) => entry.startsWith(`${key}:`)))
      .map(([, text]) => `#   ${text}`),
  ];
}

const examples = [
  ['state', 'state: { write: { name: add }, read: { name: count }, shows: number }'],
  ['identity', 'identity: { name: who_am_i }'],
  ['slow', 'slow: { name: sleep, arguments: { ms: 400 } }'],
  ['update', 'update: { uri: memo://today, change: { name: touch } }'],
  [
    'handle',
    "handle: { create: { name: open }, read: { name: show, arguments: { id: '${handle}' } }, end: { name: close, arguments: { id: '${handle}' } } }",
  ],
  ['notify', "notify: { name: log, arguments: { text: '${nonce}' } }"],
] as const;

/** Where the id stands is found again, where it stands in a text. */
function handleText({ create, idAt: { keys, ...within }, read, write, end }: HandleProbe): string {
  const place = `result${keys.map((key) => `[${JSON.stringify(key)}]`).join('')}`;
  const parts = Object.entries({ create, read, write, end }).flatMap(([does, probe]) =>
    probe === undefined ? [] : [`${does}: ${called(probe)}`],
  );
  return `{ ${[...parts, ...(Object.keys(within).length === 0 ? [`id-at: ${jsonText(place)}`] : [])].join(', ')} }`;
}

/** JSON is YAML too; progress tokens and marks are added again when it is read. */
function called({ params }: Probe): string {
  const { name, arguments: args } = isObject(params) ? params : {};
  return `{ name: ${jsonText(name ?? '')}, arguments: ${jsonText(args ?? {}).replaceAll(mark, '')} }`;
}

function jsonText(value: Json): string {
  // What a terminal would obey when the file is shown is written as an escape, which YAML shares with JSON.
  return JSON.stringify(value).replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What the file of `--config` says of the target. Without the flag no file is read, so that a run depends on its command line alone. */
export async function describedTarget(
  { config }: { readonly config?: string },
  { env }: Pick<Io, 'env'>,
  engine: Engine,
): Promise<Description> {
  if (config === undefined) return {};
  const { target, problems } = await engine.describe(config, env);
  if (target === undefined && !existsSync(config))
    throw new Mistake(`--config ${config}: there is no such file; npx sessionspec init writes one`);
  if (target === undefined) throw new Mistake(['--config has mistakes', ...problems].join('\n'));
  return target;
}
