import { describe, expect, it } from 'vitest';
import { profileNames, type AnswerClass } from '../../model/profile.js';
import { loadProfiles } from './profiles.js';
import { filesOf } from '../testing/lint.js';

const { profiles, diagnostics } = loadProfiles();

describe('the profiles of the package', () => {
  it('are there, without a mistake', () => {
    expect(diagnostics).toEqual([]);
    expect(profiles.map(({ profile }) => profile)).toEqual(profileNames);
    expect(profiles.map(({ source }) => source)).toEqual([undefined, undefined, 'brief', 'brief']);
  });

  it('have the same sets with the same rows', () => {
    const shapes = profiles.map(({ answers }) =>
      Object.entries(answers).map(([set, { rows }]) => `${set}: ${Object.keys(rows).join(' ')}`),
    );
    expect(new Set(shapes.map((shape) => shape.join('\n'))).size).toBe(1);
  });

  it('differ where the brief, the specification and recovering clients do', () => {
    expect(earned('terminated-id', '400')).toEqual(['fail', 'fail', 'pass', 'pass']);
    expect(earned('terminated-id', '404')).toEqual(['pass', 'pass', 'pass', 'pass']);
    expect(earned('unknown-id', '400')).toEqual(['pass', 'warn', 'pass', 'pass']);
    expect(earned('unknown-id', '404')).toEqual(['pass', 'pass', 'fail', 'pass']);
    expect(earned('unknown-id', 'served')).toEqual(['warn', 'fail', 'fail', 'fail']);
  });

  it('never let an id be adopted, nor pass what has no class', () => {
    const rows = profiles.flatMap(({ answers }) =>
      Object.values(answers).flatMap(({ rows: all }) => Object.values(all)),
    );
    expect(rows.every((row) => row.adopted === 'fail' && row.other === 'fail')).toBe(true);
  });
});

describe('a profile with a mistake', () => {
  it('a class that stands twice', () => {
    expect(said('{ pass: [400, 404], warn: [404], rest: fail }')).toEqual([
      '6:41 `404` stands twice in this row; an answer earns one outcome',
    ]);
  });

  it('no rest while classes are open', () => {
    expect(said('{ pass: [400, 404], warn: [served] }')).toEqual([
      expect.stringMatching(/^6:5 this row needs `rest`: it says nothing of `error`, /),
    ]);
  });

  it('an unknown class', () => {
    expect(said('{ pass: [400, sirved], rest: fail }')).toEqual([
      '6:28 `pass` cannot be `sirved`; did you mean `served`?',
    ]);
  });

  it('none', () => {
    expect(said('{ pass: [400], rest: fail }')).toEqual([]);
  });
});

function earned(set: string, answer: AnswerClass): readonly unknown[] {
  return profiles.map((profile) => profile.answers[set]?.rows.request?.[answer]);
}

function said(row: string): readonly string[] {
  const text = `profile: spec\ntitle: A profile\nanswers:\n  some-id:\n    served: served\n    request: ${row}\n`;
  const loaded = loadProfiles('p.yaml', filesOf({ 'p.yaml': text }));
  expect(loaded.profiles).toHaveLength(loaded.diagnostics.length === 0 ? 1 : 0);
  return loaded.diagnostics.map(({ line, column, message }) => `${line}:${column} ${message}`);
}
