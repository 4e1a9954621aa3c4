import type { RawStepByKind } from '../raw-suite.js';
import type { StepKind } from '../suite.js';
import { analyse } from './analyse.js';
import { parallel, repeat } from './nested.js';
import type { Kind } from './kind.js';
import { endInput, process, idleTimeouts, pause } from './environment.js';
import { answer, remove, listen, notify, open, post, raw, send } from './requests.js';
import { awaited, close, quiet } from './streams.js';

/** Every kind of step, in the order in which the schema names them; `use` stands for other steps. */
export const kinds: { readonly [K in StepKind]: Kind<K> } = {
  open,
  send,
  answer,
  notify,
  post,
  listen,
  delete: remove,
  raw,
  parallel,
  repeat,
  await: awaited,
  quiet,
  'pause-ms': pause,
  'idle-timeouts': idleTimeouts,
  process,
  'end-input': endInput,
  close,
  analyse,
} satisfies Readonly<Record<Exclude<keyof RawStepByKind, 'use'>, unknown>>;

export const kindNames = Object.keys(kinds).filter((name): name is StepKind => name in kinds);

/** The entry of a step. */
export function kindOf<K extends StepKind>({ kind }: { readonly kind: K }): Kind<K> {
  return kinds[kind];
}
