import { dirname, resolve } from 'node:path';
import { faultsOfEntries } from './baseline.js';
import { faultOfCertificates } from './certificates.js';
import { faultOfAddress, environed, faultOfField, type Environment } from './values.js';
import type { Files } from '../yaml/files.js';
import type { DocPath, Problem } from '../yaml/problem.js';
import type { RawCall, RawTarget } from './raw-target.js';
import { mentionsIn } from '../../model/template.js';
import { readPath } from '../../model/value-path.js';
import { shown } from '../schema/wording.js';

/** What the schema cannot say of a target. */
export function faultsOfTarget(raw: RawTarget, env: Environment): readonly Problem[] {
  return [
    ...addressFaults(raw),
    ...fieldFaults(raw, env),
    ...toolFaults(raw),
    ...hookFaults(raw),
    ...stdioFaults(raw),
    ...variableFaults(raw, env),
    ...(typeof raw.baseline === 'object' ? faultsOfEntries(raw.baseline, ['baseline']) : []),
  ];
}

function addressFaults({ url, replicas = [] }: RawTarget): readonly Problem[] {
  const places: readonly { readonly text: string; readonly at: DocPath }[] = [
    // Any port will do to find out whether the rest is right.
    ...(url === undefined ? [] : [{ text: url.replaceAll('{port}', '1'), at: ['url'] }]),
    ...replicas.map((text, index) => ({ text, at: ['replicas', index] })),
  ];
  return places.flatMap(({ text, at }) => {
    const fault = faultOfAddress(text);
    if (fault !== undefined) return [{ at, message: `${shown(text)} ${fault}` }];
    const { username, password } = new URL(text);
    if (username === '' && password === '') return [];
    return [{ at, message: 'credentials do not belong into a URL; write them under `headers`' }];
  });
}

function fieldFaults({ headers = {}, as = {} }: RawTarget, env: Environment): readonly Problem[] {
  const groups = [
    { at: ['headers'], fields: headers },
    ...Object.entries(as).map(([actor, fields]) => ({ at: ['as', actor], fields })),
  ];
  return groups.flatMap(({ at, fields }) =>
    Object.entries(fields).flatMap(([name, value]) => {
      const unset = mentionsIn(value).filter((mention) => environed(`\${${mention.name}}`, env) === '');
      const messages = unset.map((mention) => `the environment has no \`${mention.name}\`, or an empty one`);
      if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(environed(value, env)))
        messages.push(`the value of \`${name}\` has a character that no header field can carry`);
      const fault = faultOfField(name);
      if (fault !== undefined) messages.push(`${shown(name)} ${fault}`);
      return messages.map((message) => ({ at: [...at, name], message }));
    }),
  );
}

function toolFaults({ tools = {} }: RawTarget): readonly Problem[] {
  const { state, identity, slow, notify, handle } = tools;
  const isMarked = state?.shows === 'marks';
  const calls: readonly Called[] = [
    { at: ['state', 'write'], call: state?.write, needs: isMarked ? 'shows: marks' : undefined },
    { at: ['state', 'read'], call: state?.read },
    { at: ['identity'], call: identity },
    { at: ['slow'], call: slow },
    { at: ['notify'], call: notify, needs: 'notify' },
    { at: ['handle', 'create'], call: handle?.create },
    ...(['read', 'write', 'end'] as const).map((does) => ({
      at: ['handle', does],
      call: handle?.[does],
      takes: 'handle',
    })),
    { at: ['data-session', 'call'], call: tools['data-session']?.call },
  ];
  return [
    ...calls.flatMap(callFaults),
    ...placeFaults(['handle', 'id-at'], handle?.['id-at']),
    ...placeFaults(['state', 'count-at'], state?.['count-at']),
    ...countFaults(state),
  ];
}

function placeFaults(at: DocPath, text: string | undefined): readonly Problem[] {
  if (text === undefined || readPath(text)?.root === 'result') return [];
  const message = 'this is no place in a result; write `result.…`, with `.key`, `["key"]` and `[0]`';
  return [{ at: ['tools', ...at], message }];
}

function countFaults(state: NonNullable<RawTarget['tools']>['state']): readonly Problem[] {
  if (state?.['count-at'] === undefined || state.shows === 'number') return [];
  return [{ at: ['tools', 'state', 'count-at'], message: '`count-at` goes with `shows: number`' }];
}

interface Called {
  readonly at: DocPath;
  readonly call: RawCall | undefined;
  /** Why its arguments must have a nonce. */
  readonly needs?: string | undefined;
  /** What else stands for a value in its arguments, and has to. */
  readonly takes?: string;
}

function callFaults({ at, call, needs, takes = 'nonce' }: Called): readonly Problem[] {
  if (call === undefined) return [];
  const here = ['tools', ...at];
  const mentions = mentionsIn(call.arguments, [...here, 'arguments']);
  const strange = mentions
    .filter(({ name }) => name !== 'nonce' && name !== takes)
    .map((mention) => ({
      at: mention.at,
      message: `\`\${${mention.name}}\` has no value here; only \`\${nonce}\` is replaced`,
    }));
  if (takes !== 'nonce' && !mentions.some(({ name }) => name === takes))
    return [
      { at: here, key: true, message: `\`\${${takes}}\` must stand somewhere in the arguments of this call` },
    ];
  const isNonced = mentions.some(({ name }) => name === 'nonce');
  if (needs === undefined || isNonced) return strange;
  const message = `\`${needs}\` needs \`\${nonce}\` somewhere in these arguments, to find it again in what the server sends`;
  return [...strange, { at: [...here, 'arguments'], key: true, message }];
}

function hookFaults({ server, hooks }: RawTarget): readonly Problem[] {
  if (server === undefined || hooks === undefined) return [];
  const message = '`server` both starts and stops the target: keep `server` or `hooks`, not both';
  return [{ at: ['hooks'], key: true, message }];
}

/** What is of HTTP alone. */
const ofHttp = [
  ...(['url', 'server', 'headers', 'as', 'replicas', 'hooks', 'idle-timeout', 'ca', 'insecure'] as const),
];

function stdioFaults(raw: RawTarget): readonly Problem[] {
  if (raw.stdio === undefined) {
    const message = '`env` is of the processes that `stdio` starts: give both';
    return raw.env === undefined ? [] : [{ at: ['env'], key: true, message }];
  }
  return ofHttp
    .filter((key) => raw[key] !== undefined)
    .map((key) => ({
      at: [key],
      key: true,
      message: `\`${key}\` is for a server over HTTP, and \`stdio\` starts one over its pipes: keep one`,
    }));
}

function variableFaults({ env: variables = {} }: RawTarget, env: Environment): readonly Problem[] {
  return Object.entries(variables).flatMap(([name, value]) =>
    mentionsIn(value)
      .filter((mention) => environed(`\${${mention.name}}`, env) === '')
      .map((mention) => ({
        at: ['env', name],
        message: `the environment has no \`${mention.name}\`, or an empty one`,
      })),
  );
}

/** A path that names neither a file nor a folder. */
export function faultsOfSuites(suites: readonly string[] = [], files: Files): readonly Problem[] {
  return suites.flatMap((path, index) => {
    try {
      if (files.list(path) === undefined) files.read(path);
      return [];
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return [{ at: ['suites', index], message: `the suite ${shown(path)} cannot be read: ${why}` }];
    }
  });
}

/** The text of the file with certificates; its path is seen from the folder of the file that names it. */
export function certificatesOf(
  path: string | undefined,
  file: string,
  files: Files,
): { readonly text?: string; readonly problems: readonly Problem[] } {
  if (path === undefined) return { problems: [] };
  const wrong = (why: string) => ({ problems: [{ at: ['ca'], message: `${shown(path)} ${why}` }] });
  try {
    const text = files.read(resolve(dirname(file), path));
    const fault = faultOfCertificates(text);
    return fault === undefined ? { text, problems: [] } : wrong(fault);
  } catch (error) {
    return wrong(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
