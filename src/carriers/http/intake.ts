import type { Content, End } from '../../model/reply.js';

/** Where the bytes behind the head of an answer go. */
export interface Intake {
  readonly kind: Content['kind'];
  /** False once a bound is passed; nothing after that is wanted. */
  push(chunk: Buffer): boolean;
  /** No more will come. */
  finish(): void;
  content(end: End): Content;
}
