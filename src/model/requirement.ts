import type { Level, Source } from './level.js';
import type { Revision } from './revision.js';

/** What is demanded, as people read it. */
export interface Demand {
  /** Keys of the registry (`SM.404`), the leading one first; none for a rule of an author's own. */
  readonly keys: readonly string[];
  /** In our own words. */
  readonly says: string;
  /** A page of the specification below its revision (`basic/transports#session-management`), or a whole URL. */
  readonly section?: string;
  /** What goes wrong for a client or a user where it is not met. */
  readonly why?: string;
  /** What a server changes to meet it. */
  readonly fix?: string;
  /** Ids of the controls of other standards that it bears on, where there are any. */
  readonly controls?: readonly string[];
}

/** What another standard asks for, and which demands bear on it. */
export interface Control {
  /** With the standard and its version: `OWASP AISVS v1.0-C10.2.6`. */
  readonly id: string;
  readonly link: string;
  /** In our own words. */
  readonly says: string;
  /** Keys of demands. */
  readonly keys: readonly string[];
}

/** A demand that checks draw from, by a key that is the same in all revisions. */
export interface RequirementKey {
  readonly key: string;
  readonly source: Exclude<Source, 'house'>;
  /** Whose duty it is. What defines or binds clients gives a check no level. */
  readonly binds: 'server' | 'client' | 'both' | 'definition';
  /** The keyword it has in each revision that says it; absent where no revision does. */
  readonly levels?: Readonly<Partial<Record<Revision, Level>>>;
  /** A page of the specification below its revision (`basic/transports#session-management`), or a whole URL. */
  readonly section: string;
  readonly says: string;
  /** What goes wrong for a client or a user where it is not met. */
  readonly why?: string;
  /** What a server changes to meet it. */
  readonly fix?: string;
  /** Why no check examines it. */
  readonly excluded?: string;
  /** Why none does in one revision, though in another. */
  readonly 'excluded-in'?: Readonly<Partial<Record<Revision, string>>>;
}

/** Whole address of a requirement: pages of the specification are named below their revision. */
export function linkOf(section: string, revision: Revision): string {
  return section.startsWith('https://')
    ? section
    : `https://modelcontextprotocol.io/specification/${revision}/${section}`;
}
