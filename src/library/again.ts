import { shownTemplate, withoutAssigned } from '../model/secrets.js';
import type { Again } from '../report/renderer.js';
import type { RunRequest, StdioRequest } from './request.js';

/** The command line that reaches the same server, without what may be secret. */
export function againOf({
  url,
  server,
  stdio,
  config,
  headers = {},
  principals = {},
  suites = [],
}: RunRequest): Again {
  const file = typeof config === 'string' ? config : undefined;
  const described = typeof config === 'object' ? config : {};
  const own = url === undefined && server === undefined;
  const command = server ?? (own ? described.server : undefined);
  const piped = stdio ?? (own ? described.stdio : undefined);
  return {
    url: piped === undefined ? shownTemplate(String(url ?? described.url ?? '')) : '',
    options: [
      ...(piped === undefined ? [] : againOver(piped)),
      ...suites.flatMap((suite) => (typeof suite === 'string' ? ['--suite', suite] : [])),
      ...(file === undefined ? [] : ['--config', file]),
      ...(command === undefined ? [] : ['--server', withoutAssigned(command)]),
      ...Object.keys(headers).flatMap((name) => ['--header', `${name}: …`]),
      ...Object.entries(principals).flatMap(([actor, fields]) =>
        Object.keys(fields).flatMap((name) => ['--as', `${actor}=${name}: …`]),
      ),
    ],
  };
}

function againOver(stdio: string | StdioRequest): readonly string[] {
  const { command, env = {} } = typeof stdio === 'string' ? { command: stdio } : stdio;
  const variables = Object.keys(env).flatMap((name) => ['--env', `${name}=…`]);
  return ['--stdio', withoutAssigned(command), ...variables];
}
