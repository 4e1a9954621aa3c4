import { describe, expect, it } from 'vitest';
import { allCapabilities, declaredIn, requestsIn, responseTo, routineIn } from './client-capabilities.js';
import type { Json } from './request.js';
import { filledForm } from './filled-form.js';
import { stream } from '../testing/made.js';

const asking = (method: string, id: Json, params?: Json) => ({
  data: JSON.stringify({ jsonrpc: '2.0', id, method, ...(params !== undefined && { params }) }),
});

describe('what a client declares', () => {
  it.each([
    ['2025-03-26', { sampling: {}, roots: {} }],
    ['2025-06-18', { elicitation: {}, sampling: {}, roots: {} }],
    ['2025-11-25', { elicitation: { form: {} }, sampling: {}, roots: {} }],
  ])('is what %s has', (revision, declared) => {
    expect(declaredIn(revision, allCapabilities)).toEqual(declared);
    expect(declaredIn(revision, [])).toEqual({});
  });
});

describe('what a server asks for', () => {
  const reply = stream([
    asking('ping', 1),
    asking('roots/list', 2),
    asking('elicitation/create', 'three', { message: 'Which?' }),
    asking('sampling/createMessage', null),
  ]);
  it('has an id that can be answered, and is no ping', () => {
    expect(requestsIn(reply).map(({ method, rpcId }) => [method, rpcId])).toEqual([
      ['roots/list', 2],
      ['elicitation/create', 'three'],
    ]);
  });
  it('is answered without being told where any client knows the answer', () => {
    expect(routineIn(reply, []).map(({ rpcId }) => rpcId)).toEqual([1]);
    expect(routineIn(reply, ['roots']).map(({ rpcId }) => rpcId)).toEqual([1, 2]);
  });
  it.each<[string, object]>([
    ['ping', { result: {} }],
    ['sampling/createMessage', { result: { content: { text: 'word' } } }],
    ['roots/list', { result: { roots: [{ name: 'word' }] } }],
    ['elicitation/create', { result: { action: 'accept', content: { which: 'word' } } }],
    ['tasks/get', { error: { code: -32601 } }],
  ])('is answered by its id: %s', (method, answer) => {
    const params = { requestedSchema: { properties: { which: { type: 'string' } } } };
    expect(JSON.parse(responseTo({ rpcId: 7, method, params }, 'word'))).toMatchObject({ id: 7, ...answer });
  });
});

describe('a form is filled in as it wants', () => {
  it.each<[Json, Json]>([
    [{ type: 'string' }, 'word'],
    [{ type: 'string', minLength: 6 }, 'wordxx'],
    [{ type: 'string', maxLength: 2 }, 'wo'],
    [{ type: 'string', format: 'email' }, 'word@example.org'],
    [{ type: 'string', format: 'date' }, '2025-11-25'],
    [{ type: 'string', enum: ['one', 'two'] }, 'one'],
    [{ type: 'string', oneOf: [{ const: 'a', title: 'A' }] }, 'a'],
    [{ type: 'boolean' }, true],
    [{ type: 'integer', minimum: 18 }, 18],
    [{ type: 'number', maximum: 0.5 }, 0],
    [{ type: 'array', items: { enum: ['x', 'y'] } }, ['x']],
    [{ type: 'array', items: { anyOf: [{ const: 'z' }] } }, ['z']],
    [{ type: 'array', items: 7 }, []],
    ['no schema', 'word'],
  ])('%j', (field, value) =>
    expect(filledForm({ type: 'object', properties: { field } }, 'word')).toEqual({ field: value }),
  );
  it('and one without fields by none', () => expect(filledForm('nothing', 'word')).toEqual({}));
});
