import { describe, expect, it } from 'vitest';
import type { Header } from '../model/framing.js';
import { describeSent } from '../model/describe-exchange.js';
import { meets } from './meets.js';
import { fitsMethod, tellsApart } from '../model/shape.js';
import { exchange, result } from '../testing/made.js';

/** What every object of JavaScript has, though no one has written it. */
const inherited = ['constructor', 'toString', '__proto__', 'hasOwnProperty'];

const sending = (headers: readonly Header[]) =>
  exchange('0', result({}), { sent: { carrier: 'http', method: 'POST', headers } });

describe.each(inherited)('a name such as %s is one like any other', (name) => {
  it('for a header field that was sent', () => {
    expect(describeSent(sending([[name, 'x']]))).toBe(describeSent(sending([])));
  });

  it('for a header field that is expected', () => {
    const { reply, ...rest } = exchange('0', result({}));
    if (reply.kind !== 'response') throw new Error('a result is a response');
    const frame = { carrier: 'http' as const, status: 200, headers: [[name, 'x'] as const] };
    const answered = { ...rest, reply: { ...reply, frame } };
    const header = (test: 'present' | 'absent' | { readonly matches: string }) => ({
      header: Object.fromEntries([[name, test]]),
    });
    expect(meets(header({ matches: '^x$' }), answered)).toBe(true);
    expect(meets(header('absent'), answered)).toBe(false);
    expect(meets(header('absent'), { ...rest, reply })).toBe(true);
    expect(meets(header('present'), { ...rest, reply })).toBe(false);
  });

  it('for a method', () => {
    expect(fitsMethod(name, {})).toBe(true);
    expect(tellsApart(name)).toBe(false);
  });
});
