import { describe, expect, it } from 'vitest';
import type { Json } from '../../model/request.js';
import { readTools } from './listed.js';
import { localTools } from './local.js';

const tool = (name: string, description = '', annotations: Record<string, Json> = {}) => ({
  name,
  description,
  inputSchema: { type: 'object' },
  annotations,
});

const namesOf = (...tools: readonly Json[]) => localTools(readTools(tools)).map(({ name }) => name);

describe("of a server of one's own", () => {
  it.each([
    ['run_report', 'Runs the report and streams its log'],
    ['transcode', 'Transcodes a clip and tells how far it is'],
    ['update_board', 'Replaces the text of a shared board. Subscribers of the board are told.'],
    ['get_forecast', 'The weather of the next days'],
  ])('%s is tried', (name, says) => {
    expect(namesOf(tool(name, says))).toEqual([name]);
  });

  it.each([
    ['remove_board', 'Takes a board away'],
    ['run_script', 'Runs it'],
    ['deploy_build', 'Builds a project'],
    ['save_draft', 'Writes the draft to a file'],
    ['tidy', 'Tidies up the tables of the database'],
    ['dim', 'Dims the lamp in the hall'],
    ['lookup', 'Asks an API'],
    ['convert', 'Converts it', { openWorldHint: true }],
  ] as readonly [string, string, Record<string, Json>?][])('%s is not', (name, says, annotations = {}) => {
    expect(namesOf(tool(name, says, annotations))).toEqual([]);
  });

  it('nothing is tried beside a tool that reaches people or money', () => {
    expect(namesOf(tool('add_entry', 'Adds an entry'), tool('write_to', 'Sends an email'))).toEqual([]);
    expect(namesOf(tool('add_entry', 'Adds an entry'), tool('settle', 'Settles a payment'))).toEqual([]);
  });
});
