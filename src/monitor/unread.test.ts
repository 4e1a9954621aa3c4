import { describe, expect, it, test } from 'vitest';
import { monitorNames } from '../model/statement.js';
import type { Reply } from '../model/reply.js';
import { body, empty } from '../testing/made.js';
import { seenBy, told } from '../testing/history.js';
import { endedIsOver } from './ended.js';
import { statements } from './table.js';

const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
const answered = (rest: string) =>
  body(200, `{"jsonrpc":"2.0","id":1,"result":{${rest}}}`, [['content-type', 'application/json']]);
const deep = answered(`"nested":${nested},"text":"abc123"`);
const cutOff: Reply = {
  kind: 'response',
  frame: { carrier: 'http', status: 200, headers: [['content-type', 'application/json']] },
  content: { kind: 'body', text: '{"jsonrpc":"2.0","id":1,"er', bytes: 9_000_000, digest: '0', end: 'limit' },
};
const notice = {
  asked: { kind: 'notification', method: 'notifications/cancelled', nonce: 'abc123' },
} as const;

function begun() {
  const run = told();
  run.open('alice', 1);
  run.ask('alice', answered(''));
  return run;
}

describe('a monitor accuses nobody for what was not read to its end', () => {
  test.each(monitorNames.map((name) => [name, statements[name]] as const))('%s', (name, statement) => {
    const run = begun();
    run.ask('alice', deep);
    run.ask('alice', cutOff);
    run.ask('alice', cutOff, { asked: { kind: 'delete' } });
    run.ask('alice', cutOff, notice);
    run.ask('alice', deep, notice);
    // That it was answered 200 stands in the head.
    const said = name === 'notices-are-accepted' ? ['wrong-status: it was answered 200'] : [];
    expect([...new Set(seenBy(statement, run).bad)]).toEqual([...seenBy(statement, begun()).bad, ...said]);
  });

  it('but a DELETE is obeyed, and a notification accepted, where the status says so', () => {
    const run = told();
    run.open('alice', 1);
    run.ask('alice', answered(''));
    run.end('alice');
    run.ask('alice', empty(202), notice);
    expect(seenBy(endedIsOver, run).bad).toHaveLength(1);
  });
});
