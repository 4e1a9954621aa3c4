import type { KeyObject } from 'node:crypto';
import type { Provenance } from '../../model/provenance.js';
import type { Run } from '../../model/report.js';
import type { Suite } from '../../model/suite.js';
import { Mistake } from '../mistake.js';
import type { OutputFlags } from '../options/flags.js';
import { suiteDigest, type AskedOutput } from '../output/output.js';
import type { Engine } from '../ports.js';

/** The run, with what its report was made of, and signed where a key is given. */
export async function withProvenance(
  { report, transcripts }: Run,
  provenance: Omit<Provenance, 'signature'>,
  key: KeyObject | undefined,
): Promise<Run> {
  const named = { ...report, provenance };
  if (key === undefined) return { report: named, transcripts };
  const { signed } = await import('./keys.js');
  return { report: signed(named, key), transcripts };
}

/** What is judged now: by these suites, and by the profiles at hand. */
export function judgedNow(recording: string, suites: readonly Suite[], engine: Engine) {
  return { recording, suites: digestsOf(suites), profiles: engine.profiles() };
}

export function digestsOf(suites: readonly Suite[]) {
  return suites.map((suite) => ({ suite: suite.suite, digest: suiteDigest(suite) }));
}

/** The key of `--sign`, which is read before anything is sent. The signature stands in report.json, so that has to be written. */
export async function signingKey(
  { sign }: OutputFlags,
  { names, path }: AskedOutput,
): Promise<KeyObject | undefined> {
  if (sign === undefined) return undefined;
  if (path === undefined || !names.includes('json'))
    throw new Mistake(
      '--sign writes into report.json: add --reporter json (or terminal,json) and --output FOLDER',
    );
  const { readSigningKey } = await import('./keys.js');
  return readSigningKey(sign);
}
