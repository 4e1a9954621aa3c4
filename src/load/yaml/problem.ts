/** Keys and indexes from the root of a document to one of its nodes. */
export type DocPath = readonly (string | number)[];

/** Something wrong at a node; the position follows once the whole file has been looked at. */
export interface Problem {
  readonly at: DocPath;
  /** The key is meant, not its value. */
  readonly key?: true;
  /** The `use` through which a shared step came into the check. */
  readonly via?: DocPath | undefined;
  readonly message: string;
}
