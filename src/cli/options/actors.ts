import { suggestion } from '../../load/schema/nearest.js';
import type { Header } from '../../model/framing.js';
import { isExchange } from '../../model/request-kind.js';
import type { RunOptions } from '../../model/run.js';
import type { Suite } from '../../model/suite.js';
import { partsAround } from '../../model/template.js';
import { written } from '../../model/walk.js';
import { Mistake } from '../mistake.js';

/**
 * Credentials of an actor that no check has would never be sent. All checks count, not only the selected ones: the command that
 * runs one check again carries every `--as` of its run.
 */
export function refuseUnknownActors(as: readonly string[], suites: readonly Suite[]): void {
  const steps = suites.flatMap(({ checks }) => checks.flatMap((check) => written(check.steps)));
  const known = new Set(steps.flatMap((step) => (isExchange(step) ? [step.as] : [])));
  const patterns = [...known].map(pattern);
  const strange = as
    .map((text) => text.split('=')[0] ?? '')
    .find((actor) => !patterns.some((each) => each.test(actor)));
  if (strange === undefined) return;
  const names = [...known].filter((name) => !name.includes('$'));
  throw new Mistake(`--as ${strange}=: no check has an actor of that name${suggestion(strange, names)}`);
}

/** Checks of ownership need two users: may one use the session of the other? */
export function refuseSamePrincipal(principals: RunOptions['principals'] = {}): void {
  const { alice, bob } = principals;
  if (alice !== undefined && bob !== undefined && asSent(alice) === asSent(bob))
    throw new Mistake('alice and bob have the same credentials; give each those of another user');
}

// `client${i}` stands for as many as the step is repeated.
function pattern(name: string): RegExp {
  return new RegExp(`^${partsAround(name).join(String.raw`\w+`)}$`);
}

function asSent(fields: readonly Header[]): string {
  return JSON.stringify(fields.map(([name, value]) => `${name.toLowerCase()}: ${value}`).toSorted());
}
