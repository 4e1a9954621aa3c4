import { shownTemplate, withoutAssigned } from '../model/secrets.js';
import type { Again } from '../report/renderer.js';
import type { RunRequest } from './request.js';

/** The command line that reaches the same server, without what may be secret. */
export function againOf({
  url,
  server,
  config,
  headers = {},
  principals = {},
  suites = [],
}: RunRequest): Again {
  const file = typeof config === 'string' ? config : undefined;
  const described = typeof config === 'object' ? config : {};
  const command = server ?? (url === undefined ? described.server : undefined);
  return {
    url: shownTemplate(String(url ?? described.url ?? '')),
    options: [
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
