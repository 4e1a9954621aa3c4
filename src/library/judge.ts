import type { Run } from '../model/report.js';
import { loadEngine, ownSuites, wholeBaseline, wholePolicy } from './inputs.js';
import type { JudgeRequest } from './request.js';

/**
 * Judges a recorded run again, without the server: `text` is the content of a `run.ndjson`. Profile, policy and baseline are those of the
 * run where the request has none. Rejects with an error that names the line where the text is no recording, or was changed.
 */
export async function judge(text: string, request: JudgeRequest = {}): Promise<Run> {
  const [engine, { readRun }] = await Promise.all([loadEngine(), import('../report/read-run.js')]);
  const recorded = await readRun(text);
  const { header } = recorded;
  const suites = [...engine.builtIn(), ...(await ownSuites(request, engine))];
  const selected = {
    checks: suites.flatMap(({ checks }) => checks),
    monitors: suites.flatMap(({ monitors }) => monitors),
  };
  return engine.judge(recorded, selected, {
    profile: request.profile ?? header.profile,
    policy: wholePolicy(request.policy, header.policy),
    ...(await wholeBaseline(request, header.baseline, engine)),
  });
}
