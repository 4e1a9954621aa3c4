import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { run } from './library/run.js';
import { quoted } from './report/evidence.js';

// The server as it is built: processes of it are started.
const main = fileURLToPath(new URL('../dist/fixtures/data/main.js', import.meta.url));
if (!existsSync(main)) throw new Error('npm run build makes the servers');
const server = (...words: readonly string[]) => [process.execPath, main, ...words].map(quoted).join(' ');

const carriers = {
  HTTP: (words: readonly string[]) => ({
    url: 'http://127.0.0.1:{port}/mcp',
    server: `${server(...words, '--transport', 'streamable-http')} --port {port}`,
  }),
  stdio: (words: readonly string[]) => ({ stdio: server(...words) }),
} as const;

const verdicts = async (
  carrier: keyof typeof carriers,
  words: readonly string[],
  checks: readonly string[],
) => {
  const { report } = await run({ ...carriers[carrier](words), select: { checks } });
  return report.results.map(({ id, verdict, reason }) => [id, verdict, reason].filter(Boolean).join(' '));
};

const names = ['announced', 'created', 'cookie-returned', 'required', 'isolated', 'deleted'].map(
  (name) => `data-sessions.${name}`,
);

it.each(['HTTP', 'stdio'] as const)(
  'one suite examines data-layer sessions over %s, unchanged',
  async (carrier) => {
    expect(await verdicts(carrier, ['notebook'], names)).toEqual(names.map((name) => `${name} pass`));
  },
);

it.each(['HTTP', 'stdio'] as const)(
  'a notebook that all sessions share is found over %s',
  async (carrier) => {
    const words = ['notebook', '--set', 'state=shared'];
    expect(await verdicts(carrier, words, ['data-sessions.isolated'])).toEqual([
      'data-sessions.isolated fail shared-state',
    ]);
  },
);

it('the description says how a call without a cookie is refused', async () => {
  const { report } = await run({
    ...carriers.stdio(['required']),
    select: { checks: ['data-sessions.required'] },
    config: { tools: { dataSession: { refusal: 'tool-error' } } },
  });
  expect(report.results.map(({ verdict, reason }) => [verdict, reason])).toEqual([['fail', 'wrong-body']]);
}, 60_000);
