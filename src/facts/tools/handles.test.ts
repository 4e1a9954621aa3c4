import { describe, expect, it } from 'vitest';
import type { Json } from '../../model/request.js';
import { handleTools, taskCalls } from './handles.js';
import { readTools } from './listed.js';
import { recognised } from './recognised.js';

const text = { type: 'string' };
const tool = (name: string, properties: Record<string, Json> = {}, more: Record<string, Json> = {}) => ({
  name,
  inputSchema: { type: 'object', properties, required: Object.keys(properties) },
  ...more,
});

describe('tools of which one makes what others take the id of', () => {
  it.each<[string, readonly Json[], string | undefined, string | undefined]>([
    [
      'a cart',
      [
        tool('create_cart'),
        tool('add_to_cart', { cart_id: text, sku: text }),
        tool('get_cart', { cart_id: text }),
        tool('close_cart', { cart_id: text }),
      ],
      'add_to_cart',
      'close_cart',
    ],
    [
      'a notebook by its handle',
      [
        tool('notebook.open'),
        tool('notebook.append', { handle: text, line: text }),
        tool('notebook.read', { handle: text }),
      ],
      'notebook.append',
      undefined,
    ],
    [
      'a counter',
      [tool('newCounter'), tool('increment', { counterId: text }), tool('getCounter', { counterId: text })],
      'increment',
      undefined,
    ],
    [
      'what says that it returns an id that is good for a while',
      [
        tool(
          'layout_begin',
          {},
          { description: 'Begin a layout and return its layout_id. Layouts stay on the bench for a day.' },
        ),
        tool('layout_note', { layout: { ...text, description: 'layout_id from layout_begin' }, note: text }),
        tool(
          'yardage',
          { of: { ...text, description: 'layout_id from layout_begin' } },
          { annotations: { readOnlyHint: true } },
        ),
      ],
      'layout_note',
      undefined,
    ],
    [
      'a game that is only read',
      [tool('start_game'), tool('show_game', { game_id: text })],
      undefined,
      undefined,
    ],
  ])('%s', (_, tools, write, end) => {
    const [found] = handleTools(readTools(tools));
    expect(JSON.stringify(found?.read)).toContain('${handle}');
    expect(nameIn(found?.write?.probe)).toBe(write);
    expect(nameIn(found?.end)).toBe(end);
  });

  it.each<[string, readonly Json[]]>([
    [
      'what is kept for long',
      [
        tool(
          'claim_open',
          {},
          { description: 'Opens a claim and returns its claim_id. Claims are kept for 10 years.' },
        ),
        tool('claim_state', { claim_id: text }, { annotations: { readOnlyHint: true } }),
      ],
    ],
    ['what costs something', [tool('create_vm'), tool('get_vm', { vm_id: text })]],
    ['what others see', [tool('create_issue', { title: text }), tool('get_issue', { issue_id: text })]],
    [
      'what needs something from outside',
      [tool('open_notebook', { path: text }), tool('read_notebook', { notebook_id: text })],
    ],
    ['what nothing reads', [tool('create_cart'), tool('checkout', { cart_id: text })]],
  ])('but not %s', (_, tools) => {
    expect(handleTools(readTools(tools))).toEqual([]);
  });

  it('never ends anything by a tool that reads like a deletion', () => {
    const tools = [
      tool('create_cart'),
      tool('get_cart', { cart_id: text }),
      tool('delete_cart', { cart_id: text }),
    ];
    expect(handleTools(readTools(tools))[0]?.end).toBeUndefined();
  });

  it('keep nothing for the session', () => {
    const tools = [
      tool('create_notebook'),
      tool('add_to_notebook', { notebook_id: text, note: text }),
      tool('read_notebook', { notebook_id: text }),
    ];
    expect(recognised(readTools(tools)).words).toEqual([]);
  });
});

it('a tool is called as a task where it may be, and does nothing to anybody', () => {
  const task = { execution: { taskSupport: 'required' } };
  const tools = [
    tool('compute', { n: { type: 'integer' } }, task),
    tool('send_mail', { text }, task),
    tool('sleep', { ms: { type: 'integer' } }, { execution: { taskSupport: 'optional' } }),
    tool('wait', { ms: { type: 'integer' } }),
  ];
  expect(taskCalls(readTools(tools)).map(nameIn)).toEqual(['sleep', 'compute']);
});

function nameIn(probe: { readonly params?: Json } | undefined): string | undefined {
  return /"name":"([^"]*)"/.exec(JSON.stringify(probe?.params ?? null))?.[1];
}
