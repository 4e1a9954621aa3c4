import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

/**
 * The key of `--sign`, which is read before anything is sent. The signature stands in report.json, so that has to be written. What is not
 * signed takes no place of a record that is.
 */
export async function signingKey({ sign }: OutputFlags, asked: AskedOutput): Promise<KeyObject | undefined> {
  const { names, path } = asked;
  if (sign === undefined) {
    refuseLosing(asked);
    return undefined;
  }
  if (path === undefined || !names.includes('json'))
    throw new Mistake(
      '--sign writes into report.json: add --reporter json (or terminal,json) and --output FOLDER',
    );
  const { readSigningKey } = await import('./keys.js');
  return readSigningKey(sign);
}

function refuseLosing({ names, path, record }: AskedOutput): void {
  if (path === undefined || !(record || names.includes('json'))) return;
  const file = join(path, 'report.json');
  if (!isSigned(file)) return;
  throw new Mistake(
    `${file} is signed, and would be lost: name another folder with --output, move the record away, or sign the new one with --sign KEY`,
  );
}

/** What cannot be read as JSON is no record. */
function isSigned(file: string): boolean {
  try {
    const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return has(report, 'provenance') && has(report.provenance, 'signature');
  } catch {
    return false;
  }
}

function has<K extends string>(value: unknown, key: K): value is Readonly<Record<K, unknown>> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}
