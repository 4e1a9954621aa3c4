import { chmodSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { command, sampleCheck } from '../testing/sample.js';
import { folder } from '../testing/folder.js';

const url = 'http://127.0.0.1:4000/mcp';
const file = (text: string) => {
  const path = join(folder(), 'file');
  writeFileSync(path, text);
  return path;
};

test.each<[readonly string[], string]>([
  [
    ['run'],
    "name the server: a URL, --stdio 'COMMAND', or --config FILE with a `url`; see sessionspec --help",
  ],
  [['init', url, '--ci', 'githb'], '--ci "githb" is unknown; did you mean `github`?'],
  [['run', url, '--jbos', '2'], "unknown option '--jbos' (Did you mean --jobs?)"],
  [['run', url, 'more'], 'too many arguments'],
  [['run', url, '--jobs'], "option '--jobs <n>' argument missing"],
  [['lst'], '"lst" is neither a command nor a URL; did you mean `list`?'],
  [['runn', url, '--jobs', '2'], '"runn" is neither a command nor a URL; did you mean `run`?'],
  [['localhost:3000/mcp'], 'did you mean http://localhost:3000/mcp?'],
  [['node server.js'], 'the command of a server goes into --server'],
  [['run', 'server.mjs'], 'the command of a server goes into --server'],
  [['example.org/mcp'], 'did you mean http://example.org/mcp?'],
  [['http://'], 'names no host'],
  [['http:///mcp'], 'names no host'],
  [['http://:80/mcp'], 'names no host'],
  [['http:example.org'], 'names no host'],
  [['ftp://example.org/'], 'does not begin with http:// or https://'],
  [['http://user:secret@example.org/'], "pass --header 'Authorization: …'"],
  [['http://exa mple.org/'], 'is not a URL'],
  [['http://127.0.0.1:{port}/mcp'], '{port} in the URL needs --server'],
  [['run', url, '--server', ''], '--server is empty; give the command that starts the server'],
  [['facts', 'http://127.0.0.1:{port}/mcp', '--server', ' '], '--server is empty'],
  [['init', '--server', ''], '--server is empty'],
  [['run', url, '--replica', 'foo'], '--replica "foo" is not a URL'],
  [['run', url, '--replica', 'http://a:b@c/'], '--replica must not hold credentials'],
  [
    ['run', url, '--replica', `${url}?a=1`],
    `the replica ${url}?a=1 is the server itself; name another node with --replica`,
  ],
  [['run', url, '--jobs', '0'], '--jobs must be a whole number from 1 to 256, not "0"'],
  [['run', url, '--jobs', 'many'], '--jobs must be a whole number'],
  [['run', url, '--jobs', '1.5'], '--jobs must be a whole number'],
  [['run', url, '--seed', '-1'], '--seed must be a whole number'],
  [['run', url, '--time-scale', '0'], '--time-scale must be a number from 0.01 to 100, not "0"'],
  [['run', url, '--time-scale', 'NaN'], '--time-scale must be a number'],
  [['run', url, '--max-requests', '1e3'], '--max-requests must be a whole number'],
  [
    ['run', url, '--max-rps', '1', '--idle-timeout', '2'],
    '--max-rps lets sessions expire while they wait; leave it or the idle timeout out',
  ],
  [['run', url, '--max-rps', '0'], '--max-rps must be a number from 0.01 to 100000, not "0"'],
  [['run', url, '--profile', 'specs'], '--profile "specs" is unknown; did you mean `spec`?'],
  [['run', url, '--revision', '2024-11-05'], '--revision "2024-11-05" is unknown'],
  [['run', url, '--fail-on', 'maybe'], '--fail-on "maybe" is unknown'],
  [['run', url, '--inconclusive', 'ok'], '--inconclusive "ok" is unknown'],
  [['run', url, '--reporter', 'jsn'], '--reporter "jsn" is unknown; did you mean `json`?'],
  [['run', url, '--reporter', 'json,terminal'], '--reporter json,terminal needs --output FOLDER'],
  [['run', url, '--output', ''], '--output is empty; name a folder, or leave it out'],
  [['run', url, '--check', 'termination.post-after-delet'], 'did you mean `termination.post-after-delete`?'],
  [['run', url, '--check', 'nothing.*'], '--check "nothing.*" matches nothing'],
  [['run', url, '--skip', 'x'], '--skip "x" matches nothing'],
  [['run', url, '--tag', 'cor'], '--tag "cor" matches nothing; did you mean `core`?'],
  [['run', url, '--skip', '*'], 'no check is left'],
  [['run', url, '--suite', 'terminaton'], 'neither a built-in suite nor a file; did you mean `termination`?'],
  [['run', url, '--header', 'Authorization'], "--header must be 'Name: value'"],
  [['run', url, '--header', 'a b: c'], '--header "a b" is no name of a header field'],
  [
    ['run', url, '--header', 'a: secret\nx'],
    '--header a has a value with a character that no header field can carry',
  ],
  [['run', url, '--as', 'bob=accept: */*'], '--as bob= accept is set by sessionspec itself'],
  [['run', url, '--explore', '--read-only'], '--explore calls tools, which --read-only forbids'],
  [['run', url, '--explore-local', '--read-only'], '--explore-local calls tools, which --read-only forbids'],
  [['run', url, '--ca', '/no/such.pem'], '--ca /no/such.pem cannot be read: it does not exist'],
  [['run', url, '--ca', file('hello')], 'holds no PEM certificate'],
  [
    ['run', url, '--ca', file('-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n')],
    'file cannot be used: the certificate cannot be parsed',
  ],
  [['explain', 'reuse.own'], 'check "reuse.own" is unknown; did you mean `reuse.own-id`?'],
  [['lint', '/no/such.yaml'], '/no/such.yaml does not exist'],
  [['lint'], "missing required argument 'suite'"],
  [['judge', '/no/such.ndjson'], '/no/such.ndjson cannot be read: it does not exist'],
  [['judge', tmpdir()], 'run.ndjson cannot be read: it does not exist'],
  [['judge', file('{}\n')], 'line 1: no format is named, only sessionspec-run/3 can be read'],
])('%j is refused with one line that says what to do, and exit 3', async (argv, says) => {
  const { exit, out, err } = await command(argv);
  expect(err).toContain(says);
  expect(err).toMatch(/^sessionspec: [^\n]+\n$/);
  expect({ exit, out }).toEqual({ exit: 3, out: '' });
});

test.each([
  'MCP-Session-Id',
  'Mcp-Protocol-Version',
  'last-event-id',
  'Accept',
  'Content-Type',
  'content-length',
  'transfer-encoding',
  'Connection',
  'expect',
])('%s is what checks set, and not a field to be given', async (name) => {
  const { exit, err } = await command(['run', url, '--header', `${name}: x`]);
  expect([exit, err]).toEqual([3, expect.stringContaining(`--header ${name} is set by sessionspec itself`)]);
});

test('where there are many checks the nearest is named, and where all of them are listed', async () => {
  const ids = Array.from({ length: 20 }, (_, i) => `many.check-${i}`);
  const builtIn = () => [
    { suite: 'many', title: 'Many', order: 1, checks: ids.map((id) => sampleCheck(id)), monitors: [] },
  ];
  const said = async (...argv: readonly string[]) => (await command(argv, { builtIn })).err;
  expect(await said('explain', 'nope')).toBe('sessionspec: check "nope" is unknown; see sessionspec list\n');
  expect(await said('explain', 'many.chekc-7')).toBe(
    'sessionspec: check "many.chekc-7" is unknown; did you mean `many.check-7`? see sessionspec list\n',
  );
});

test('the end of an id stands for it, where it is the end of one only', async () => {
  const ids = ['one.request-after-delete', 'two.call-after-delete', 'two.delete', 'two.undelete'];
  const checks = ids.map((id) => sampleCheck(id));
  const engine = { builtIn: () => [{ suite: 'one', title: 'One', order: 1, checks, monitors: [] }] };
  const said = async (...argv: readonly string[]) => command(argv, engine);
  expect((await said('explain', 'request-after-delete')).out).toMatch(/^one\.request-after-delete /);
  // A whole part wins over the end of one.
  expect((await said('explain', 'delete')).out).toMatch(/^two\.delete /);
  expect(await said('explain', 'after-delete')).toEqual({
    exit: 3,
    out: '',
    err: 'sessionspec: check "after-delete" is the end of 2 ids: `one.request-after-delete`, `two.call-after-delete`; name one of them\n',
  });
  expect((await said('explain', 'request-after-delte')).err).toContain(
    'did you mean `one.request-after-delete`?',
  );
  const listed = async (...argv: readonly string[]) => {
    const { out, err } = await said('list', '--json', ...argv);
    return err || JSON.parse(out).map(({ id }: { readonly id: string }) => id);
  };
  expect(await listed('--check', 'request-after-delete')).toEqual(['one.request-after-delete']);
  expect(await listed('--skip', 'call-after-delete')).toEqual([ids[0], ids[2], ids[3]]);
  expect(await listed('--skip', 'after-delete')).toContain('--skip "after-delete" is the end of 2 ids');
});

test('a secret in a header that is refused is not shown', async () => {
  const { err } = await command(['run', url, '--header', 'authorization: s3cret\u0000']);
  expect(err).not.toContain('s3cret');
});

test.skipIf(process.getuid?.() === 0)('a file that may not be read is a mistake', async () => {
  const path = file('x');
  chmodSync(path, 0o000);
  expect((await command(['judge', path])).err).toContain('permission denied');
});
