import { describe, expect, it } from 'vitest';
import { idIn, idWords, withoutHandle, type IdAt } from './handle.js';
import type { Json } from './request.js';

describe('the id in a result', () => {
  const result = {
    structuredContent: { cart: { id: 7 } },
    content: [
      { type: 'text', text: '{"cart_id":"c-1"}' },
      { type: 'text', text: 'Cart 9f31ab is ready for 24 hours.' },
    ],
  };
  it.each<[IdAt, Json | undefined]>([
    [{ keys: ['structuredContent', 'cart', 'id'] }, 7],
    [{ keys: ['content', 0, 'text'], json: ['cart_id'] }, 'c-1'],
    [{ keys: ['content', 1, 'text'], word: 0 }, '9f31ab'],
    [{ keys: ['content', 1, 'text'], word: 1 }, '24'],
    [{ keys: ['content', 1, 'text'], word: 2 }, undefined],
    [{ keys: ['content', 2, 'text'] }, undefined],
    [{ keys: ['structuredContent', 'cart'] }, undefined],
  ])('%j is %j', (at, id) => {
    expect(idIn(result, at)).toEqual(id);
  });
});

it('words of a sentence are no ids', () => {
  expect(idWords('The basket urn:cart:12/ab=, or bsk_a1b2, is open.')).toEqual([
    'urn:cart:12/ab=',
    'bsk_a1b2',
  ]);
});

describe('a request without its id', () => {
  const params = {
    name: 'read',
    arguments: { cart: '${handle}', deep: true },
    _meta: { 'mcp/session': '${handle}' },
  };
  it('has it nowhere', () => {
    const bare = withoutHandle({ method: 'tools/call', params });
    expect(bare).toEqual({
      method: 'tools/call',
      params: { name: 'read', arguments: { deep: true }, _meta: {} },
    });
  });
});
