/* oxlint-disable max-lines -- written by a test from the JSON Schema; `npx vitest run src/load/schema -u` writes it again */

export interface RawFleet {
  readonly title?: string;
  readonly subjects?: readonly string[];
  readonly targets?: readonly RawNamed[];
  readonly records?: string;
  readonly profile?: 'spec' | 'interop' | 'strict-400' | 'strict-4xx';
  readonly minutes?: number;
}

export interface RawNamed {
  readonly name: string;
  readonly title?: string;
  readonly implementation?: string;
  readonly version?: string;
  readonly url?: string;
  readonly config?: string;
}
