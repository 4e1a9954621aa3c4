/** A server with one defect, and the checks that catch it. */
export interface Mutant {
  readonly name: string;
  readonly does: string;
  readonly kills: readonly string[];
}
