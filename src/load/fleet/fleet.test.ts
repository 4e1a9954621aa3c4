import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadFleet } from './fleet.js';

const subject = 'title: A server\nimplementation: a\nversion: 1.0.0\n';
const description = "url: http://127.0.0.1:{port}/mcp\nserver: node server.js --port '{port}'\n";

/** The fleet in `fleet.yaml` of a new folder with these files. */
function loaded(files: Readonly<Record<string, string>>) {
  const there = mkdtempSync(join(tmpdir(), 'sessionspec-'));
  onTestFinished(() => rmSync(there, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(there, path)), { recursive: true });
    writeFileSync(join(there, path), text);
  }
  const { fleet, diagnostics } = loadFleet(join(there, 'fleet.yaml'), {});
  const faults = diagnostics.map(
    ({ file, line, column, message }) => `${file.slice(there.length + 1)}:${line}:${column} ${message}`,
  );
  return { there, fleet, faults };
}

test('folders with subjects and named targets make a fleet', () => {
  const { there, fleet, faults } = loaded({
    'fleet.yaml': `
title: Ours
subjects: [servers]
targets:
  - { name: staging, url: 'http://127.0.0.1:9/mcp', version: '2' }
  - { name: described, config: elsewhere/sessionspec.yaml, implementation: a }
records: found
profile: interop
minutes: 2
`,
    'servers/a-1/subject.yaml': `${subject}build: make\nneeds: [make]\nunsteady: { 'streams.*': it depends }\n`,
    'servers/a-1/sessionspec.yaml': description,
    'servers/notes.txt': 'no folder',
    'servers/unrelated/other.yaml': '',
    'elsewhere/sessionspec.yaml': 'url: http://127.0.0.1:8/mcp\n',
  });
  expect(faults).toEqual([]);
  expect(fleet).toMatchObject({
    title: 'Ours',
    records: join(there, 'found'),
    profile: 'interop',
    minutesMax: 2,
    targets: [
      {
        name: 'a-1',
        title: 'A server',
        implementation: 'a',
        version: '1.0.0',
        folder: join(there, 'servers/a-1'),
        build: 'make',
        needs: ['make'],
        unsteady: { 'streams.*': 'it depends' },
        description: { url: 'http://127.0.0.1:{port}/mcp' },
      },
      { name: 'staging', implementation: 'staging', version: '2', needs: [] },
      { name: 'described', implementation: 'a', folder: join(there, 'elsewhere') },
    ],
  });
});

test('each mistake has its place, in the fleet or in the files that it names', () => {
  const { fleet, faults } = loaded({
    'fleet.yaml': `subjects: [none, empty, servers]
targets:
  - { name: a-1, url: 'http://127.0.0.1:9/mcp' }
  - { name: b, url: 'no address' }
  - { name: c, url: 'http://127.0.0.1:9/mcp', config: c.yaml }
`,
    'empty/file': '',
    'servers/a-1/subject.yaml': subject,
    'servers/a-1/sessionspec.yaml': description,
    'servers/b-1/subject.yaml': 'title: No implementation\nversion: 1.0.0\nneed: [go]\n',
    'servers/b-1/sessionspec.yaml': 'url: 7\n',
  });
  expect(fleet).toBeUndefined();
  expect(faults.map((fault) => fault.replaceAll(/ `.*/g, ''))).toMatchInlineSnapshot(`
    [
      "fleet.yaml:1:12 there is no folder",
      "fleet.yaml:1:18 neither",
      "fleet.yaml:3:5 there is a target",
      "fleet.yaml:4:21",
      "fleet.yaml:5:55 a target has a",
      "servers/b-1/subject.yaml:1:1 this file needs",
      "servers/b-1/subject.yaml:3:1 unknown key",
      "servers/b-1/sessionspec.yaml:1:6",
    ]
  `);
});

test('a fleet has subjects or targets', () => {
  expect(loaded({ 'fleet.yaml': 'title: Nothing\n' }).faults).toHaveLength(1);
});
