import { suggestion } from '../load/schema/nearest.js';
import { Mistake } from '../cli/mistake.js';
import type { RunRequest, Select } from './request.js';

/** A key that nobody reads would be a wish that is silently not granted. */
export function refuseUnknownKeys(request: RunRequest): void {
  refuse(request, runKeys, '');
  refuse(request.select ?? {}, selectKeys, 'select.');
}

function refuse(given: object, known: Readonly<Record<string, true>>, within: string): void {
  const names = Object.keys(known);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Mistake(`\`${within}${unknown}\` is no key of a request${suggestion(unknown, names)}`);
}

const selectKeys = { suites: true, checks: true, skip: true, tags: true } satisfies Record<
  keyof Select,
  true
>;

const runKeys = {
  url: true,
  server: true,
  stdio: true,
  config: true,
  select: true,
  headers: true,
  principals: true,
  replicas: true,
  record: true,
  env: true,
  suites: true,
  policy: true,
  baseline: true,
  profile: true,
  operator: true,
  revision: true,
  jobs: true,
  seed: true,
  timeScale: true,
  requestsMax: true,
  requestsPerSecondMax: true,
  minutesMax: true,
  idleTimeoutMs: true,
  burst: true,
  described: true,
  explore: true,
  readOnly: true,
  shard: true,
  showIds: true,
  ca: true,
  insecure: true,
  signal: true,
  observe: true,
} satisfies Record<keyof RunRequest, true>;
