import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// The program as it is shipped, with the servers in a process of its own: where both share one, a client that hangs up does so before
// the server has read a word.
const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

test(
  'the reference fails nothing, and each mutant is killed by exactly the checks it names',
  { timeout: 600_000 },
  async () => {
    expect(existsSync(program), 'npm run build makes the program').toBe(true);
    const { exit, said } = await selftest('--mutants');
    expect(exit, said.replaceAll(/^✓.*\n/gm, '')).toBe(0);
  },
);

function selftest(flag: string): Promise<{ readonly exit: number; readonly said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, 'selftest', flag], { maxBuffer: 1 << 24 }, (error, out, err) => {
      resolve({ exit: error === null ? 0 : Number(error.code ?? 1), said: out + err });
    });
  });
}
