import { describe, expect, it } from 'vitest';
import type { Json, Probe } from '../../model/request.js';
import { isObject } from '../../model/json.js';
import { leftOut } from './left-out.js';
import { readTools } from './listed.js';
import { recognised } from './recognised.js';

const text = { type: 'string' };
const number = (description: string) => ({ type: 'integer', description });
const tool = (
  name: string,
  description: string,
  properties: Record<string, Json> = {},
  more: Record<string, Json> = {},
) => ({
  name,
  description,
  inputSchema: { type: 'object', properties, required: Object.keys(properties) },
  ...more,
});

function nameOf({ params }: Probe): Json | undefined {
  return isObject(params) ? params['name'] : undefined;
}

describe('a pair that keeps words is recognised by what it says', () => {
  it.each<[string, readonly Json[]]>([
    ['jot.down', [tool('jot.down', 'Keeps a word', { word: text }), tool('jot.read', 'Tells the word')]],
    ['memo_put', [tool('memo_put', 'Stores', { value: text }), tool('memo_get', 'Returns what was stored')]],
    ['set_note', [tool('set_note', 'Sets it', { note: text }), tool('get_note', '')]],
    ['append', [tool('append', 'Adds a line of text', { text }), tool('show', 'Shows all lines')]],
    ['remember', [tool('remember', 'Remembers a fact', { fact: text }), tool('recall', 'Recalls it')]],
    [
      'alpha',
      [
        tool('alpha', 'Stores a word for this session', { x: text }),
        tool('beta', 'Returns the word of this session'),
      ],
    ],
    [
      'kv_set',
      [
        tool('kv_set', 'Sets a value', { key: text, value: text }),
        tool('kv_get', 'Gets a value', { key: text }),
      ],
    ],
    ['writeNote', [tool('writeNote', '', { text }), tool('readNote', '')]],
    [
      'pick_list_add',
      [
        tool('pick_list_add', 'Puts an article on the pick list of this session', { sku: text }),
        tool('pick_list_show', 'Lines on the pick list of this session'),
      ],
    ],
  ])('%s', (name, tools) => {
    const [pair] = recognised(readTools(tools)).words;
    expect(pair && nameOf(pair.write)).toBe(name);
    expect(JSON.stringify(pair?.write)).toContain('${nonce}');
    expect(JSON.stringify(pair?.read)).not.toContain('${nonce}');
  });

  it.each<[string, readonly Json[]]>([
    ['comments', [tool('add_comment', 'Adds a text', { text }), tool('get_comments', 'Reads texts')]],
    [
      'contacts',
      [tool('add_contact', 'Adds a person', { name: text }), tool('list_contacts', 'Lists people')],
    ],
    ['mail', [tool('set_text', 'Sets the text of the email', { text }), tool('get_text', 'Reads it')]],
    [
      'files',
      [tool('write', 'Writes a text', { path: text, text }), tool('read', 'Reads a text', { path: text })],
    ],
    ['two readers', [tool('get_note', 'Reads a note', { text }), tool('list_notes', 'Lists notes')]],
  ])('but not one of %s', (_, tools) => {
    expect(recognised(readTools(tools)).words).toEqual([]);
  });
});

describe('what is kept for a session is recognised by both tools saying so', () => {
  const choice = { type: 'string', enum: ['A', 'B'] };
  it.each<[string, string, string]>([
    [
      'a choice',
      'Logs a sighting in the night of this session',
      'All sightings of the night of this session',
    ],
    ['in other words', 'Adds a sighting to your session', 'The sightings of your session'],
  ])('%s', (_, writes, reads) => {
    const tools = [tool('sky_log', writes, { object: choice }), tool('sky_show', reads)];
    const [pair] = recognised(readTools(tools)).kept;
    expect(pair?.writes.map((write) => JSON.stringify(write))).toEqual([
      expect.stringContaining('"object":"A"'),
      expect.stringContaining('"object":"B"'),
    ]);
    expect(pair && nameOf(pair.read)).toBe('sky_show');
  });

  it.each<[string, string, string]>([
    ['nothing says so', 'Logs a sighting', 'All sightings'],
    ['one is about all', 'Logs a sighting for this session', 'All sightings of all sessions'],
    ['one is shared', 'Logs a sighting for this session', 'The shared sightings that this session sees'],
    ['one leaves the server', 'Sends a sighting of this session by email', 'The sightings of this session'],
  ])('but not where %s', (_, writes, reads) => {
    const tools = [tool('sky_log', writes, { object: choice }), tool('sky_show', reads)];
    expect(recognised(readTools(tools)).kept).toEqual([]);
  });
});

describe('what counts', () => {
  it.each(['increment_counter', 'counter_incr', 'increment_count', 'bump', 'tally', 'counter'])(
    '%s',
    (name) => {
      expect(recognised(readTools([tool(name, '')])).counters.map(({ write }) => nameOf(write))).toEqual([
        name,
      ]);
    },
  );

  it.each([
    'count_users',
    'get_counter',
    'reset_counter',
    'discount',
    'countdown',
    'count_down',
    'list_countries',
    'counter_timer',
  ])('is not %s', (name) => {
    expect(recognised(readTools([tool(name, '')])).counters).toEqual([]);
  });

  it('may be read apart', () => {
    const { counters } = recognised(readTools([tool('counter_incr', ''), tool('counter_get', '')]));
    expect(counters.map(({ read }) => nameOf(read))).toEqual(['counter_incr', 'counter_get']);
  });
});

describe('what takes its time', () => {
  it.each<[string, Json, Json]>([
    ['by the name of its argument', tool('work', '', { ms: { type: 'number' } }), { ms: 400 }],
    [
      'by what it says',
      tool('work', 'Waits a while', { n: number('How long, in milliseconds') }),
      { n: 400 },
    ],
    [
      'in the unit that it tells, whatever the name mostly means',
      tool('delay', 'Delays', { duration: number('Duration in milliseconds') }),
      { duration: 400 },
    ],
    ['in whole seconds', tool('nap', 'Sleeps', { pause: number('seconds') }), { pause: 1 }],
    ['without an argument', tool('slow_op', ''), {}],
    [
      'by the time that it says it takes, where it is of the session',
      tool('route', 'Plans your route. Takes about a quarter of a second and reports progress.'),
      {},
    ],
    ['or where it only works something out', tool('analyse_text', 'Takes a few seconds.'), {}],
    ['by what it does one after the other', tool('render_scene', 'Renders a scene frame by frame.'), {}],
    [
      'also where it is named as running, where it only reads',
      tool('run_report', 'Takes about two seconds.', {}, { annotations: { readOnlyHint: true } }),
      {},
    ],
    [
      'where it is given several texts',
      tool(
        'plan_route',
        'Computes your route. Takes a moment.',
        { stops: { type: 'array', items: text, minItems: 2 } },
        { annotations: { destructiveHint: false } },
      ),
      { stops: ['${nonce}', '${nonce}'] },
    ],
    [
      'by a number, where it only tries',
      tool('t', 'For testing', { interval: number('ms'), count: number('') }),
      { count: 1, interval: 400 },
    ],
  ])('is recognised %s', (_, listed, args) => {
    const [call] = recognised(readTools([listed])).slow;
    expect(call?.lasting(400).params).toMatchObject({
      arguments: args,
      _meta: { progressToken: '${nonce}' },
    });
  });
});

describe('what tells its client something', () => {
  it('is asked to take next to no time, where that can be set', () => {
    const [call] = recognised(
      readTools([
        {
          name: 'long_running_operation',
          description: 'Demonstrates a long running operation with progress updates',
          inputSchema: {
            type: 'object',
            properties: {
              duration: { type: 'number', default: 10, description: 'Duration of the operation in seconds' },
              steps: { type: 'number', default: 5, description: 'Number of steps' },
            },
          },
        },
      ]),
    ).notify;
    expect(call?.params).toMatchObject({ arguments: { duration: 0.08, steps: 1 } });
  });

  it('is given one of a unit that is not told', () => {
    const [call] = recognised(
      readTools([tool('work', 'Waits, with progress updates', { delay: number('how long') })]),
    ).notify;
    expect(call?.params).toMatchObject({ arguments: { delay: 1 } });
  });
});

describe('what changes a resource', () => {
  const bin = { type: 'string', enum: ['A1', 'B2'] };
  it.each<[string, Json, Json]>([
    ['without an argument', tool('touch', 'Changes the resource that clients subscribe to'), {}],
    [
      "of what is the session's own",
      tool('count', 'Enters it on the sheet of this session. Subscribers of the page are told.', { bin }),
      { bin: 'A1' },
    ],
  ])('is recognised %s', (_, listed, args) => {
    const [change] = recognised(readTools([listed])).changes;
    expect(change?.params).toMatchObject({ arguments: args });
  });
});

describe('a tool that makes the server ask its client', () => {
  it.each<[string, Json]>([
    ['speaks of elicitation', tool('collect-info', 'Collects it through form elicitation')],
    ['speaks of sampling', tool('trigger-sampling-request', 'For LLM sampling', { prompt: text })],
    ['asks the user', tool('ask_departure', 'Ask the traveller when to set out.')],
    ['asks for a confirmation', tool('confirm', 'Asks the user whether to go on')],
  ])('%s', (_, listed) => expect(recognised(readTools([listed])).asking).toHaveLength(1));

  it.each<[string, Json]>([
    ['asks what it is given', tool('ask_question', 'Asks the user community', { question: text })],
    ['asks nobody', tool('ask_wiki', 'Ask about a repository')],
    ['samples numbers', tool('sampling_rate', 'The rate of sampling of the signal')],
    ['sends', tool('ask_user', 'Asks the user by email')],
    ['books', tool('book_table', 'Elicits another date', { date: text })],
  ])('but not one that %s', (_, listed) => expect(recognised(readTools([listed])).asking).toEqual([]));
});

const reads = (description: string, more: Record<string, Json> = {}, takes = {}): Json => ({
  ...tool('moorings', description, takes),
  annotations: { readOnlyHint: true, ...more },
});

describe('a tool that says that it only reads', () => {
  it.each<[string, Json, boolean]>([
    ['is tried', reads('Lists the moorings of the harbour'), true],
    ['is tried with a word', reads('Lists the moorings of a ship', {}, { ship: text }), true],
    ['of a closed world, whatever it speaks of', reads('Searches the web', { openWorldHint: false }), true],
    ['but not of an open one', reads('Lists the moorings', { openWorldHint: true }), false],
    ['nor where it speaks of what is outside', reads('Asks the API of the harbour'), false],
    ['nor with what nobody can make up', reads('Lists the moorings', {}, { path: text }), false],
  ])('%s', (_, listed, isTried) => {
    expect(recognised(readTools([listed])).anything.length).toBe(isTried ? 1 : 0);
  });
});

describe('a tool that says first that it reads', () => {
  const listing = tool('moorings', 'Lists the moorings of a ship', { ship: text });
  it.each<[string, readonly Json[], boolean]>([
    ['is tried', [listing], true],
    ['but not beside one that sends mail', [listing, tool('write_to', 'Sends an email')], false],
    ['nor where it speaks of what is outside', [tool('moorings', 'Finds moorings on the web')], false],
    ['nor where it speaks of what is for all', [tool('board', 'Returns the shared board')], false],
    [
      'nor where it may move something',
      [tool('moorings', 'Return the mooring of a ship', { ship: text })],
      false,
    ],
    ['nor where it is named as making something', [tool('create_mooring', 'Returns its number')], false],
    ['nor where it works something off', [tool('moorings', 'Process what waits for a mooring')], false],
    ['nor where it does more first', [tool('moorings', 'Moors a ship and lists the moorings')], false],
  ])('%s', (_, listed, isTried) => {
    expect(recognised(readTools(listed)).anything.length).toBe(isTried ? 1 : 0);
  });
});

describe('a tool that says that it takes a while and tells how far it is', () => {
  it.each<[string, Json]>([
    ['is slow', tool('run_report', 'Runs a report. Takes a few seconds and reports progress.')],
    [
      'whatever it makes',
      tool('transcode', 'Takes about 0.15 s per frame; with progress', { frames: number('How many') }),
    ],
  ])('%s', (_, listed) => expect(recognised(readTools([listed])).slow).toHaveLength(1));

  it.each<[string, Json]>([
    ['reaches a device', tool('water', 'Switches the lamp for a while and reports progress.')],
    ['speaks of files', tool('pack', 'Packs all files. Takes a few seconds and reports progress.')],
  ])('but not one that %s', (_, listed) => {
    const { slow, notify } = recognised(readTools([listed]));
    expect([slow, notify]).toEqual([[], []]);
  });
});

describe('what is never called', () => {
  it.each<[string, Json]>([
    ['deletes', tool('delete_note', 'For testing')],
    ['sends mail', tool('notify', 'Sends an email', { text })],
    ['sends', tool('send_notification', 'Notifies', { text })],
    ['pays', tool('slow_payment', '', { ms: { type: 'number' } })],
    ['executes', tool('run_test', 'Waits', {})],
    ['names a file', tool('test', 'For testing', { path: text })],
    ['names addresses', tool('test', 'For testing', { urls: { type: 'array', items: text } })],
    ['posts', tool('post_message', 'A test of log messages', { text })],
    ['notifies people', tool('notify_user', 'Notifies', { text })],
    ['acts for a while', tool('water_plants', 'Waters all plants. Takes a minute.')],
    ['tells all who subscribed', tool('set_price', 'Sets a price. Subscribers are told.', { price: text })],
    ['subscribes to a letter', tool('subscribe', 'Subscribes to the newsletter', { name: text })],
  ])('%s', (_, listed) => {
    const { counters, words, identity, slow, notify, changes, anything } = recognised(readTools([listed]));
    expect([counters, words, identity, slow, notify, changes, anything].flat()).toEqual([]);
  });

  it('is told with its reason', () => {
    const tools = readTools([
      tool('delete_note', ''),
      tool('send_mail', ''),
      tool('charge', ''),
      tool('greet', ''),
    ]);
    expect(leftOut(tools, new Set(), false)).toEqual({
      'the name reads like a deletion': ['delete_note'],
      'the name speaks of "mail"': ['send_mail'],
      'the name speaks of "charge"': ['charge'],
      'not needed, or nothing tells what it is good for': ['greet'],
    });
  });
});
