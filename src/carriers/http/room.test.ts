import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { dropped } from './dropped.js';
import { afterRefusal, hasRoom, keepIdle, takeRoom, whenRoom } from './room.js';
import { queueing } from './sockets.js';
import { eventually } from './testing/stand.js';

const emfile = Object.assign(new Error('connect EMFILE'), { code: 'EMFILE' });

/** What undici asks for; no connection is made here. */
const options = { hostname: 'target.test', protocol: 'http:', port: '80' };

it('of connections that are kept for later, those over a bound are closed, the oldest first', () => {
  const closed: number[] = [];
  const forget: (() => void)[] = [];
  for (let i = 0; i < 502; i += 1)
    forget.push(
      keepIdle(() => {
        closed.push(i);
        forget[i]?.();
      }),
    );
  expect(closed).toEqual([0, 1]);
  for (const one of forget) one();
});

describe('where the machine has no connection left', () => {
  it('those that want one wait until another is given back, in their order', () => {
    const giveBack = Array.from({ length: 14 }, takeRoom);
    const cancel = afterRefusal(() => undefined);
    expect(hasRoom()).toBe(false);
    const went: number[] = [];
    whenRoom(() => went.push(1));
    const takeBack = whenRoom(() => went.push(2));
    whenRoom(() => went.push(3));
    takeBack();
    // Some are left alone, for files.
    for (const give of giveBack.slice(0, 8)) give();
    expect(went).toEqual([]);
    giveBack[8]?.();
    expect(went).toEqual([1, 3]);
    expect(hasRoom()).toBe(true);
    for (const give of giveBack.slice(9)) give();
    cancel();
  });

  it('connections that nobody uses are closed', async () => {
    const giveBack = Array.from({ length: 14 }, takeRoom);
    const cancel = afterRefusal(() => undefined);
    const closed: string[] = [];
    const use = keepIdle(() => closed.push('early'));
    keepIdle(() => closed.push('used'))();
    const takeBack = whenRoom(() => undefined);
    expect(closed).toEqual(['early']);
    use();
    const useLate = keepIdle(() => closed.push('late'));
    await Promise.resolve();
    expect(closed).toEqual(['early', 'late']);
    useLate();
    takeBack();
    for (const give of giveBack) give();
    cancel();
  });

  it('a connection that was refused is tried again, and says until then what is missing', async () => {
    const socket = new Socket();
    let refusals = 2;
    const { connect, lacks, hasWaited } = queueing((_, done) => {
      if (refusals-- > 0) done(emfile, null);
      else done(null, socket);
    });
    let came: unknown;
    connect(options, (...result) => (came = result[1]));
    expect(came).toBeUndefined();
    expect(dropped(lacks())).toMatchObject({ kind: 'dropped', code: 'EMFILE' });
    await eventually(() => came !== undefined);
    expect([came, lacks(), hasWaited()]).toEqual([socket, undefined, true]);
  });

  it('what else is wrong is told at once, and closing ends the wait', () => {
    const told: unknown[] = [];
    const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    queueing((_, done) => done(reset, null)).connect(options, (...result) => void told.push(result[0]));
    const short = queueing((_, done) => done(emfile, null));
    short.connect(options, (...result) => void told.push(result[0]));
    short.close();
    expect(told).toEqual([reset, emfile]);
  });
});
