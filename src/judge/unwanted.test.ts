import { expect, test } from 'vitest';
import { builtIn, checkOf } from '../testing/check.js';
import { exchange, opened, result, stream, transcript } from '../testing/made.js';
import { judge } from './judge.js';
import type { Exchange } from '../model/transcript.js';

const check = checkOf(`
  - open: alice
  - { send: tools/call, as: alice, judge: { result: true, lacks: [secret, '\${fresh}'] } }
`);

function messageOf(entry: Exchange): string {
  return judge(check, transcript([opened(), entry]), builtIn.profiles.spec, { needsMet: ['sessions'] })
    .message;
}

test.each([
  [
    'in a value',
    exchange('1', result({ content: [{ type: 'text', text: 'a secret' }] })),
    'and it has "secret" at result.content[0].text ("a secret")',
  ],
  ['in a name', exchange('1', result({ content: [], secrets: 1 })), 'at result.secrets'],
  [
    'in a message beside the answer',
    exchange(
      '1',
      stream([
        { data: '{"jsonrpc":"2.0","method":"notifications/message","params":{"data":"the secret"}}' },
        { data: '{"jsonrpc":"2.0","id":1,"result":{"content":[]}}' },
      ]),
    ),
    'at notifications/message: params.data ("the secret")',
  ],
  [
    'far in a long text',
    exchange(
      '1',
      result({ content: [{ type: 'text', text: `${'x'.repeat(500)}secret${'y'.repeat(500)}` }] }),
    ),
    `("…${'x'.repeat(40)}secret${'y'.repeat(40)}…")`,
  ],
  [
    'under a name of the suite',
    exchange('1', result({ content: [{ type: 'text', text: 'word-17' }] }), {
      asked: { values: { fresh: 'word-17' } },
    }),
    'and it has "word-17", which is ${fresh}, at result.content[0].text',
  ],
])('a text that must not come is named with its place: %s', (_where, entry, says) => {
  expect(messageOf(entry)).toContain(says);
});
