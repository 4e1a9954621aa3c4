import { describe, expect, it } from 'vitest';
import { profileNames, requestKinds } from '../model/profile.js';
import { loadProfiles } from './profiles.js';
import { filesOf } from './testing/lint.js';

describe('the profiles of the package', () => {
  const { profiles, diagnostics } = loadProfiles();
  const outcome = (
    profile: string,
    set: string,
    kind: (typeof requestKinds)[number],
    answer: '400' | '404' | 'served' | 'adopted' | 'other',
  ) => profiles.find((one) => one.profile === profile)?.answers[set]?.rows[kind]?.[answer];

  it('are there, without a mistake', () => {
    expect(diagnostics).toEqual([]);
    expect(profiles.map(({ profile }) => profile)).toEqual(profileNames);
    expect(profiles.map(({ level }) => level)).toEqual([undefined, undefined, 'card', 'card']);
  });

  it('have the same sets with the same rows', () => {
    const shapes = profiles.map(({ answers }) =>
      Object.entries(answers).map(([set, { rows }]) => `${set}: ${Object.keys(rows).join(' ')}`),
    );
    expect(new Set(shapes.map((shape) => shape.join('\n'))).size).toBe(1);
  });

  it('differ where the brief, the specification and recovering clients do', () => {
    const answers = (set: string, answer: '400' | '404' | 'served') =>
      profileNames.map((name) => outcome(name, set, 'request', answer));
    expect(answers('terminated-id', '400')).toEqual(['fail', 'fail', 'pass', 'pass']);
    expect(answers('terminated-id', '404')).toEqual(['pass', 'pass', 'pass', 'pass']);
    expect(answers('unknown-id', '400')).toEqual(['pass', 'warn', 'pass', 'pass']);
    expect(answers('unknown-id', '404')).toEqual(['pass', 'pass', 'fail', 'pass']);
    expect(answers('unknown-id', 'served')).toEqual(['warn', 'fail', 'fail', 'fail']);
  });

  it('never let an id be adopted, nor pass what has no class', () => {
    const rows = profiles.flatMap(({ answers }) =>
      Object.values(answers).flatMap(({ rows: all }) => Object.values(all)),
    );
    expect(rows.every((row) => row.adopted === 'fail' && row.other === 'fail')).toBe(true);
  });
});

describe('a profile with a mistake', () => {
  const said = (row: string): readonly string[] => {
    const text = `profile: spec\ntitle: A profile\nanswers:\n  some-id:\n    served: served\n    request: ${row}\n`;
    const { profiles, diagnostics } = loadProfiles('p.yaml', filesOf({ 'p.yaml': text }));
    expect(profiles).toHaveLength(diagnostics.length === 0 ? 1 : 0);
    return diagnostics.map(({ line, column, message }) => `${line}:${column} ${message}`);
  };

  it('a class that stands twice', () => {
    expect(said('{ pass: [400, 404], warn: [404], rest: fail }')).toEqual([
      '6:38 `404` stands twice in this row; an answer earns one outcome',
    ]);
  });

  it('no rest while classes are open', () => {
    expect(said('{ pass: [400, 404], warn: [served] }')).toEqual([
      expect.stringMatching(/^6:5 this row needs `rest`: it says nothing of `error`, /),
    ]);
  });

  it('an unknown class', () => {
    expect(said('{ pass: [400, sirved], rest: fail }')).toEqual([
      '6:27 `pass` cannot be `sirved`; did you mean `served`?',
    ]);
  });

  it('none', () => {
    expect(said('{ pass: [400], rest: fail }')).toEqual([]);
  });
});
