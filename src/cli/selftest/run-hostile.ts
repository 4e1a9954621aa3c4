import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import { hostileRow, type Survived } from '../../prove/hostile.js';
import type { ProofRow } from '../../prove/prove.js';
import type { FixtureIndex } from './fixture.js';
import type { Io } from '../output/io.js';

const hostileAtOnce = 4;

/** Each hostile peer meets a whole process of ours, reports and all, whose memory and end are its own. */
export async function proveHostile(
  index: () => Promise<FixtureIndex>,
  io: Pick<Io, 'onExit'>,
  done: (row: ProofRow) => void,
  program = fileURLToPath(new URL('../../cli.js', import.meta.url)),
): Promise<readonly ProofRow[]> {
  const limit = pLimit(hostileAtOnce);
  const meet = async ([name, url]: readonly [string, string]) => {
    const row = hostileRow(name, await runHostile(program, url, io));
    done(row);
    return row;
  };
  const { peers } = await index();
  const rows = await Promise.all(Object.entries(peers).map((peer) => limit(meet, peer)));
  const { redirectTrapHits = 0 } = await index();
  const wrong =
    redirectTrapHits === 0 ? [] : [`${redirectTrapHits} requests followed a redirect to another host`];
  const redirectTrap: ProofRow = {
    group: 'hostile',
    name: 'the other host',
    expected: ['0 requests'],
    came: [`${redirectTrapHits} requests`],
    wrong,
    ms: 0,
  };
  done(redirectTrap);
  return [...rows, redirectTrap];
}

/** Hangs are told by this, and nothing else: a run that ends takes some ten seconds, and several times that on a busy machine. */
const hangsAfterMs = 100_000;

// Told on the way out, because only the process itself knows how much it ever held and how long it computed.
const script =
  'process.on("exit",()=>{const u=process.resourceUsage();process._rawDebug("used",u.maxRSS,u.userCPUTime+u.systemCPUTime)})';
const tellUse = `data:text/javascript,${script}`;
const files = ['report.json', 'junit.xml'];

function runHostile(program: string, url: string, { onExit }: Pick<Io, 'onExit'>): Promise<Survived> {
  const folder = mkdtempSync(join(tmpdir(), 'sessionspec-hostile-'));
  const argv = ['--import', tellUse, program, 'run', url, '--reporter', 'json,junit', '--output', folder];
  const startedMs = performance.now();
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  const forget = onExit(() => child.kill('SIGKILL'));
  const timer = setTimeout(() => child.kill('SIGKILL'), hangsAfterMs);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (more: string) => (said += more));
  return new Promise((resolve) => {
    child.on('close', (exit) => {
      clearTimeout(timer);
      forget();
      const reports = Object.fromEntries(
        files
          .filter((file) => existsSync(join(folder, file)))
          .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
      );
      rmSync(folder, { recursive: true, force: true });
      const used = /^used (\d+) (\d+)$/m.exec(said);
      const [, peakKiB = 0, cpuUs = 0] = used ?? [];
      const untold = exit === null || used !== null ? [] : ['it does not tell what it used'];
      resolve({
        exit: exit ?? undefined,
        ms: Math.round(performance.now() - startedMs),
        cpuMs: Math.round(Number(cpuUs) / 1_000),
        peakMiB: Math.round(Number(peakKiB) / 1_024),
        complaints: [...untold, ...complaintsIn(said)],
        reports,
      });
    });
  });
}

/** A warning of Node or a bug that we own up to. The verdict itself stands on one line beside the peak. */
function complaintsIn(said: string): readonly string[] {
  return said.split('\n').filter((line) => /this is a bug|\(node:\d+\)|^\s+at /.test(line));
}
