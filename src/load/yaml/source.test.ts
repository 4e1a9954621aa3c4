import { describe, expect, it } from 'vitest';
import { nodeFiles } from './files.js';
import { openSource } from './source.js';
import { lint, loadTexts, suiteWith } from '../testing/lint.js';

const fine = suiteWith('- { open: alice, judge: { session-id: present } }');

describe('a file that is not plain YAML is refused at the place', () => {
  it('a key given twice, and what else is wrong', () => {
    const text = fine
      .replace('title: A suite', 'suite: again\ntitle: A suite')
      .replace('session-id: present', 'session-id: presnt');
    expect(lint(text)).toEqual([
      '2:1 this key is given twice; keep one of them',
      expect.stringMatching(/^9:45 `session-id` cannot be `presnt`; did you mean `present`\?/),
    ]);
  });

  it('broken syntax', () => {
    expect(lint('suite: [demo')).toEqual([expect.stringMatching(/^1:13 this is not YAML: /)]);
  });

  it('broken syntax over several lines', () => {
    expect(lint('[[}~\n`')).toContainEqual(expect.stringMatching(/^2:1 this is not YAML: /));
  });

  it('a second document', () => {
    expect(lint(`${fine}---\nsuite: other`)).toEqual(['9:1 a second document starts here; a file holds one']);
  });

  it('a tag', () => {
    expect(lint('suite: !secret demo')).toEqual([
      expect.stringMatching(/^1:8 this is not YAML: Unresolved tag/),
    ]);
  });

  it('an alias without its anchor', () => {
    expect(lint('suite: *demo')).toEqual(['1:8 no anchor `&demo` stands before this']);
  });

  it('an alias within what it stands for', () => {
    expect(lint('checks: &all [*all]')).toEqual(['1:15 `*all` stands for something that contains it']);
  });

  it('aliases that multiply', () => {
    const text = [
      level('a', 'x'),
      level('b', '*a'),
      level('c', '*b'),
      level('d', '*c'),
      level('e', '*d'),
    ].join('\n');
    expect(lint(text)).toEqual(['1:1 the aliases of this file multiply to too much; write it out']);
  });

  it('nesting without end, before the parser sees it', () => {
    const message = 'this is too much: it is nested more than 64 levels deep, or far longer than a suite is';
    expect(lint(`suite: ${'['.repeat(80)}${']'.repeat(80)}`)).toEqual([`1:72 ${message}`]);
    expect(lint(`suite: ${'{a: ['.repeat(100_000)}`)).toEqual([`1:168 ${message}`]);
    expect(lint(`suite:\n${'- '.repeat(80)}x`)).toEqual([`1:1 ${message}`]);
    expect(lint('- '.repeat(400_000))).toEqual([expect.stringContaining(message)]);
    expect(lint('- x\n'.repeat(100_000))).toEqual([expect.stringContaining(message)]);
  });

  it('more than 1 MiB', () => {
    expect(lint(`${fine}#${'x'.repeat(1 << 20)}`)).toEqual([
      '1:1 cannot read this file: it is larger than 1 MiB',
    ]);
  });

  it('a file that is not there, or no file', () => {
    expect(openSource('/nowhere/mine.yaml', nodeFiles).diagnostics[0]?.message).toMatch(
      /^cannot read this file: ENOENT/,
    );
    expect(openSource('/dev/zero', nodeFiles).diagnostics[0]?.message).toBe(
      'cannot read this file: it is not a file',
    );
  });
});

describe('positions', () => {
  it('a byte order mark and Windows line ends do not move them', () => {
    const text = `\uFEFF${fine.replace('present', 'presnt').replaceAll('\n', '\r\n')}`;
    const [diagnostic] = loadTexts({ 'mine.yaml': text }).diagnostics;
    expect(diagnostic).toMatchObject({
      line: 8,
      column: 45,
      width: 6,
      source: '      - { open: alice, judge: { session-id: presnt } }',
    });
  });

  it('what stands behind an alias is shown where it is written', () => {
    const text = suiteWith(
      '- { open: alice, judge: &rule { session-id: presnt } }\n- { open: bob, judge: *rule }',
    );
    expect(lint(text)).toEqual([expect.stringMatching(/^8:51 /)]);
  });
});

function level(name: string, of: string): string {
  return `${name}: &${name} [${Array.from({ length: 9 }, () => of).join(', ')}]`;
}
