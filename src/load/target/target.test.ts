import { rootCertificates } from 'node:tls';
import { describe, expect, it } from 'vitest';
import type { Description } from '../../model/description.js';
import { renderDiagnostic } from '../yaml/render.js';
import { loadTarget } from './target.js';
import { filesOf } from '../testing/lint.js';

const env = { TOKEN: 'word', EMPTY: '', BROKEN: 'a\nb' };
const pem = `${rootCertificates.slice(0, 2).join('\n')}\n`;

const load = (text: string) =>
  loadTarget('conf/it.yaml', env, {
    ...filesOf({ 'conf/it.yaml': text }),
    read: (path) => {
      if (path === 'conf/it.yaml') return text;
      if (path.endsWith('/conf/ca.pem')) return pem;
      if (path.endsWith('/conf/empty.pem')) return '';
      if (path.endsWith('/conf/broken.pem')) return pem.replace(/BEGIN CERTIFICATE-----\n.*/, '$&no base64');
      throw new Error('no such file');
    },
  });
const wrong = (text: string) =>
  load(text).diagnostics.map(({ line, column, message }) => `${line}:${column} ${message}`);

describe('a description', () => {
  it('says everything about a target that the command line can say, and more', () => {
    const { target, diagnostics } = load(`
url: http://127.0.0.1:3000/mcp
headers: { Authorization: 'Bearer \${TOKEN}', X-Plain: "a $b" }
as:
  alice: { Authorization: 'Bearer \${TOKEN}' }
  bob: { Authorization: other }
revision: all
profile: interop
idle-timeout: 1.5
replicas: [http://127.0.0.1:3001/mcp]
burst: 20
time-scale: 2
ca: ca.pem
insecure: true
tools:
  state:
    write: { name: put, arguments: { key: 'k \${nonce}', n: 1 } }
    read: { name: get }
    shows: marks
  identity: { name: who }
  slow: { name: wait, arguments: { half: 200 } }
  notify: { name: say, arguments: { deep: [{ text: '\${nonce}' }] } }
hooks: { stop: 'docker stop x', kill: 'docker kill x', start: 'docker start x' }
`);
    expect(diagnostics).toEqual([]);
    expect(target).toEqual({
      url: 'http://127.0.0.1:3000/mcp',
      headers: [
        ['Authorization', 'Bearer word'],
        ['X-Plain', 'a $b'],
      ],
      principals: { alice: [['Authorization', 'Bearer word']], bob: [['Authorization', 'other']] },
      revision: 'all',
      profile: 'interop',
      idleTimeoutMs: 1_500,
      replicas: [new URL('http://127.0.0.1:3001/mcp')],
      burst: 20,
      timeScale: 2,
      ca: pem,
      insecure: true,
      tools: {
        state: {
          write: { name: 'put', arguments: { key: 'k ${nonce}', n: 1 } },
          read: { name: 'get', arguments: {} },
          shows: 'marks',
        },
        identity: { name: 'who', arguments: {} },
        slow: { name: 'wait', arguments: { half: 200 } },
        notify: { name: 'say', arguments: { deep: [{ text: '${nonce}' }] } },
      },
      hooks: { stop: 'docker stop x', kill: 'docker kill x', start: 'docker start x' },
    } satisfies Description);
  });

  it('may say next to nothing, and what it leaves open stays open', () => {
    expect(load('insecure: false').target).toEqual({});
    expect(load("url: 'http://127.0.0.1:{port}/mcp'\nserver: node server.js").target).toEqual({
      url: 'http://127.0.0.1:{port}/mcp',
      server: 'node server.js',
    });
  });
});

describe('a mistake in a description is told with its place', () => {
  it.each([
    ['', '1:1 this file must be a mapping, not nothing'],
    ['url: [', '1:7 this is not YAML'],
    ['uri: http://a/', '1:1 unknown key `uri`; did you mean `url`?'],
    ['url: http://a/\nurl: http://b/', '2:1 this key is given twice'],
    ['url: 7', '1:6 `url` must be text, not a number'],
    ['url: localhost:3000', '1:6 `localhost:3000` does not begin with http:// or https://; did you mean'],
    ['url: http://a:b@c/', '1:6 credentials do not belong into a URL; write them under `headers`'],
    ['replicas: [http://a/, b]', '1:23 `b` is not a URL'],
    ['replicas: []', '1:11 `replicas` must not be empty'],
    ['revision: 2024-11-05', '1:11 `revision` cannot be `2024-11-05`'],
    ['profile: specs', '1:10 `profile` cannot be `specs`; did you mean `spec`?'],
    ['idle-timeout: 0', '1:15 `idle-timeout` must be at least 0.1'],
    ['burst: 1.5', '1:8 `burst` must be a whole number, not a number'],
    ['time-scale: 1000', '1:13 `time-scale` must be at most 100'],
    ['insecure: 1', '1:11 `insecure` must be true or false, not a number'],
    ['headers: { a: 1 }', '1:12 `a` must be text, not a number'],
    ['headers: { "a b": x }', '1:12 `a b` cannot stand here; expected is the name of a header field'],
    ["headers: { a: '${NOPE}' }", '1:12 the environment has no `NOPE`, or an empty one'],
    ["headers: { a: '${EMPTY}' }", '1:12 the environment has no `EMPTY`, or an empty one'],
    ["headers: { a: '${constructor}' }", '1:12 the environment has no `constructor`, or an empty one'],
    ["headers: { a: '${BROKEN}' }", '1:12 the value of `a` has a character that no header field can carry'],
    ['headers: { Accept: x }', '1:12 `Accept` is set by sessionspec itself'],
    ['as: { bob: { MCP-Session-Id: x } }', '1:14 `MCP-Session-Id` is set by sessionspec itself'],
    ["as: { bob: { a: 'x ${NOPE}' } }", '1:14 the environment has no `NOPE`'],
    ['as: { b b: { a: x } }', '1:7 `b b` cannot stand here; expected is the name of an actor'],
    ['ca: none.pem', '1:5 `none.pem` cannot be read: no such file'],
    ['ca: empty.pem', '1:5 `empty.pem` holds no PEM certificate'],
    ['ca: broken.pem', '1:5 `broken.pem` cannot be used: certificate 1 of 2 cannot be parsed'],
    [
      'tools: {}',
      '1:8 `tools` is empty; it needs at least one of `state`, `identity`, `slow`, `update`, `handle`, `ask`, `notify` or `data-session`',
    ],
    ['tools: { slwo: { name: x } }', '1:10 unknown key `slwo`; did you mean `slow`?'],
    ['tools: { slow: { arguments: {} } }', '1:16 `slow` needs `name`'],
    ['tools: { slow: { name: x, arguments: [] } }', '1:38 `arguments` must be a mapping, not a list'],
    ['tools: { state: { write: { name: x } } }', '1:17 `state` needs `read`'],
    [
      'tools: { state: { write: { name: x }, read: { name: x }, shows: text } }',
      '1:65 `shows` cannot be `text`; there is `number` and `marks`',
    ],
    [
      'tools: { state: { write: { name: x }, read: { name: y }, shows: marks } }',
      '1:19 `shows: marks` needs `${nonce}` somewhere in these arguments',
    ],
    [
      'tools: { state: { write: { name: x }, read: { name: y }, shows: number, count-at: items } }',
      '1:83 this is no place in a result; write `result.…`, with `.key`, `["key"]` and `[0]`',
    ],
    ['tools: { notify: { name: x, arguments: { a: b } } }', '1:29 `notify` needs `${nonce}` somewhere'],
    [
      "tools: { identity: { name: x, arguments: { a: '${TOKEN}' } } }",
      '1:47 `${TOKEN}` has no value here; only `${nonce}` is replaced',
    ],
    ['hooks: { stop: a, start: b }', '1:8 `hooks` needs `kill`'],
    ['server: x\nhooks: { stop: a, kill: b, start: c }', '2:1 `server` both starts and stops the target'],
  ])('%s', (text, says) => {
    expect(wrong(text)[0]).toContain(says);
    expect(load(text).target).toBeUndefined();
  });

  it('every one of them, in the order of the file', () => {
    expect(wrong('burst: 1\nuri: x\ntime-scale: x').map((said) => said.split(' ')[0])).toEqual([
      '1:8',
      '2:1',
      '3:13',
    ]);
  });

  it('without the value of a header field, which may be a secret', () => {
    const [said] = load("headers: { a: s3cret, b: 's3cret ${NOPE}' }").diagnostics.map(renderDiagnostic);
    expect(said).toBe(
      [
        'conf/it.yaml:1:23: the environment has no `NOPE`, or an empty one',
        '    1 |                       b',
        '      |                       ^',
      ].join('\n'),
    );
    expect(JSON.stringify(load('as: { bob: { a: 12345678 } }').diagnostics)).not.toContain('12345678');
  });

  it('where the file is none', () => {
    expect(loadTarget('no.yaml', {}, filesOf({})).diagnostics).toMatchObject([
      { message: 'cannot read this file: no such file' },
    ]);
  });
});
