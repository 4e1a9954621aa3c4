import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { atUrl } from '../../model/carrier.js';
import { defaultOptions } from '../../model/run.js';
import type { ExitCode } from '../../model/gate.js';
import type { Run } from '../../model/report.js';
import { quoted } from '../../report/evidence.js';
import { renderTerminal } from '../../report/terminal.js';
import type { Io } from '../output/io.js';
import { Mistake } from '../mistake.js';
import type { Engine } from '../ports.js';
import { startProgress } from '../output/progress.js';
import { startServer } from '../process/server.js';

const mutantName = 'zombie-after-delete';

/** Runs all checks on a server that conforms and on one that does not, and says what to look at. */
export async function demoAction(io: Io, engine: Engine): Promise<ExitCode> {
  const mutant = engine.mutants().find(({ name }) => name === mutantName);
  if (mutant === undefined) throw new Error(`there is no mutant ${mutantName}`);
  const { colors } = io;
  io.out(
    `${colors.bold('1. A server that conforms.')} It comes with sessionspec and does what the specification says.\n\n`,
  );
  const good = await examineServer([], io, engine);
  const conforms = good.report.gate.exit === 0;
  io.out(
    `\n${colors.bold('2. The same server with one decision changed')} (${mutantName}).\n   ${mutant.does}\n\n`,
  );
  const bad = await examineServer(['--mutant', mutantName], io, engine);
  const caught = bad.report.gate.exit === 1;
  io.out(`\n${lesson(conforms, caught)}\n`);
  io.out(`Your own server: ${colors.cyan('sessionspec http://127.0.0.1:PORT/mcp')}\n`);
  return conforms && caught ? 0 : 4;
}

function lesson(conforms: boolean, caught: boolean): string {
  if (!conforms) return 'The first server should conform: this is a bug in sessionspec.';
  if (!caught) return 'The defect of the second server was not found: this is a bug in sessionspec.';
  return 'The first server passed every check that applies to it. The report on the second shows its one defect: what was sent, and what came.';
}

async function examineServer(flags: readonly string[], io: Io, engine: Engine): Promise<Run> {
  const main = fileURLToPath(new URL('../../fixtures/reference/main.js', import.meta.url));
  if (!existsSync(main))
    throw new Mistake(`the reference server is not built (${main}); run npm run build`, 4);
  const command =
    `${[process.execPath, main].map(quoted).join(' ')} --port {port} ${flags.join(' ')}`.trimEnd();
  const interrupt = new AbortController();
  const forget = io.onInterrupt(() => interrupt.abort());
  const server = await startServer({
    command,
    url: 'http://127.0.0.1:{port}/mcp',
    io,
    signal: interrupt.signal,
  });
  const progress = await startProgress(io);
  try {
    const checks = engine.builtIn().flatMap((suite) => suite.checks);
    const options = { ...defaultOptions, address: atUrl(server.url), seed: 1, signal: interrupt.signal };
    const run = await engine.run({ checks }, { ...options, observe: progress.observe });
    progress.stop();
    const again = {
      url: 'http://127.0.0.1:{port}/mcp',
      options: ['--server', command],
    };
    io.out(renderTerminal(run, { colors: io.colors, columns: io.columns, verbose: false, again }));
    if (interrupt.signal.aborted) throw new Mistake('interrupted', 130);
    return run;
  } finally {
    progress.stop();
    await server.stop();
    forget();
  }
}
