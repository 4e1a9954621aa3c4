import type { ExitCode } from '../../model/gate.js';
import { plural } from '../../model/plural.js';
import { openOutput, parseOutput, shownBy } from '../output/output.js';
import type { OutputFlags } from '../options/flags.js';
import type { Io } from '../output/io.js';
import type { Engine } from '../ports.js';
import { readRecorded } from '../record/files.js';
import { signingKey, withProvenance } from '../record/provenance.js';

/** Renders a recorded run in other formats, as it was judged then. The exit code is that of the run. */
export async function reportAction(
  path: string,
  flags: OutputFlags,
  io: Io,
  engine: Engine,
): Promise<ExitCode> {
  const asked = parseOutput(flags, false);
  const key = await signingKey(flags, asked);
  const recorded = await readRecorded(path);
  const { header, results, complete, digest } = recorded;
  const { suites, profiles = [] } = header;
  if (!complete) {
    const said = `the recording was cut off: ${plural(results.length, 'result')} of ${plural(header.checks.length, 'check')} are in it`;
    io.err(`sessionspec: ${said}, and no statement about the whole run\n`);
  }
  const output = openOutput(asked, io);
  const run = await withProvenance(engine.asJudged(recorded), { recording: digest, suites, profiles }, key);
  const { again = { url: header.target.url, options: [] } } = header;
  const written = await output.write(run, { ...shownBy(flags, io), again });
  return written ? run.report.gate.exit : 4;
}
