/** Something wrong in a file of the user's, where it stands, and what was expected. Lines and columns count from 1. */
export interface Diagnostic {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The line of the file. */
  readonly source: string;
  /** How many characters the caret underlines. */
  readonly width: number;
}
