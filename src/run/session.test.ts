import { expect, it } from 'vitest';
import { anonymousHeaders, actorHeaders } from './session.js';

const given = {
  headers: [
    ['X-Tenant', 'one'],
    ['Authorization', 'everybody'],
  ],
  principals: { alice: [['authorization', 'of alice']], bob: [['X-Api-Key', 'of bob']] },
} as const;

it('an actor adds its own fields before those of everybody', () => {
  expect(actorHeaders(given, 'alice')).toEqual([
    ['X-Tenant', 'one'],
    ['authorization', 'of alice'],
  ]);
  expect(actorHeaders(given, 'bob')).toEqual([...given.headers, ['X-Api-Key', 'of bob']]);
});

it('who has no fields adds those of everybody, and what the first principal has besides', () => {
  expect(actorHeaders(given, 'carol')).toEqual(given.headers);
  expect(actorHeaders({ ...given, headers: [['X-Tenant', 'one']] })).toEqual([
    ['X-Tenant', 'one'],
    ['authorization', 'of alice'],
  ]);
});

it('without credentials, no field is sent that a principal has', () => {
  expect(anonymousHeaders(given)).toEqual([['X-Tenant', 'one']]);
});

it('an actor whose name every object has is no principal', () => {
  expect(actorHeaders(given, 'constructor')).toEqual(given.headers);
  expect(actorHeaders({ headers: given.headers }, '__proto__')).toEqual(given.headers);
});
