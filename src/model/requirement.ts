import type { Revision } from './revision.js';

/** A statement that binds servers, by a key that is the same in all revisions. */
export interface RequirementKey {
  readonly key: string;
  /** The keyword it has in each revision that makes it; in brackets where it is written in lower case or is advice. */
  readonly revisions: Readonly<Partial<Record<Revision, string>>>;
  readonly section: string;
  readonly says: string;
  /** Why no check examines it. */
  readonly excluded?: string;
  /** Why none does in one revision, though in another. */
  readonly 'excluded-in'?: Readonly<Partial<Record<Revision, string>>>;
}
