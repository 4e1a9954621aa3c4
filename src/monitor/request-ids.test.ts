import { describe, expect, it } from 'vitest';
import { seenBy, told } from '../testing/history.js';
import { stream } from '../testing/made.js';
import { requestIdsAreUsedOnce } from './request-ids.js';

const ping = (id: number) => ({ data: JSON.stringify({ jsonrpc: '2.0', id, method: 'ping' }) });
const listening = { asked: { kind: 'get' } } as const;

describe('ids of requests of the server', () => {
  it('come on three streams of a session, one after the other', () => {
    const run = told();
    run.open('alice', 1);
    for (let each = 0; each < 3; each += 1) run.ask('alice', stream([ping(1)]), listening);
    expect(seenBy(requestIdsAreUsedOnce, run)).toEqual({
      good: 2,
      unsure: 0,
      bad: ['duplicate-id: ping came with the id 1, which its requests had on 2 streams before'],
    });
  });

  it.each([
    ['go on', [1, 2, 3, 4], {}],
    ['come once more to a client that has come back', [1, 1], {}],
    ['are told again on a stream that is resumed', [1, 1, 1, 1], { resumes: 7 }],
  ])('and %s', (_, ids, more) => {
    const run = told();
    run.open('alice', 1);
    for (const id of ids) run.ask('alice', stream([ping(id)]), { asked: { kind: 'get', ...more } });
    expect(seenBy(requestIdsAreUsedOnce, run).bad).toEqual([]);
  });

  it('are those of each session', () => {
    const run = told();
    for (const [number, who] of ['alice', 'bob', 'carol'].entries()) {
      run.open(who, number + 1);
      run.ask(who, stream([ping(1)]), listening);
    }
    expect(seenBy(requestIdsAreUsedOnce, run).bad).toEqual([]);
  });
});
