import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { HttpRequest } from '../model/framing.js';
import { createNames, curlOf } from './curl.js';

const url = 'http://127.0.0.1:4000/mcp?a=1';

/** The words that a real shell gives to curl, as bytes. */
function wordsOf(sent: Partial<HttpRequest>, variables: Readonly<Record<string, string>> = {}) {
  const made = curlOf({ sent: { carrier: 'http', method: 'POST', headers: [], ...sent } }, url);
  if (!('command' in made)) throw new Error(made.because);
  const script = `curl() { printf '%s\\0' "$@"; }\n${made.command}\n`;
  const { stdout, stderr } = spawnSync('sh', ['-c', script], { env: variables });
  expect(String(stderr)).toBe('');
  return { words: stdout.toString('latin1').split('\0').slice(0, -1), remarks: made.remarks };
}

const plain = [
  ['Accept', 'application/json, text/event-stream'],
  ['Content-Type', 'application/json'],
] as const;

test('fields come in order, those that curl adds are taken out, and the body is whole', () => {
  const { words, remarks } = wordsOf({ headers: plain, body: '{"a":1}' });
  expect(words.slice(6)).toEqual([
    '-X',
    'POST',
    '-H',
    'User-Agent:',
    '-H',
    'Accept: application/json, text/event-stream',
    '-H',
    'Content-Type: application/json',
    '--data-raw',
    '{"a":1}',
    url,
  ]);
  expect(remarks).toEqual([]);
});

test.each([
  ['a GET has no body', { method: 'GET' }, ['-H', 'User-Agent:', '-H', 'Accept:', url]],
  ['a query takes the place of the own one', { method: 'GET', query: 'b=2' }, [url.replace('a=1', 'b=2')]],
  ['an empty field is sent', { headers: [['Mcp-Session-Id', '']] }, ['-H', 'Mcp-Session-Id;', url]],
  ['a byte is a byte', { headers: [['X', 'caf\u00e9\u0001']] }, ['-H', 'X: caf\u00e9\u0001', url]],
] as const)('%s', (_, sent, end) => {
  expect(wordsOf(sent).words.slice(-end.length)).toEqual(end);
});

test('whatever stands in a body or a field, the shell runs none of it', () => {
  const hostile = `'; touch /tmp/x; echo "$(id)" \`id\` \\ $HOME !! \n\t\u202e <&|> é`;
  const { words } = wordsOf({ headers: [['X', hostile.replaceAll(/[^ -~]/g, '')]], body: hostile });
  expect(words).toContain(`X: ${hostile.replaceAll(/[^ -~]/g, '')}`);
  expect(words).toContain(Buffer.from(hostile).toString('latin1'));
});

test('session ids and secrets are variables, with a remark each', () => {
  const headers = [
    ['Authorization', '«secret»'],
    ['Mcp-Session-Id', '«session alice»'],
    ['X-Two', 'a «session bob» b'],
  ] as const;
  const given = { TOKEN: 'Bearer t 1', SESSION: 'id"1', SESSION_2: '$x' };
  const { words, remarks } = wordsOf({ headers, body: '{"of":"«session alice»"}' }, given);
  expect(words).toEqual(
    expect.arrayContaining([
      'Authorization: Bearer t 1',
      'Mcp-Session-Id: id"1',
      'X-Two: a $x b',
      '{"of":"id"1"}',
    ]),
  );
  expect(remarks).toEqual([
    'TOKEN stands for a value that was masked in Authorization.',
    'SESSION stands for «session alice».',
    'SESSION_2 stands for «session bob».',
  ]);
});

test('a script of several requests has one variable for one session', () => {
  const names = createNames();
  const carrying = (id: string) =>
    curlOf({ sent: { carrier: 'http', method: 'GET', headers: [['Mcp-Session-Id', id]] } }, url, names);
  expect(carrying('«session alice»')).toMatchObject({ command: expect.stringContaining('"$SESSION"') });
  expect(carrying('«session bob»')).toMatchObject({ command: expect.stringContaining('"$SESSION_2"') });
  expect(carrying('«session alice»')).toMatchObject({ command: expect.stringContaining('"$SESSION"') });
});

test('what curl cannot send is said, and what it sends otherwise', () => {
  const raw = { carrier: 'http', method: 'POST', headers: [], raw: 'POST /mcp' } as const;
  expect(curlOf({ sent: raw }, url)).toEqual({ because: expect.stringContaining('no well-formed HTTP') });
  expect(curlOf({ sent: { carrier: 'stdio', line: '{}' } }, url)).toHaveProperty('because');
  const made = curlOf({ sent: { carrier: 'http', method: 'GET', headers: [['X', '  ']] }, node: 1 }, url);
  expect(made).toHaveProperty('remarks', [
    'It went to node 2: put its address in.',
    'curl sends the field of blanks without a value.',
  ]);
});
