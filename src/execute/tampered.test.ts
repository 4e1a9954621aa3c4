import { describe, expect, it } from 'vitest';
import { tampered } from './tampered.js';

const url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('an id that says something else', () => {
  it.each<[string, string, string]>([
    ['JSON', '{"step":"a","seats":3}', '{"step":"a","seats":4}'],
    ['JSON in Base64', url({ paid: false, to: ['x', 1] }), url({ paid: true, to: ['x', 2] })],
    ['the body of a signed one', `${url({ n: 1 })}.sig`, `${url({ n: 2 })}.sig`],
    [
      'the body and not the head of a token',
      `${url({ alg: 'HS256' })}.${url({ n: 1 })}.s`,
      `${url({ alg: 'HS256' })}.${url({ n: 2 })}.s`,
    ],
    ['texts, where there is nothing else', url({ user: 'alice' }), url({ user: 'alicex' })],
    ['one character of what cannot be read', '0f1e2d3c', '0f1ead3c'],
  ])('%s', (_, id, other) => {
    expect(tampered(id)).toBe(other);
  });
});
