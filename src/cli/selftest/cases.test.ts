import { expect, test } from 'vitest';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

// Of each kind one, none of which takes long; `.ci/run` has a stage for all of them.
const sample = ['right-sessionless', 'sse-wrapped-in-json', 'object-ids', 'one-client-only'];

test('cases are judged as their table says', { timeout: 300_000 }, async () => {
  const said = await new Promise<string>((resolve) => {
    execFile(process.execPath, [program, 'selftest', '--cases', ...sample], (_, out, err) =>
      resolve(out + err),
    );
  });
  expect(said).toMatch(`case        ${sample.length} of ${sample.length} as expected`);
});
