import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Diagnostic } from '../../model/diagnostic.js';
import type { DescribedHandle, DescribedTools, ToolCall } from '../../model/request.js';
import { readPath } from '../../model/value-path.js';
import type { Description } from '../../model/description.js';
import { nodeFiles, type Files } from '../yaml/files.js';
import { given } from '../given.js';
import { deduplicated, type Problem } from '../yaml/problem.js';
import { located, type YamlSource } from '../yaml/position.js';
import { shaped } from '../schema/schema.js';
import { openSource } from '../yaml/source.js';
import { entryOf } from './baseline.js';
import { certificatesOf, faultsOfSuites, faultsOfTarget } from './target-faults.js';
import { environed, type Environment } from './values.js';
import type { RawCall, RawTarget } from './raw-target.js';

export interface LoadedTarget {
  /** Absent where something is wrong with it. */
  readonly target?: Description;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads what a file says of a target. Secrets come from the environment, so that the file can be shared. */
export function loadTarget(file: string, env: Environment, files: Files = nodeFiles): LoadedTarget {
  const { source, diagnostics: faults } = openSource(file, files);
  if (source === undefined) return { diagnostics: faults };
  const { value: raw, problems: misshapen } = shaped('target', source.value);
  const ca = certificatesOf(raw?.ca, file, files);
  const suites = raw?.suites?.map((path) => (isAbsolute(path) ? path : join(dirname(file), path)));
  const problems =
    raw === undefined
      ? misshapen
      : [...faultsOfTarget(raw, env), ...faultsOfSuites(suites, files), ...ca.problems];
  const diagnostics = deduplicated([...faults, ...problems.map((problem) => discreet(source, problem))]);
  if (raw === undefined || diagnostics.length > 0) return { diagnostics };
  return {
    target: {
      ...descriptionOf(raw, env),
      ...given({ ca: ca.text, suites, baseline: baselineOf(raw, file) }),
    },
    diagnostics,
  };
}

/** What stands behind the name of a header field may be a secret: only the name is shown. */
function discreet(source: YamlSource, problem: Problem): Diagnostic {
  if (!['headers', 'as', 'env'].includes(String(problem.at[0]))) return located(source, problem);
  const said = located(source, { ...problem, key: true });
  const [before, key] = [said.source.slice(0, said.column - 1), said.source.slice(said.column - 1)];
  return { ...said, source: `${before.replaceAll(/\S/g, ' ')}${key.slice(0, said.width)}` };
}

/** Its path is seen from the folder of the file that names it. */
function baselineOf({ baseline }: RawTarget, file: string): Description['baseline'] {
  return typeof baseline === 'string' ? resolve(dirname(file), baseline) : baseline?.map(entryOf);
}

function descriptionOf(raw: RawTarget, env: Environment): Description {
  const {
    url,
    server,
    stdio,
    revision,
    profile,
    burst,
    insecure,
    hooks,
    tools,
    headers,
    as,
    replicas,
    mutants,
  } = raw;
  const idle = raw['idle-timeout'];
  const fieldsOf = (fields: NonNullable<RawTarget['headers']>) =>
    Object.entries(fields).map(([name, value]) => [name, environed(value, env).trim()] as const);
  return given({
    url,
    server,
    stdio,
    env: raw.env && fieldsOf(raw.env),
    revision,
    profile,
    burst,
    hooks,
    mutants,
    insecure: insecure ? (true as const) : undefined,
    timeScale: raw['time-scale'],
    idleTimeoutMs: idle && idle * 1_000,
    replicas: replicas?.map((text) => new URL(text)),
    headers: headers && fieldsOf(headers),
    principals:
      as && Object.fromEntries(Object.entries(as).map(([actor, fields]) => [actor, fieldsOf(fields)])),
    tools:
      tools &&
      given({
        state: tools.state && {
          write: toolCall(tools.state.write),
          read: toolCall(tools.state.read),
          shows: tools.state.shows,
          ...given({ countAt: keysOf(tools.state['count-at']) }),
        },
        identity: tools.identity && toolCall(tools.identity),
        slow: tools.slow && toolCall(tools.slow),
        notify: tools.notify && toolCall(tools.notify),
        ask: tools.ask && toolCall(tools.ask),
        update: tools.update && { uri: tools.update.uri, change: toolCall(tools.update.change) },
        handle: tools.handle && describedHandle(tools.handle),
        dataSession: dataSessionOf(tools['data-session']),
      }),
  });
}

function describedHandle(raw: NonNullable<NonNullable<RawTarget['tools']>['handle']>): DescribedHandle {
  const { create, read, write, end } = raw;
  return {
    create: toolCall(create),
    read: toolCall(read),
    ...given({
      idAt: keysOf(raw['id-at']),
      write: write && toolCall(write),
      end: end && toolCall(end),
    }),
  };
}

function keysOf(path: string | undefined) {
  return path === undefined ? undefined : readPath(path)?.keys;
}

type RawTools = NonNullable<RawTarget['tools']>;

function dataSessionOf(raw: RawTools['data-session']): DescribedTools['dataSession'] {
  return raw && given({ call: raw.call && toolCall(raw.call), refusal: raw.refusal });
}

function toolCall({ name, arguments: args = {} }: RawCall): ToolCall {
  return { name, arguments: args };
}
