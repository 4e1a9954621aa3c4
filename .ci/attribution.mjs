/**
 * For each mutant that is named, the first finding of its default run: `node .ci/attribution.mjs NAME…`, after a build. A reader sees
 * whether the finding names what the mutant decides wrongly.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const started = spawn(process.execPath, ['dist/fixtures/mutants/servers.js'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [said] = await once(started.stdout, 'data');
const [origin] = /http:\/\/[\d.:]+/.exec(String(said)) ?? [];
try {
  for (const name of process.argv.slice(2)) console.log(await firstFinding(name));
} finally {
  started.kill();
}

async function firstFinding(name) {
  const output = mkdtempSync(join(tmpdir(), 'attribution-'));
  const url = `${origin}/${name}/attribution/mcp`;
  const run = spawn(process.execPath, ['dist/cli.js', url, '--reporter', 'json', '--output', output], {
    stdio: 'ignore',
  });
  await once(run, 'exit');
  const { findings, gate } = JSON.parse(readFileSync(join(output, 'report.json'), 'utf8'));
  rmSync(output, { recursive: true });
  const [first] = findings;
  if (first === undefined) return `${name}\n  exit ${gate.exit}: no finding`;
  const { id, title, example, checks, folded } = first;
  return `${name}\n  exit ${gate.exit}, ${findings.length} findings; ${id}: ${title}; ${example?.came.slice(0, 160)}\n  ${[...checks.slice(1), ...folded].slice(0, 8).join(' ')}`;
}
