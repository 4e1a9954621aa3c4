/* oxlint-disable max-lines -- written by a test from the JSON Schema; `npx vitest run src/load/schema -u` writes it again */

export interface RawSubject {
  readonly title: string;
  readonly implementation: string;
  readonly version: string;
  readonly language?: string;
  readonly source?: string;
  readonly needs?: readonly string[];
  readonly build?: string;
  readonly unsteady?: Readonly<Record<string, string>>;
}
