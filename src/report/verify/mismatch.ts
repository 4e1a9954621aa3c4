/** One thing that is not as it must be, and where. */
export interface Mismatch {
  readonly file: 'report' | 'recording';
  /** From 1; absent where the whole file is meant. */
  readonly line?: number;
  readonly check?: string;
  readonly says: string;
}
